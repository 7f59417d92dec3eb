import sql, { join, raw, type Sql } from 'sql-template-tag';
import { plusDays } from '../../platform/calendar/days.rules.js';
import type { PageQuery } from '../../platform/http/pages.js';
import { escapeLike, wordPatterns } from '../directory/search.rules.js';
import type { LeadSource } from './lead.entity.js';
import type { LeadKind } from './pipelines/pipeline.entity.js';

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

export interface FilterContext {
  now: Date;
  /** Whom `me` means. */
  userId: string | null;
  startOf(day: string): Date;
}

/**
 * The conditions of a filter, on a relation called `lead` with the columns of the table. A report may put another
 * relation under that name, such as the leads as they stood on a past day.
 */
export function leadConditions(filter: LeadFilter, context: FilterContext): Sql[] {
  return [
    ...columnConditions(filter, context),
    ...(filter.createdFrom ? [sql`lead.created_at >= ${context.startOf(filter.createdFrom)}`] : []),
    ...(filter.createdTo ? [sql`lead.created_at < ${context.startOf(plusDays(filter.createdTo, 1))}`] : []),
    ...(filter.clusterId
      ? [
          sql`EXISTS (SELECT 1 FROM lead_cluster lc WHERE lc.lead_id = lead.id AND lc.cluster_id = ${filter.clusterId})`,
        ]
      : []),
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
  else if (ownerId !== undefined)
    conditions.push(sql`lead.owner_id = ${ownerId === 'me' ? userId : ownerId}::uuid`);
  for (const [name, column] of PLAIN)
    if (filter[name] !== undefined) conditions.push(sql`${raw(column)} = ${filter[name]}`);
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

/**
 * Looked up row by row, on purpose: joined, the planner takes the stale ones for few, collects all of them and
 * sorts. The first condition is the least case of the second: the index skips everything fresh by it.
 */
function stale(wanted: boolean, now: Date): Sql {
  const itself = sql`lead.last_activity_at < ${now}::timestamptz - make_interval(days => (
    SELECT s.stale_after_days FROM pipeline_stage s WHERE s.kind = lead.kind AND s.code = lead.stage AND NOT s.is_final))`;
  if (!wanted) return sql`(${itself}) IS NOT TRUE`;
  return sql`lead.last_activity_at < ${now}::timestamptz - make_interval(days => (SELECT min(stale_after_days) FROM pipeline_stage)) AND ${itself}`;
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
  return words.length === 0
    ? sql`false`
    : sql`lead.firm_id IN (SELECT f.id FROM firm f WHERE ${join(words, ' AND ')})`;
}
