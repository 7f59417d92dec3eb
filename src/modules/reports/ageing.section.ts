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
    sql`coalesce(NOT base.is_final AND base.last_activity_at < ${at}::timestamptz - make_interval(days => base.stale_after_days), false) AS stale`,
  ];
  const open = sql`lead.stage <> 'lost' AND stage_rule.is_final IS NOT TRUE`;
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
