import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import sql, { type Sql } from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, type Page, type PageSpec } from '../../platform/http/pages.js';
import { OPEN_STATUSES } from './data-request.entity.js';
import { isOpen } from './data-request.rules.js';
import type { DataRequestAnswer, DataRequestClock, DataRequestsQuery } from './data-requests.dto.js';

const SPEC: PageSpec = {
  sorts: {
    dueAt: { sql: 'd.due_at', type: 'timestamptz' },
    receivedAt: { sql: 'd.received_at', type: 'timestamptz' },
  },
  defaultSort: 'dueAt',
  id: 'd.id',
};

/** From licensing on a person may be bound by what was signed: which stages these are is data of the pipelines. */
const BINDING_FROM = ['licensing', 'dossier_filed'];

const COLUMNS = sql`
  d.id, d.reference, d.kind, d.status, d.channel, d.text, d.correction,
  json_build_object('id', c.id, 'name', c.full_name, 'email', c.email, 'phone', c.phone, 'title', c.title,
                    'restrictedAt', c.restricted_at, 'erasedAt', c.erased_at) AS contact,
  json_build_object('id', f.id, 'name', f.name) AS firm,
  d.received_at AS "receivedAt", d.acknowledge_due_at AS "acknowledgeDueAt", d.acknowledged_at AS "acknowledgedAt",
  d.due_at AS "dueAt", d.extended_at AS "extendedAt", d.extension_reason AS "extensionReason",
  d.decision_reason AS "decisionReason", d.closed_at AS "closedAt", d.lifted_at AS "liftedAt",
  (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = d.handled_by) AS "handledBy",
  coalesce((SELECT json_agg(json_build_object('id', l.id, 'reference', l.reference, 'stage', s.name_vi) ORDER BY l.reference)
     FROM lead l JOIN pipeline_stage s ON s.kind = l.kind AND s.code = l.stage
    WHERE l.primary_contact_id = d.contact_id
      AND s.position >= (SELECT min(b.position) FROM pipeline_stage b WHERE b.kind = l.kind AND b.code = ANY(${BINDING_FROM}::text[]))), '[]') AS binding,
  d.version`;

const JOINS = sql`JOIN contact c ON c.id = d.contact_id JOIN firm f ON f.id = c.firm_id`;

type Row = Omit<
  DataRequestAnswer,
  'acknowledge' | 'carryOut' | 'receivedAt' | 'extendedAt' | 'closedAt' | 'liftedAt'
> & {
  receivedAt: Date;
  acknowledgeDueAt: Date;
  acknowledgedAt: Date | null;
  dueAt: Date;
  extendedAt: Date | null;
  closedAt: Date | null;
  liftedAt: Date | null;
};

@Injectable()
export class DataRequestsQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  list(query: DataRequestsQuery): Promise<Page<DataRequestAnswer>> {
    const parts = {
      select: COLUMNS,
      from: sql`data_request d ${JOINS}`,
      where: this.filters(query),
    };
    return this.pages.read<Row, DataRequestAnswer>(SPEC, parts, query, (row) => this.show(row));
  }

  async get(id: string): Promise<DataRequestAnswer> {
    const [row] = await this.db.query<Row>(
      sql`SELECT ${COLUMNS} FROM data_request d ${JOINS} WHERE d.id = ${id}`,
    );
    if (!row) throw new NotFound('data_request_not_found');
    return this.show(row);
  }

  private filters({ status, kind, contactId, due, q }: DataRequestsQuery): Sql[] {
    const now = this.clock.now();
    const open = sql`d.status = ANY(${[...OPEN_STATUSES]}::text[])`;
    return [
      ...(status?.length ? [sql`d.status = ANY(${status}::text[])`] : []),
      ...(kind?.length ? [sql`d.kind = ANY(${kind}::text[])`] : []),
      ...(contactId?.length ? [sql`d.contact_id = ANY(${contactId}::uuid[])`] : []),
      ...(due ? [open] : []),
      ...(due === 'overdue'
        ? [sql`(d.due_at < ${now} OR (d.acknowledged_at IS NULL AND d.acknowledge_due_at < ${now}))`]
        : []),
      ...(q?.trim()
        ? [sql`(strpos(fold(d.reference || ' ' || c.full_name || ' ' || f.name), fold(${q.trim()})) > 0)`]
        : []),
    ];
  }

  private show({ acknowledgeDueAt, acknowledgedAt, dueAt, ...row }: Row): DataRequestAnswer {
    return {
      ...row,
      receivedAt: row.receivedAt.toISOString(),
      extendedAt: row.extendedAt?.toISOString() ?? null,
      closedAt: row.closedAt?.toISOString() ?? null,
      liftedAt: row.liftedAt?.toISOString() ?? null,
      acknowledge: this.clockOf(acknowledgeDueAt, acknowledgedAt),
      carryOut: this.clockOf(dueAt, isOpen(row.status) ? null : row.closedAt),
    };
  }

  private clockOf(dueAt: Date, doneAt: Date | null): DataRequestClock {
    const now = this.clock.now();
    const done = doneAt && (doneAt <= dueAt ? ('in_time' as const) : ('late' as const));
    const day = (at: Date) => DateTime.fromISO(this.clock.dayOf(at), { zone: 'utc' });
    return {
      dueAt: dueAt.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
      daysLeft: day(dueAt).diff(day(now), 'days').days,
      state: done ?? (now <= dueAt ? 'waiting' : 'overdue'),
    };
  }
}
