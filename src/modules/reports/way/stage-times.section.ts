import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Section } from '../cells.js';
import { groupJoins, groupingsOf, groupValues, groupWords, LEAD_NAME, leadBase } from '../lead-base.js';
import type { ReportScope } from '../report-scope.js';
import { spreadsOf } from './days.js';
import { stepSeen } from './steps.js';

/** Stays that are over, and those that last. */
export const STAYS = ['finished', 'waiting'] as const;
export type Stay = (typeof STAYS)[number];

/**
 * Every stay of the leads in a stage, from the step into it to the next step, in the order of entry. Nobody waits in
 * a lost lead or at the end of the way: there only stays that ended are counted.
 */
function staysBase(scope: ReportScope): Sql {
  return sql`
    WITH known AS (${leadBase(scope)})
    SELECT known.*, stay.id AS stay_id, stay.stage AS stay_stage, greatest(0, coalesce(stay.until, ${scope.filters.asOf}::date) - stay.since) AS days,
           CASE WHEN stay.until IS NULL THEN 'waiting' ELSE 'finished' END AS state
      FROM known
      JOIN (SELECT c.id, c.lead_id, c.to_stage AS stage, c.on_day AS since, lead(c.on_day) OVER (PARTITION BY c.lead_id ORDER BY c.recorded_at, c.id) AS until
              FROM lead_stage_change c WHERE c.lead_id IN (SELECT id FROM known) AND ${stepSeen(scope)}) AS stay ON stay.lead_id = known.id
      LEFT JOIN pipeline_stage way ON way.kind = known.kind AND way.code = stay.stage
     WHERE stay.until IS NOT NULL OR (stay.stage <> 'lost' AND way.is_final IS NOT TRUE)`;
}

/** The stays by kind, stage and one more grouping. */
export function stageTimesSection(scope: ReportScope): Section {
  const [stage, ...more] = groupingsOf(scope);
  const groupings = [{ ...stage!, value: sql`base.stay_stage` }, ...more];
  const shown = sql`base.stay_id AS id, base.reference, base.id AS lead_id, base.days, base.state`;
  return {
    type: 'stay',
    base: staysBase(scope),
    rows: sql`SELECT ${shown}, base.kind, ${groupValues(groupings)} FROM base ${groupJoins(scope, groupings)}`,
    ...(more.some(({ manifold }) => manifold) && { once: sql`SELECT ${shown}, base.kind FROM base` }),
    ...groupWords(groupings),
    splits: [],
    measures: Object.fromEntries(
      STAYS.map((stay) => [stay, { when: sql`r.state = ${stay}`, sum: sql`r.days` }]),
    ),
    name: LEAD_NAME,
  };
}

/** The spread of days in each group, with the words of its keys; by kind alone where the keys are null and `whole`. */
export function stageTimesStatement(scope: ReportScope): Sql {
  const { base, rows, once, keys, labels, orders } = stageTimesSection(scope);
  const by = [...keys, 'state'];
  const columns = raw(by.join(', '));
  const nothing = raw(
    keys
      .slice(1)
      .map((key) => `NULL::text AS ${key}`)
      .join(', '),
  );
  const words = labels.map(
    (label, index) => sql`CASE WHEN NOT whole THEN ${label} END AS ${raw(`l${index}`)}`,
  );
  const places = (orders ?? []).map((order, index) => sql`${order} AS ${raw(`p${index}`)}`);
  const lengths = sql`
    SELECT false AS whole, ${columns}, days, 1 AS n FROM (${rows}) AS r
    UNION ALL SELECT true, kind, ${nothing}, state, days, 1 FROM (${once ?? rows}) AS r`;
  return sql`
    WITH base AS (${base}), cell AS (${spreadsOf(lengths, ['whole', ...by])})
    SELECT ${join([raw('cell.*'), ...words, ...places])} FROM cell`;
}
