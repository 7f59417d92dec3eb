import sql, { join, raw, type Sql } from 'sql-template-tag';

/** As `percentile_cont` has it: between two values in proportion. */
const SHARES = { median: '0.5', p90: '0.9' } as const;

/** How many days something took: of how many things, and how spread. */
export interface Spread {
  n: number;
  median: number;
  p90: number;
  max: number;
}

/**
 * The spread of `days`, which `n` things took, in each group of a relation: things of equal length are counted before anything is put in
 * order, so that a million things cost no sort.
 * @param by text or number columns of the relation
 */
export function spreadsOf(relation: Sql, by: readonly string[]): Sql {
  const columns = raw(by.join(', '));
  const quantiles = Object.entries(SHARES).map(([name, share]) => {
    const place = `${share} * (total - 1)`;
    const low = `min(days) FILTER (WHERE upto > floor(${place}))`;
    const high = `min(days) FILTER (WHERE upto > ceil(${place}))`;
    return raw(
      `round(${low} + (${high} - ${low}) * (max(${place}) - floor(max(${place}))), 1)::float8 AS ${name}`,
    );
  });
  return sql`
    SELECT ${columns}, max(total)::int AS n, ${join(quantiles)}, max(days)::int AS max
      FROM (SELECT ${columns}, days, sum(n) OVER (PARTITION BY ${columns} ORDER BY days) AS upto, sum(n) OVER (PARTITION BY ${columns}) AS total
              FROM (SELECT ${columns}, days, sum(n) AS n FROM (${relation}) AS thing GROUP BY ${columns}, days) AS lengths) AS placed
     GROUP BY ${columns}`;
}
