import { Injectable } from '@nestjs/common';
import sql, { join, type Sql } from 'sql-template-tag';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, whereClause, type Page, type PageQuery, type PageSpec } from '../../platform/http/pages.js';
import { toReminder, type ReminderListRow } from './reminder-rows.js';
import type { ReminderAnswer } from './reminders.dto.js';
import type { ReminderStatus } from './reminder.rules.js';
import type { Channel } from './sequence.rules.js';

export interface ReminderFilter extends PageQuery {
  due?: 'overdue' | 'today' | 'week';
  /** A user's id, `me` or `none`. */
  ownerId?: string;
  roundId?: string;
  leadId?: string;
  status?: string[];
  kind?: string[];
  escalated?: boolean;
}

const LIST: PageSpec = {
  sorts: {
    dueAt: { sql: 'r.due_at', type: 'timestamptz' },
    createdAt: { sql: 'r.created_at', type: 'timestamptz' },
  },
  defaultSort: 'dueAt',
  id: 'r.id',
};

const COLUMNS = sql`
  r.id, r.lead_id AS "leadId", r.round_id AS "roundId", r.contact_id AS "contactId", r.owner_id AS "ownerId", r.sequence_id AS "sequenceId",
  r.step_id AS "stepId", r.step_key AS "stepKey", r.channel, r.title_vi AS "titleVi", r.title_en AS "titleEn", r.due_at AS "dueAt",
  r.original_due_at AS "originalDueAt", r.status, r.reason, r.message_id AS "messageId", r.dispatched_at AS "dispatchedAt",
  r.closed_at AS "closedAt", r.closed_by AS "closedBy", r.outcome, r.note, r.escalated_at AS "escalatedAt",
  r.snooze_count AS "snoozeCount", r.version, r.created_at AS "createdAt", r.updated_at AS "updatedAt",
  l.reference, l.kind AS "leadKind", l.stage, l.firm_id AS "firmId",
  (SELECT f.name FROM firm f WHERE f.id = l.firm_id) AS "firmName",
  (SELECT c.full_name FROM contact c WHERE c.id = r.contact_id) AS "contactName",
  (SELECT u.name FROM app_user u WHERE u.id = r.owner_id) AS "ownerName",
  (SELECT u.name FROM app_user u WHERE u.id = r.closed_by) AS "closerName",
  (SELECT q.round_name FROM follow_up_sequence q WHERE q.id = r.sequence_id) AS "roundName",
  (SELECT m.status FROM message m WHERE m.id = r.message_id) AS "messageStatus"`;

@Injectable()
export class RemindersQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {}

  async list(filter: ReminderFilter): Promise<Page<ReminderAnswer>> {
    const now = this.clock.now();
    const hours = await this.calendar.view();
    const parts = {
      select: COLUMNS,
      from: sql`reminder r`,
      joins: sql`JOIN lead l ON l.id = r.lead_id`,
      where: this.conditions(filter, now),
    };
    return this.pages.read(LIST, parts, filter, (row: ReminderListRow) => toReminder(row, hours, now));
  }

  async get(id: string): Promise<ReminderAnswer> {
    const [row] = await this.db.query<ReminderListRow>(
      sql`SELECT ${COLUMNS} FROM reminder r JOIN lead l ON l.id = r.lead_id ${whereClause([sql`r.id = ${id}`])}`,
    );
    if (!row) throw new NotFound('reminder_not_found');
    return toReminder(row, await this.calendar.view(), this.clock.now());
  }

  /** Of one lead, oldest first: for its page. */
  async ofSequences(sequenceIds: readonly string[]): Promise<ReminderAnswer[]> {
    if (sequenceIds.length === 0) return [];
    const rows = await this.db.query<ReminderListRow>(
      sql`SELECT ${COLUMNS} FROM reminder r JOIN lead l ON l.id = r.lead_id
           WHERE r.sequence_id = ANY(${sequenceIds}::uuid[]) ORDER BY r.due_at, r.id`,
    );
    const hours = await this.calendar.view();
    return rows.map((row) => toReminder(row, hours, this.clock.now()));
  }

  private conditions(filter: ReminderFilter, now: Date): Sql[] {
    const statuses =
      (filter.status as ReminderStatus[] | undefined) ??
      (filter.due ? (['pending', 'open'] as const) : undefined);
    const kinds = filter.kind as Channel[] | undefined;
    const conditions: Sql[] = [];
    if (statuses) conditions.push(sql`r.status IN (${join(statuses)})`);
    if (kinds) conditions.push(sql`r.channel IN (${join(kinds)})`);
    if (filter.ownerId === 'none') conditions.push(sql`r.owner_id IS NULL`);
    else if (filter.ownerId !== undefined) {
      conditions.push(
        sql`r.owner_id = ${filter.ownerId === 'me' ? (currentActor()?.id ?? null) : filter.ownerId}::uuid`,
      );
    }
    if (filter.roundId !== undefined) conditions.push(sql`r.round_id = ${filter.roundId}`);
    if (filter.leadId !== undefined) conditions.push(sql`r.lead_id = ${filter.leadId}`);
    if (filter.escalated !== undefined)
      conditions.push(filter.escalated ? sql`r.escalated_at IS NOT NULL` : sql`r.escalated_at IS NULL`);
    return [...conditions, ...this.dueConditions(filter.due, now), ...searchConditions(filter.q)];
  }

  private dueConditions(due: ReminderFilter['due'], now: Date): Sql[] {
    if (due === undefined) return [];
    if (due === 'overdue') return [sql`r.due_at < ${now}`];
    const today = this.clock.local(now).startOf('day');
    const end = today.plus({ days: due === 'today' ? 1 : 7 });
    return [sql`r.due_at >= ${today.toJSDate()} AND r.due_at < ${end.toJSDate()}`];
  }
}

function searchConditions(q: string | undefined): Sql[] {
  const text = q?.trim();
  if (!text) return [];
  const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return [
    sql`EXISTS (SELECT 1 FROM lead sl JOIN firm sf ON sf.id = sl.firm_id WHERE sl.id = r.lead_id
          AND (sf.search LIKE fold(${like}) OR sl.reference ILIKE ${like}))`,
  ];
}
