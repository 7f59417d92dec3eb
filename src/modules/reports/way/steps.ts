import sql, { type Sql } from 'sql-template-tag';
import type { ReportScope } from '../report-scope.js';

/** The steps `c` of the stage history that the question sees: entered by the end of its day, or happened by then. */
export function stepSeen({ past, recorded, end, filters }: ReportScope): Sql {
  if (!past) return sql`true`;
  return recorded ? sql`c.recorded_at < ${end}` : sql`c.on_day <= ${filters.asOf}::date`;
}
