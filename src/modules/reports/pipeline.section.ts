import sql, { raw } from 'sql-template-tag';
import type { Section } from './cells.js';
import { leadBase, leadGroups } from './lead-base.js';
import type { ReportScope } from './report-scope.js';

/** Three different promises of money, never added to each other. */
export const CAPITAL = ['committed', 'registered', 'disbursed'] as const;

/** What stands where: leads, land, capital by currency, jobs. */
export function pipelineSection(scope: ReportScope): Section {
  const columns = [
    'area_ha',
    'jobs_promised',
    ...CAPITAL.flatMap((kind) => [`${kind}_amount`, `${kind}_currency`]),
  ];
  const capital = CAPITAL.map(
    (kind) => [kind, { sum: sql`r.${raw(`${kind}_amount`)}`, split: `${kind}_currency` }] as const,
  );
  return {
    ...leadGroups(
      scope,
      columns.map((column) => raw(`base.${column}`)),
    ),
    base: leadBase(scope),
    splits: CAPITAL.map((kind) => `${kind}_currency`),
    measures: {
      count: {},
      areaHa: { when: sql`r.area_ha IS NOT NULL`, sum: sql`r.area_ha` },
      'areaHa.unknown': { when: sql`r.area_ha IS NULL` },
      jobsPromised: { when: sql`r.jobs_promised IS NOT NULL`, sum: sql`r.jobs_promised` },
      'jobsPromised.unknown': { when: sql`r.jobs_promised IS NULL` },
      ...Object.fromEntries(capital),
    },
  };
}
