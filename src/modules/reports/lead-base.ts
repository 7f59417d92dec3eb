import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { whereClause } from '../../platform/http/pages.js';
import type { LeadGrouping } from './report-query.dto.js';
import type { ReportScope } from './report-scope.js';

const UNCHANGED = [
  'id',
  'reference',
  'firm_id',
  'kind',
  'owner_id',
  'source',
  'source_round_id',
  'sector',
  'area_ha',
  'jobs_promised',
  'committed_amount',
  'committed_currency',
  'registered_amount',
  'registered_currency',
  'disbursed_amount',
  'disbursed_currency',
  'opened_at',
  'created_at',
].map((column) => `l.${column}`);

/** What a lead's version holds as it was on its day. */
const VERSIONED = [
  'kind',
  'stage',
  'stage_since',
  'owner_id',
  'source',
  'source_round_id',
  'sector',
  'country',
  'area_ha',
  'jobs_promised',
  'committed_amount',
  'committed_currency',
  'registered_amount',
  'registered_currency',
  'disbursed_amount',
  'disbursed_currency',
  'opened_at',
  'cluster_ids',
  'planning_district_ids',
].map((column) => `v.${column}`);

/**
 * The leads as a relation called `lead`, for the conditions of the lead list. On a past day a lead is what its version
 * of that day says; with the basis `happened` the stage and its start come from the history instead, and owner, land,
 * capital and jobs are today's. What happened later is unseen.
 */
export function leadsOn(scope: ReportScope): Sql {
  if (!scope.past) return sql`lead`;
  return scope.recorded ? versionsOn(scope) : historyOn(scope);
}

function versionsOn({ end }: ReportScope): Sql {
  return sql`
    (SELECT l.id, l.reference, l.firm_id, l.created_at, ${raw(VERSIONED.join(', '))},
            ${unlessLater('v.acknowledged_at', end)}, ${unlessLater('v.answered_at', end)},
            ${lastActivity(end, sql`v.stage_since`)} AS last_activity_at
       FROM lead_version v JOIN lead l ON l.id = v.lead_id
      WHERE v.valid_from < ${end} AND (v.valid_to IS NULL OR v.valid_to >= ${end}) AND v.opened_at < ${end}) AS lead`;
}

function historyOn({ end, timeZone, filters }: ReportScope): Sql {
  return sql`
    (SELECT ${raw(UNCHANGED.join(', '))}, step.to_stage AS stage,
            (step.on_day::timestamp AT TIME ZONE ${timeZone}) AS stage_since,
            ${unlessLater('l.acknowledged_at', end)}, ${unlessLater('l.answered_at', end)},
            ${lastActivity(end, sql`step.on_day::timestamp AT TIME ZONE ${timeZone}`)} AS last_activity_at
       FROM lead l
       JOIN LATERAL (SELECT c.to_stage, c.on_day FROM lead_stage_change c WHERE c.lead_id = l.id AND c.on_day <= ${filters.asOf}::date
                      ORDER BY c.recorded_at DESC, c.id DESC LIMIT 1) AS step ON true
      WHERE l.opened_at < ${end}) AS lead`;
}

function unlessLater(column: string, end: Date): Sql {
  return sql`CASE WHEN ${raw(column)} < ${end} THEN ${raw(column)} END AS ${raw(column.split('.')[1]!)}`;
}

/** Exact while nothing came later; else the latest contact, answer, mail or stage change by then. */
function lastActivity(end: Date, stageSince: Sql): Sql {
  return sql`
    CASE WHEN l.last_activity_at < ${end} THEN l.last_activity_at ELSE greatest(
      l.opened_at, ${stageSince},
      (SELECT max(a.happened_at) FROM activity a WHERE a.lead_id = l.id AND a.happened_at < ${end}),
      (SELECT max(m.sent_at) FROM message m WHERE m.lead_id = l.id AND m.audience = 'investor' AND m.sent_at < ${end}),
      (SELECT max(a.at) FROM message m JOIN message_answer a ON a.message_id = m.id WHERE m.lead_id = l.id AND a.at < ${end})) END`;
}

/** The leads of a question with what their stage says: the filters of the list, and opened from `from` to `to`. */
export function leadBase(scope: ReportScope, more: Sql[] = []): Sql {
  const where = [...scope.leadConditions, ...scope.between(sql`lead.opened_at`), ...more];
  return sql`
    SELECT lead.*, stage_rule.is_final, stage_rule.stale_after_days
      FROM ${leadsOn(scope)} LEFT JOIN pipeline_stage stage_rule ON stage_rule.kind = lead.kind AND stage_rule.code = lead.stage
     ${whereClause(where)}`;
}

interface Grouping {
  /** The value of a row of `base`, as text. */
  value: Sql;
  /** What has to be joined to `base` for it. */
  joins?: Sql;
  /** A lead may be in several groups. */
  manifold?: true;
  label: Sql;
  order?: Sql;
}

/**
 * The label is null where the words are not in the database: exits, sources, kinds, countries.
 * @param key the column of `cell` with the value
 */
