import sql, { join, raw, type Sql } from 'sql-template-tag';
import { plusDays } from '../../platform/calendar/days.rules.js';
import type { PageQuery, PageSpec } from '../../platform/http/pages.js';
import { escapeLike, wordPatterns } from '../directory/search.rules.js';
import type { LeadSource } from './lead.entity.js';
import type { LeadKind } from './pipeline.entity.js';

export interface LeadFilter extends PageQuery {
  stage?: string[];
  kind?: LeadKind;
  /** A user's id, `me` or `none`. */
  ownerId?: string;
  clusterId?: string;
  planningDistrictId?: string;
  firmId?: string;
  source?: LeadSource;
  roundId?: string;
  /** Local days, both included. */
  createdFrom?: string;
  createdTo?: string;
  stale?: boolean;
  unanswered?: boolean;
}

/** Every key is served by an index of `lead` that ends in the id, or by the firm's name. */
export const LEAD_LIST: PageSpec = {
  sorts: {
    lastActivityAt: { sql: 'lead.last_activity_at', type: 'timestamptz' },
    createdAt: { sql: 'lead.created_at', type: 'timestamptz' },
    stageSince: { sql: 'lead.stage_since', type: 'timestamptz' },
    nextActionAt: { sql: `coalesce(lead.next_action_at, 'infinity'::timestamptz)`, type: 'timestamptz' },
    name: { sql: 'firm.name', type: 'text' },
    reference: { sql: 'lead.reference', type: 'text' },
  },
  defaultSort: '-lastActivityAt',
  id: 'lead.id',
};

export const LEAD_FROM = sql`lead`;
export const LEAD_FROM_FIRM = sql`lead JOIN firm ON firm.id = lead.firm_id`;

/** The firm joins only where it sorts: everything shown of it is looked up for the rows of the page alone. */
export function needsFirm(filter: LeadFilter): boolean {
  return (filter.sort ?? '').split(',').some((key) => key.replace('-', '') === 'name');
}

/** Subqueries run after LIMIT, once for each row shown: no join can tempt the planner away from the index. */
export const ROW_COLUMNS = sql`
  lead.id, lead.reference, lead.kind, lead.stage, lead.stage_since AS "stageSince", lead.source, lead.source_round_id AS "sourceRoundId",
  lead.firm_id AS "firmId", (SELECT f.name FROM firm f WHERE f.id = lead.firm_id) AS "firmName",
  lead.owner_id AS "ownerId", (SELECT u.name FROM app_user u WHERE u.id = lead.owner_id) AS "ownerName",
  (SELECT json_agg(json_build_object('id', c.id, 'code', c.code, 'name', c.name) ORDER BY lc.position)
     FROM lead_cluster lc JOIN cluster c ON c.id = lc.cluster_id WHERE lc.lead_id = lead.id) AS clusters,
  (SELECT s.stale_after_days FROM pipeline_stage s WHERE s.kind = lead.kind AND s.code = lead.stage) AS "staleAfterDays",
  lead.summary, lead.sector, lead.area_ha AS "areaHa", lead.jobs_promised AS "jobsPromised", lead.jobs_delivered AS "jobsDelivered",
  lead.committed_amount AS "committedAmount", lead.committed_currency AS "committedCurrency",
  lead.registered_amount AS "registeredAmount", lead.registered_currency AS "registeredCurrency",
  lead.disbursed_amount AS "disbursedAmount", lead.disbursed_currency AS "disbursedCurrency",
  lead.next_action AS "nextAction", lead.next_action_at AS "nextActionAt", lead.last_activity_at AS "lastActivityAt",
  lead.last_answer AS "lastAnswer", lead.wake_on::text AS "wakeOn", lead.opened_at AS "openedAt", lead.created_at AS "createdAt",
  lead.sample, lead.version`;

export interface FilterContext {
  now: Date;
  /** Whom `me` means. */
  userId: string | null;
  startOf(day: string): Date;
}

export function leadConditions(filter: LeadFilter, context: FilterContext): Sql[] {
  return [
    ...columnConditions(filter, context),
    ...(filter.createdFrom ? [sql`lead.created_at >= ${context.startOf(filter.createdFrom)}`] : []),
    ...(filter.createdTo ? [sql`lead.created_at < ${context.startOf(plusDays(filter.createdTo, 1))}`] : []),
    ...(filter.clusterId ? [sql`EXISTS (SELECT 1 FROM lead_cluster lc WHERE lc.lead_id = lead.id AND lc.cluster_id = ${filter.clusterId})`] : []),
    ...(filter.planningDistrictId ? [inDistrict(filter.planningDistrictId)] : []),
    ...(filter.stale === undefined ? [] : [stale(filter.stale, context.now)]),
    ...(filter.unanswered === undefined ? [] : [unanswered(filter.unanswered)]),
    ...(filter.q?.trim() ? [matching(filter.q.trim())] : []),
  ];
}

function columnConditions(filter: LeadFilter, { userId }: FilterContext): Sql[] {
  const conditions: Sql[] = [];
  const { stage, ownerId } = filter;
  if (stage?.length === 1) conditions.push(sql`lead.stage = ${stage[0]}`);
  else if (stage && stage.length > 1) conditions.push(sql`lead.stage IN (${join(stage)})`);
  if (ownerId === 'none') conditions.push(sql`lead.owner_id IS NULL`);
  else if (ownerId !== undefined) conditions.push(sql`lead.owner_id = ${ownerId === 'me' ? userId : ownerId}::uuid`);
  for (const [name, column] of PLAIN) if (filter[name] !== undefined) conditions.push(sql`${raw(column)} = ${filter[name]}`);
  return conditions;
}

const PLAIN = [
  ['kind', 'lead.kind'],
  ['firmId', 'lead.firm_id'],
  ['source', 'lead.source'],
  ['roundId', 'lead.source_round_id'],
] as const;

function inDistrict(id: string): Sql {
  return sql`EXISTS (SELECT 1 FROM lead_cluster lc JOIN cluster c ON c.id = lc.cluster_id WHERE lc.lead_id = lead.id AND c.planning_district_id = ${id})`;
}

/** The second condition is the first one's least case: it lets the index skip everything fresh. */
function stale(wanted: boolean, now: Date): Sql {
  const itself = sql`EXISTS (SELECT 1 FROM pipeline_stage s WHERE s.kind = lead.kind AND s.code = lead.stage AND NOT s.is_final
    AND lead.last_activity_at < ${now}::timestamptz - make_interval(days => s.stale_after_days))`;
  if (!wanted) return sql`NOT ${itself}`;
  return sql`${itself} AND lead.last_activity_at < ${now}::timestamptz - make_interval(days => (SELECT min(stale_after_days) FROM pipeline_stage))`;
}

/** An enquiry that no officer answered, and that is not lost. */
function unanswered(wanted: boolean): Sql {
  return wanted
    ? sql`lead.source = 'enquiry' AND lead.answered_at IS NULL AND lead.stage <> 'lost'`
    : sql`NOT (lead.source = 'enquiry' AND lead.answered_at IS NULL AND lead.stage <> 'lost')`;
}

/** A reference or its beginning, else the firm's name and what else its search column holds. */
function matching(q: string): Sql {
  if (/^ch-\d/i.test(q)) return sql`lead.reference LIKE ${`${escapeLike(q.toUpperCase())}%`}`;
  const words = wordPatterns(q).map((pattern) => sql`f.search LIKE ${pattern}`);
  return words.length === 0 ? sql`false` : sql`lead.firm_id IN (SELECT f.id FROM firm f WHERE ${join(words, ' AND ')})`;
}
