import sql, { join, raw, type Sql } from 'sql-template-tag';

/** What leads are counted by, beside kind and stage, which every cube has. */
export const CUBE_DIMENSIONS = [
  'owner',
  'source',
  'round',
  'month',
  'country',
  'sector',
  'cluster',
  'planningDistrict',
] as const;
export type CubeDimension = (typeof CUBE_DIMENSIONS)[number];

/** The text of a version `v` in each dimension; an empty one stands for none. The last two count a lead in each of its clusters. */
const VALUES: Record<CubeDimension, string> = {
  owner: `coalesce(v.owner_id::text, '')`,
  source: `v.source`,
  round: `coalesce(v.source_round_id::text, '')`,
  month: `v.opened_month`,
  country: `coalesce(v.country, '')`,
  sector: `coalesce(v.sector, '')`,
  cluster: `unnest(CASE WHEN cardinality(v.cluster_ids) = 0 THEN '{""}' ELSE v.cluster_ids::text[] END)`,
  planningDistrict: `unnest(CASE WHEN cardinality(v.planning_district_ids) = 0 THEN '{""}' ELSE v.planning_district_ids::text[] END)`,
};

export interface Cube {
  id: number;
  /** At most two. */
  dimensions: readonly CubeDimension[];
}

/** Every pair of dimensions; a cluster says its planning district, so that pair is none. The first has no dimension. */
export const CUBES: readonly Cube[] = [
  { id: 0, dimensions: [] },
  ...CUBE_DIMENSIONS.flatMap((first, at) =>
    CUBE_DIMENSIONS.slice(at + 1)
      .filter((second) => !(first === 'cluster' && second === 'planningDistrict'))
      .map((second) => [first, second] as const),
  ).map((dimensions, index) => ({ id: index + 1, dimensions })),
];

/** The cube that has all of these dimensions, or null. */
export function cubeFor(wanted: readonly CubeDimension[]): Cube | null {
  const distinct = [...new Set(wanted)];
  return CUBES.find(({ dimensions }) => distinct.every((one) => dimensions.includes(one))) ?? null;
}

export const CELL_KEYS = [
  'kind',
  'stage',
  'k1',
  'k2',
  'committed_currency',
  'registered_currency',
  'disbursed_currency',
] as const;

export const CELL_SUMS = [
  'n',
  'area_n',
  'area',
  'jobs_n',
  'jobs',
  'committed',
  'registered',
  'disbursed',
] as const;

/** One column for each of `CELL_SUMS`, of one version `v` that counts `sign` times. */
const SUMS: Record<(typeof CELL_SUMS)[number], string> = {
  n: 'v.sign',
  area_n: 'CASE WHEN v.area_ha IS NULL THEN 0 ELSE v.sign END',
  area: 'coalesce(v.area_ha, 0) * v.sign',
  jobs_n: 'CASE WHEN v.jobs_promised IS NULL THEN 0 ELSE v.sign END',
  jobs: 'coalesce(v.jobs_promised, 0) * v.sign',
  committed: 'coalesce(v.committed_amount, 0) * v.sign',
  registered: 'coalesce(v.registered_amount, 0) * v.sign',
  disbursed: 'coalesce(v.disbursed_amount, 0) * v.sign',
};

/**
 * The cells of one cube that a relation of versions with `sign` adds up to, as `CELL_KEYS` and `CELL_SUMS`.
 * @param more further columns of the relation to group by
 */
export function cellsOf(cube: Cube, versions: Sql, more: readonly string[] = []): Sql {
  const [first, second] = cube.dimensions;
  const key = (dimension: CubeDimension | undefined) => raw(dimension ? VALUES[dimension] : `''`);
  const currencies = ['committed', 'registered', 'disbursed'].map((kind) =>
    raw(`coalesce(v.${kind}_currency, '') AS ${kind}_currency`),
  );
  const extra = more.map((column) => raw(`v.${column}`));
  return sql`
    SELECT ${join([...more.map((column) => raw(column)), ...CELL_KEYS.map((column) => raw(column))])},
           ${join(CELL_SUMS.map((sum) => raw(`sum(${sum}) AS ${sum}`)))}
      FROM (SELECT ${join([...extra, raw('v.kind'), raw('v.stage'), sql`${key(first)} AS k1`, sql`${key(second)} AS k2`, ...currencies])},
                   ${join(CELL_SUMS.map((sum) => raw(`${SUMS[sum]} AS ${sum}`)))}
              FROM (${versions}) AS v) AS c
     GROUP BY ${join([...more, ...CELL_KEYS].map((column) => raw(column)))}`;
}