export function groupingOf(groupBy: LeadGrouping, scope: ReportScope, key: string): Grouping {
  const cell = raw(`cell.${key}`);
  switch (groupBy) {
    case 'stage':
      return {
        value: sql`base.stage`,
        label: sql`(SELECT ${raw(scope.language === 'vi' ? 's.name_vi' : 's.name_en')} FROM pipeline_stage s WHERE s.kind = cell.kind AND s.code = ${cell})`,
        order: sql`(SELECT s.position FROM pipeline_stage s WHERE s.kind = cell.kind AND s.code = ${cell})`,
      };
    case 'owner':
      return {
        value: sql`base.owner_id::text`,
        label: sql`(SELECT u.name FROM app_user u WHERE u.id = ${cell}::uuid)`,
      };
    case 'source':
      return { value: sql`base.source`, label: sql`NULL::text` };
    case 'round':
      return {
        value: sql`base.source_round_id::text`,
        label: sql`(SELECT p.code || ' – ' || p.name FROM promotion_round p WHERE p.id = ${cell}::uuid)`,
      };
    case 'month':
      return {
        value: sql`to_char(base.opened_at AT TIME ZONE ${scope.timeZone}, 'YYYY-MM')`,
        label: cell,
      };
    case 'cluster':
      return {
        value: sql`lc.cluster_id::text`,
        joins: scope.recorded
          ? sql`LEFT JOIN LATERAL unnest(base.cluster_ids) AS lc (cluster_id) ON true`
          : sql`LEFT JOIN lead_cluster lc ON lc.lead_id = base.id`,
        manifold: true,
        label: sql`(SELECT c.name FROM cluster c WHERE c.id = ${cell}::uuid)`,
      };
    case 'planningDistrict':
      return {
        value: sql`d.id::text`,
        joins: scope.recorded
          ? sql`LEFT JOIN LATERAL unnest(base.planning_district_ids) AS d (id) ON true`
          : sql`LEFT JOIN (SELECT DISTINCT lc.lead_id, c.planning_district_id AS id FROM lead_cluster lc
                                JOIN cluster c ON c.id = lc.cluster_id) AS d ON d.lead_id = base.id`,
        manifold: true,
        label: sql`(SELECT d.name FROM planning_district d WHERE d.id = ${cell}::uuid)`,
        order: sql`(SELECT d.position FROM planning_district d WHERE d.id = ${cell}::uuid)`,
      };
    case 'sector':
      return { value: sql`nullif(base.sector, '')`, label: cell };
    case 'country':
      return scope.recorded
        ? { value: sql`base.country`, label: sql`NULL::text` }
        : {
            value: sql`firm_of.country::text`,
            joins: sql`JOIN firm firm_of ON firm_of.id = base.firm_id`,
            label: sql`NULL::text`,
          };
    case 'kind':
      return { value: sql`base.kind`, label: sql`NULL::text` };
  }
}

/** A cluster lies in one planning district: of a lead of several clusters each stands in its own. */
const DISTRICT_OF_CLUSTER = {
  value: sql`cluster_of.planning_district_id::text`,
  joins: sql`LEFT JOIN cluster cluster_of ON cluster_of.id = lc.cluster_id`,
};

/** The groupings of a report, the columns `value` and `value2` of `cell`. */
export function groupingsOf(scope: ReportScope): Grouping[] {
  const wanted = [scope.groupBy as LeadGrouping, ...(scope.thenBy === null ? [] : [scope.thenBy])];
  const both = wanted.includes('cluster') && wanted.includes('planningDistrict');
  return wanted.map((one, index) => ({
    ...groupingOf(one, scope, GROUP_KEYS[index]!),
    ...(both && one === 'planningDistrict' && DISTRICT_OF_CLUSTER),
  }));
}

export const GROUP_KEYS = ['value', 'value2'];

export const LEAD_NAME = sql`(SELECT f.name FROM lead l JOIN firm f ON f.id = l.firm_id WHERE l.id = r.lead_id)`;

/** Leads by kind and one or two groupings; a lead about several clusters is in the group of each, and once in the whole. */
export function leadGroups(scope: ReportScope, columns: readonly Sql[]) {
  const groupings = groupingsOf(scope);
  const shown = join([sql`base.id`, sql`base.reference`, sql`base.id AS lead_id`, ...columns]);
  return {
    type: 'lead' as const,
    rows: sql`SELECT ${shown}, base.kind, ${groupValues(groupings)} FROM base ${groupJoins(scope, groupings)}`,
    ...(groupings.some(({ manifold }) => manifold) && { once: sql`SELECT ${shown} FROM base` }),
    ...groupWords(groupings),
    name: LEAD_NAME,
  };
}

export const groupValues = (groupings: readonly Grouping[]): Sql =>
  join(groupings.map(({ value }, index) => sql`${value} AS ${raw(GROUP_KEYS[index]!)}`));

/** A cluster is joined before its planning district. */
export function groupJoins({ groupBy, thenBy }: ReportScope, groupings: readonly Grouping[]): Sql {
  const ordered = groupBy === 'planningDistrict' && thenBy === 'cluster' ? groupings.toReversed() : groupings;
  return join([empty, ...ordered.map(({ joins }) => joins ?? empty)], ' ');
}

export function groupWords(groupings: readonly Grouping[]) {
  return {
    keys: ['kind', ...GROUP_KEYS.slice(0, groupings.length)],
    labels: [sql`cell.kind`, ...groupings.map(({ label }) => label)],
    orders: groupings.map(({ order }) => order ?? raw('NULL::int')),
  };
}
