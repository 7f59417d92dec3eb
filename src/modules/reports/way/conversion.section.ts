import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { LeadKind } from '../../leads/pipelines/pipeline.entity.js';
import type { Section } from '../cells.js';
import { LEAD_NAME, leadBase } from '../lead-base.js';
import type { ReportScope } from '../report-scope.js';
import { spreadsOf } from './days.js';
import { stepSeen } from './steps.js';

export interface WayStage {
  kind: LeadKind;
  code: string;
  label: string;
  /** From 1, in the order of the way. */
  position: number;
}

/** What became of a lead: it reached the end of its way, was lost before, or neither yet. */
export const FATES = ['open', 'finished', 'lost'] as const;
export type Fate = (typeof FATES)[number];

/** Leads with their cohort (the month of opening, as `value`), how far they ever came, and what became of them. */
function cohorts(scope: ReportScope): Sql {
  return sql`
    SELECT base.id, base.reference, base.id AS lead_id, base.kind, ${monthOf(scope)} AS value, ${openedOn(scope)} AS opened_on,
           greatest(1, max(way.position)) AS reached,
           CASE WHEN bool_or(way.is_final) THEN 'finished' WHEN base.stage = 'lost' THEN 'lost' ELSE 'open' END AS fate
      FROM base LEFT JOIN lead_stage_change c ON c.lead_id = base.id AND ${stepSeen(scope)}
      LEFT JOIN pipeline_stage way ON way.kind = base.kind AND way.code = c.to_stage
     GROUP BY base.id, base.reference, base.kind, base.opened_at, base.stage`;
}

const monthOf = ({ timeZone }: ReportScope) =>
  sql`to_char(base.opened_at AT TIME ZONE ${timeZone}, 'YYYY-MM')`;
const openedOn = ({ timeZone }: ReportScope) => sql`(base.opened_at AT TIME ZONE ${timeZone})::date`;

/** Cohorts of leads and the stages they ever reached; whoever skips a stage has reached it. */
export function conversionSection(scope: ReportScope, stages: readonly WayStage[]): Section {
  const codes = [...new Set(stages.map(({ code }) => code))];
  return {
    type: 'lead',
    base: leadBase(scope),
    rows: cohorts(scope),
    keys: ['kind', 'value'],
    labels: [raw('cell.kind'), raw('cell.value')],
    splits: [],
    measures: {
      cohort: {},
      ...Object.fromEntries(FATES.map((fate) => [fate, { when: sql`r.fate = ${fate}` }])),
      ...Object.fromEntries(
        codes.flatMap((code) => {
          const place = positionOf(code, stages);
          return [
            [`reached.${code}`, { when: sql`r.reached >= ${place}`, sum: daysTo(place, scope) }],
            [`open.${code}`, { when: sql`r.reached < ${place} AND r.fate = 'open'` }],
          ];
        }),
      ),
    },
    name: LEAD_NAME,
  };
}

/** Of the row's kind; null where its way has no such stage. */
function positionOf(code: string, stages: readonly WayStage[]): Sql {
  const cases = stages
    .filter((stage) => stage.code === code)
    .map(({ kind, position }) => sql`WHEN ${kind} THEN ${raw(String(position))}`);
  return sql`CASE r.kind ${join(cases, ' ')} END`;
}

/** From the day of opening to the first day at this stage or a later one; 0 for those who began there, whatever was entered later. */
function daysTo(place: Sql, scope: ReportScope): Sql {
  return sql`
    greatest(0, (SELECT min(c.on_day) FROM lead_stage_change c JOIN pipeline_stage way ON way.kind = r.kind AND way.code = c.to_stage
                  WHERE c.lead_id = r.id AND way.position >= ${place} AND ${stepSeen(scope)}) - r.opened_on)`;
}

/** How many leads of each cohort came how far: `kind`, `value`, `reached`, `fate`, `n`. */
export function cohortsStatement(scope: ReportScope): Sql {
  return sql`
    WITH base AS (${leadBase(scope)})
    SELECT kind, value, reached, fate, count(*)::int AS n FROM (${cohorts(scope)}) AS r GROUP BY kind, value, reached, fate`;
}

/** The days to each stage, by cohort and, with `value` null, by kind. */
export function daysToStagesStatement(scope: ReportScope): Sql {
  const first = sql`
    SELECT base.kind, ${monthOf(scope)} AS value, stage.position, greatest(0, min(c.on_day) - ${openedOn(scope)}) AS days
      FROM base JOIN lead_stage_change c ON c.lead_id = base.id AND ${stepSeen(scope)}
      JOIN pipeline_stage way ON way.kind = base.kind AND way.code = c.to_stage
      JOIN pipeline_stage stage ON stage.kind = base.kind AND stage.position <= way.position
     GROUP BY base.id, base.kind, base.opened_at, stage.position`;
  const whole = sql`SELECT kind, NULL::text AS value, position, days, n FROM lengths`;
  return sql`
    WITH base AS (${leadBase(scope)}),
         lengths AS (SELECT kind, value, position, days, count(*) AS n FROM (${first}) AS f GROUP BY kind, value, position, days)
    ${spreadsOf(sql`SELECT kind, value, position, days, n FROM lengths UNION ALL ${whole}`, ['kind', 'value', 'position'])}`;
}
