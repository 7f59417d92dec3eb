import { Injectable } from '@nestjs/common';
import sql, { join, type Sql } from 'sql-template-tag';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, type Page, type PageQuery, type PageSpec } from '../../platform/http/pages.js';
import type { RoundKind, RoundStatus } from './promotion-round.entity.js';
import type { RoundAnswer, RoundCluster, RoundCounts } from './rounds.dto.js';

export interface RoundFilter extends PageQuery {
  status?: string[];
  /** A user's id, `me` or `none`. */
  ownerId?: string;
  clusterId?: string;
  kind?: RoundKind;
  from?: string;
  to?: string;
}

interface RoundRow {
  id: string;
  code: string;
  name: string;
  kind: RoundKind | null;
  startsOn: string;
  endsOn: string;
  budgetAmount: string | null;
  budgetCurrency: string | null;
  goalFirms: number | null;
  goalLeads: number | null;
  goalMeetings: number | null;
  goalNote: string | null;
  clusters: RoundCluster[] | null;
  status: RoundStatus;
  outcome: string | null;
  planId: string | null;
  planName: string | null;
  ownerId: string | null;
  ownerName: string | null;
  closedAt: Date | null;
  closedBy: string | null;
  closerName: string | null;
  counts: RoundCounts;
  sample: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const LIST: PageSpec = {
  sorts: {
    startsOn: { sql: 'r.starts_on', type: 'date' },
    endsOn: { sql: 'r.ends_on', type: 'date' },
    name: { sql: 'r.name', type: 'text' },
    code: { sql: 'r.code', type: 'text' },
    createdAt: { sql: 'r.created_at', type: 'timestamptz' },
  },
  defaultSort: '-startsOn',
  id: 'r.id',
};

const COLUMNS = sql`
  r.id, r.code, r.name, r.kind, r.starts_on::text AS "startsOn", r.ends_on::text AS "endsOn",
  r.budget_amount AS "budgetAmount", r.budget_currency AS "budgetCurrency", r.goal_firms AS "goalFirms", r.goal_leads AS "goalLeads",
  r.goal_meetings AS "goalMeetings", r.goal_note AS "goalNote", r.status, r.outcome, r.follow_up_plan_id AS "planId",
  r.owner_id AS "ownerId", r.closed_at AS "closedAt", r.closed_by AS "closedBy", r.sample, r.version,
  r.created_at AS "createdAt", r.updated_at AS "updatedAt",
  (SELECT p.name FROM follow_up_plan p WHERE p.id = r.follow_up_plan_id) AS "planName",
  (SELECT u.name FROM app_user u WHERE u.id = r.owner_id) AS "ownerName",
  (SELECT u.name FROM app_user u WHERE u.id = r.closed_by) AS "closerName",
  (SELECT json_agg(json_build_object('id', c.id, 'code', c.code, 'name', c.name) ORDER BY c.name)
     FROM round_cluster k JOIN cluster c ON c.id = k.cluster_id WHERE k.round_id = r.id) AS clusters,
  (SELECT json_build_object('events', (SELECT count(*) FROM promotion_event e WHERE e.round_id = r.id), 'participations', count(*),
            'firms', count(DISTINCT p.firm_id), 'attended', count(*) FILTER (WHERE p.status = 'attended'), 'leads', count(DISTINCT p.lead_id))
     FROM participation p WHERE p.round_id = r.id) AS counts`;

@Injectable()
export class RoundsQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  list(filter: RoundFilter): Promise<Page<RoundAnswer>> {
    return this.pages.read(
      LIST,
      { select: COLUMNS, from: sql`promotion_round r`, where: conditionsOf(filter) },
      filter,
      toRound,
    );
  }

  async get(id: string): Promise<RoundAnswer> {
    const [row] = await this.db.query<RoundRow>(
      sql`SELECT ${COLUMNS} FROM promotion_round r WHERE r.id = ${id}`,
    );
    if (!row) throw new NotFound('round_not_found');
    return toRound(row);
  }
}

function conditionsOf(filter: RoundFilter): Sql[] {
  const conditions: Sql[] = [];
  if (filter.status) conditions.push(sql`r.status IN (${join(filter.status)})`);
  if (filter.ownerId === 'none') conditions.push(sql`r.owner_id IS NULL`);
  else if (filter.ownerId !== undefined) {
    conditions.push(
      sql`r.owner_id = ${filter.ownerId === 'me' ? (currentActor()?.id ?? null) : filter.ownerId}::uuid`,
    );
  }
  if (filter.clusterId !== undefined) {
    conditions.push(
      sql`EXISTS (SELECT 1 FROM round_cluster k WHERE k.round_id = r.id AND k.cluster_id = ${filter.clusterId})`,
    );
  }
  if (filter.kind !== undefined) conditions.push(sql`r.kind = ${filter.kind}`);
  if (filter.from !== undefined) conditions.push(sql`r.ends_on >= ${filter.from}::date`);
  if (filter.to !== undefined) conditions.push(sql`r.starts_on <= ${filter.to}::date`);
  const text = filter.q?.trim();
  if (text) {
    const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push(sql`fold(r.code || ' ' || r.name) LIKE fold(${like})`);
  }
  return conditions;
}

function toRound(row: RoundRow): RoundAnswer {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    budget:
      row.budgetAmount === null || row.budgetCurrency === null
        ? null
        : { amount: plainAmount(row.budgetAmount), currency: row.budgetCurrency },
    goals: { firms: row.goalFirms, leads: row.goalLeads, meetings: row.goalMeetings, note: row.goalNote },
    clusters: row.clusters ?? [],
    status: row.status,
    outcome: row.outcome,
    followUpPlan: refOf(row.planId, row.planName),
    followUpPlanId: row.planId,
    owner: refOf(row.ownerId, row.ownerName),
    closedAt: row.closedAt?.toISOString() ?? null,
    closedBy: refOf(row.closedBy, row.closerName),
    counts: row.counts,
    sample: row.sample,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** PostgreSQL fills up to two decimals. */
function plainAmount(amount: string): string {
  return amount.replace(/\.00$/, '');
}

function refOf(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? '' };
}
