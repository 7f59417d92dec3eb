import sql, { raw } from 'sql-template-tag';
import type { Section } from './cells.js';
import { leadBase, leadGroups } from './lead-base.js';
import type { ReportScope } from './report-scope.js';

/** Days in the present stage, both ends included; the last has no end. */
export const AGE_BUCKETS = [
  { figure: 'days0To7', from: 0, to: 7 },
  { figure: 'days8To30', from: 8, to: 30 },
  { figure: 'days31To90', from: 31, to: 90 },
  { figure: 'days91', from: 91, to: null },
] as const;

/** How long the open leads have stood where they are. Lost leads and those at the end of their way are left out. */
export function ageingSection(scope: ReportScope): Section {
  const { timeZone, at, filters } = scope;
  const columns = [
    sql`${filters.asOf}::date - (base.stage_since AT TIME ZONE ${timeZone})::date AS days`,
    sql`EXISTS (SELECT 1 FROM pipeline_stage s WHERE s.kind = base.kind AND s.code = base.stage AND NOT s.is_final
                 AND base.last_activity_at < ${at}::timestamptz - make_interval(days => s.stale_after_days)) AS stale`,
  ];
  const open = sql`lead.stage <> 'lost' AND NOT EXISTS (
    SELECT 1 FROM pipeline_stage s WHERE s.kind = lead.kind AND s.code = lead.stage AND s.is_final)`;
  const buckets = AGE_BUCKETS.map(({ figure, from, to }) => {
    const when =
      to === null
        ? sql`r.days >= ${raw(String(from))}`
        : sql`r.days BETWEEN ${raw(String(from))} AND ${raw(String(to))}`;
    return [figure, { when }] as const;
  });
  return {
    ...leadGroups(scope, columns),
    base: leadBase(scope, [open]),
    splits: [],
    measures: { count: {}, ...Object.fromEntries(buckets), stale: { when: sql`r.stale` } },
  };
}
