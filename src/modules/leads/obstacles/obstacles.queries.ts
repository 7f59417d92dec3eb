import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { plusDays } from '../../../platform/calendar/days.rules.js';
import { Clock } from '../../../platform/clock/clock.js';
import { currentActor } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import { Pages, type Page, type PageSpec } from '../../../platform/http/pages.js';
import { isOverdue, OPEN_OBSTACLE } from './obstacle.rules.js';
import type { ObstacleAnswer, ObstaclesQuery } from './obstacles.dto.js';

const LIST: PageSpec = {
  sorts: {
    dueAt: { sql: 'o.due_at', type: 'timestamptz' },
    createdAt: { sql: 'o.created_at', type: 'timestamptz' },
  },
  defaultSort: 'dueAt',
  id: 'o.id',
};

const COLUMNS = sql`
  o.id, (SELECT json_build_object('id', l.id, 'reference', l.reference) FROM lead l WHERE l.id = o.lead_id) AS lead,
  (SELECT json_build_object('id', f.id, 'name', f.name) FROM lead l JOIN firm f ON f.id = l.firm_id WHERE l.id = o.lead_id) AS firm,
  (SELECT json_build_object('id', c.id, 'name', c.name) FROM cluster c WHERE c.id = o.cluster_id) AS cluster,
  (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = o.owner_id) AS owner,
  (SELECT json_build_object('id', c.id, 'name', c.full_name) FROM contact c WHERE c.id = o.contact_id) AS contact,
  o.category, o.title, o.description, o.status, o.due_at AS "dueAt", o.acknowledged_at AS "acknowledgedAt", o.raised_by AS "raisedBy",
  o.visible_to_investor AS "visibleToInvestor", o.answer, o.resolved_at AS "resolvedAt", o.created_at AS "createdAt", o.version`;

type Times = 'dueAt' | 'acknowledgedAt' | 'resolvedAt' | 'createdAt';
type Row = Omit<ObstacleAnswer, Times | 'overdue'> & {
  dueAt: Date;
  acknowledgedAt: Date | null;
  resolvedAt: Date | null;
  createdAt: Date;
};

/** Obstacles, as the agency sees them. */
@Injectable()
export class ObstaclesQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  list(query: ObstaclesQuery): Promise<Page<ObstacleAnswer>> {
    const now = this.clock.now();
    return this.pages.read(
      LIST,
      { select: COLUMNS, from: sql`obstacle o`, where: this.conditions(query, now) },
      query,
      (row: Row) => show(row, now),
    );
  }

  async ofLead(leadId: string): Promise<{ items: ObstacleAnswer[] }> {
    const [lead] = await this.db.query(`SELECT 1 FROM lead WHERE id = $1`, [leadId]);
    if (!lead) throw new NotFound('lead_not_found');
    const rows = await this.db.query<Row>(sql`
      SELECT ${COLUMNS} FROM obstacle o WHERE o.lead_id = ${leadId}
       ORDER BY o.status = ANY(${OPEN_OBSTACLE}::text[]) DESC, o.due_at, o.id`);
    return { items: rows.map((row) => show(row, this.clock.now())) };
  }

  async get(id: string): Promise<ObstacleAnswer> {
    const [row] = await this.db.query<Row>(sql`SELECT ${COLUMNS} FROM obstacle o WHERE o.id = ${id}`);
    if (!row) throw new NotFound('obstacle_not_found');
    return show(row, this.clock.now());
  }

  private conditions(query: ObstaclesQuery, now: Date): Sql[] {
    const where: Sql[] = [];
    if (query.status) where.push(sql`o.status = ANY(${query.status}::text[])`);
    if (query.category) where.push(sql`o.category = ANY(${query.category}::text[])`);
    if (query.clusterId) where.push(sql`o.cluster_id = ${query.clusterId}`);
    if (query.ownerId === 'none') where.push(sql`o.owner_id IS NULL`);
    else if (query.ownerId)
      where.push(
        sql`o.owner_id = ${query.ownerId === 'me' ? (currentActor()?.id ?? null) : query.ownerId}::uuid`,
      );
    if (query.q?.trim()) where.push(sql`position(fold(${query.q.trim()}) in fold(o.title)) > 0`);
    if (query.due)
      where.push(sql`o.status = ANY(${OPEN_OBSTACLE}::text[]) AND o.due_at < ${this.until(query.due, now)}`);
    return where;
  }

  private until(due: 'overdue' | 'today' | 'week', now: Date): Date {
    if (due === 'overdue') return now;
    return this.clock.startOf(plusDays(this.clock.dayOf(now), due === 'today' ? 1 : 7));
  }
}

function show(row: Row, now: Date): ObstacleAnswer {
  return {
    ...row,
    dueAt: row.dueAt.toISOString(),
    overdue: isOverdue(row, now),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
