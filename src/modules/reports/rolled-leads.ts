import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { whereClause } from '../../platform/http/pages.js';
import {
  CELL_KEYS,
  CELL_SUMS,
  cellsOf,
  cubeFor,
  type Cube,
  type CubeDimension,
} from '../leads/roll-up/lead-cubes.rules.js';
import { labelledCells, type Section } from './cells.js';
import { GROUP_KEYS } from './lead-base.js';
import type { LeadGrouping } from './report-query.dto.js';
import type { ReportScope } from './report-scope.js';

type Filter = { dimension: CubeDimension; value: string };

/** Filters that a cube can answer, besides `kind` and `stage`. */
const FILTER_DIMENSIONS = {
  ownerId: 'owner',
  source: 'source',
  roundId: 'round',
  clusterId: 'cluster',
  planningDistrictId: 'planningDistrict',
} as const satisfies Partial<Record<keyof ReportScope['filters'], CubeDimension>>;

/** Filters that need the leads themselves. */
const ONLY_ROWS = ['firmId', 'createdFrom', 'createdTo', 'stale', 'unanswered', 'q', 'from', 'to'] as const;

/** Dimensions in which a lead may stand several times. */
const MANIFOLD: readonly CubeDimension[] = ['cluster', 'planningDistrict'];

/**
 * The same cells as `cellsStatement` makes of the pipeline's section, read from the roll-up and what is not folded
 * into it yet; null when the question needs the leads themselves.
 */
export function rolledPipeline(scope: ReportScope, section: Section): Sql | null {
  if (scope.past && scope.filters.basis !== 'recorded') return null;
  if (ONLY_ROWS.some((name) => scope.filters[name] !== undefined)) return null;
  const filters = filtersOf(scope);
  const groupings = [scope.groupBy as LeadGrouping, ...(scope.thenBy === null ? [] : [scope.thenBy])];
  const grouped = groupings.filter((one) => one !== 'stage' && one !== 'kind');
  const manifold = filters.filter(({ dimension }) => MANIFOLD.includes(dimension));
  // a lead of the wanted cluster stands in its other clusters' groups too
  if (manifold.length > 0 && grouped.some((one) => MANIFOLD.includes(one))) return null;
  const narrowing = filters.map(({ dimension }) => dimension);
  const cube = cubeFor([...grouped, ...narrowing]);
  const whole = cubeFor(narrowing);
  if (!cube || !whole) return null;
  const values = groupings.map((grouping) => valueIn(cube, grouping));
  const parts = [aggregate({ scope, filters, cube, values, whole: false })];
  if (section.once) parts.push(aggregate({ scope, filters, cube: whole, values, whole: true }));
  return sql`WITH cell AS (${join(parts, ' UNION ALL ')}) ${labelledCells(section)}`;
}

function filtersOf({ filters }: ReportScope): Filter[] {
  return Object.entries(FILTER_DIMENSIONS).flatMap(([name, dimension]) => {
    const value = filters[name as keyof typeof FILTER_DIMENSIONS];
    return value === undefined ? [] : [{ dimension, value: value === 'none' ? '' : value }];
  });
}

/** The column of a cube's cells that names the group. */
function valueIn(cube: Cube, grouping: LeadGrouping): Sql {
  if (grouping === 'stage' || grouping === 'kind') return raw(`c.${grouping}`);
  return sql`nullif(c.${raw(keyOf(cube, grouping))}, '')`;
}

function keyOf(cube: Cube, dimension: CubeDimension): 'k1' | 'k2' {
  return cube.dimensions[0] === dimension ? 'k1' : 'k2';
}

interface Wanted {
  scope: ReportScope;
  filters: readonly Filter[];
  cube: Cube;
  /** The columns that name the group. */
  values: readonly Sql[];
  /** All groups as one. */
  whole: boolean;
}

/** Columns as `foldCells` reads them, in the order of the pipeline's measures. */
function aggregate({ scope, filters, cube, values, whole }: Wanted): Sql {
  const { kind, stage } = scope.filters;
  const where = [
    ...(kind === undefined ? [] : [sql`c.kind = ${kind}`]),
    ...(stage === undefined ? [] : [sql`c.stage = ANY(${stage}::text[])`]),
    ...filters.map((filter) => sql`c.${raw(keyOf(cube, filter.dimension))} = ${filter.value}`),
  ];
  const currency = (name: string) =>
    sql`nullif(c.${raw(`${name}_currency`)}, '') AS ${raw(`${name}_currency`)}`;
  const money = (name: string, index: number) =>
    sql`sum(c.n)::int AS ${raw(`n${index}`)}, sum(c.${raw(name)})::text AS ${raw(`s${index}`)}`;
  return sql`
    SELECT ${raw(String(whole))} AS whole, ${raw(whole ? 'NULL::text AS kind' : 'c.kind')},
           ${join(values.map((value, index) => sql`${whole ? raw('NULL::text') : value} AS ${raw(GROUP_KEYS[index]!)}`))},
           ${join([currency('committed'), currency('registered'), currency('disbursed')])},
           sum(c.n)::int AS n0, sum(c.area_n)::int AS n1, CASE WHEN sum(c.area_n) > 0 THEN sum(c.area)::text END AS s1,
           sum(c.n - c.area_n)::int AS n2,
           sum(c.jobs_n)::int AS n3, CASE WHEN sum(c.jobs_n) > 0 THEN sum(c.jobs)::text END AS s3, sum(c.n - c.jobs_n)::int AS n4,
           ${join([money('committed', 5), money('registered', 6), money('disbursed', 7)])}
      FROM (${cellsOn(scope, cube)}) AS c ${whereClause(where)}
     GROUP BY ${whole ? empty : sql`${join([raw('c.kind'), ...values])},`} c.committed_currency, c.registered_currency, c.disbursed_currency
    HAVING sum(c.n) <> 0`;
}

/** The cells of a cube as they were at the end of the question's day. */
function cellsOn(scope: ReportScope, cube: Cube): Sql {
  const columns = join([...CELL_KEYS, ...CELL_SUMS].map((column) => raw(column)));
  const taken = join(
    [...CELL_KEYS, ...CELL_SUMS.map((sum) => `-${sum} AS ${sum}`)].map((column) => raw(column)),
  );
  const folded = sql`SELECT ${columns} FROM lead_cell WHERE cube = ${cube.id} AND month = ''`;
  if (!scope.past) {
    const waiting = sql`
      SELECT v.*, s.sign FROM lead_version v
        CROSS JOIN LATERAL (VALUES (1, v.pending & 1 = 1), (-1, v.pending & 2 = 2)) AS s (sign, counts)
       WHERE v.pending <> 0 AND s.counts`;
    return sql`${folded} UNION ALL ${cellsOf(cube, waiting)}`;
  }
  const { end, monthEnd, month } = scope;
  const later = sql`SELECT ${taken} FROM lead_cell WHERE cube = ${cube.id} AND month > ${month}`;
  // what happened after the day but within its month is taken back; what waits is added, unless it came after the month
  const corrections = sql`
    SELECT v.*, -1 AS sign FROM lead_version v WHERE v.valid_from >= ${end} AND v.valid_from < ${monthEnd}
    UNION ALL SELECT v.*, 1 AS sign FROM lead_version v WHERE v.valid_to >= ${end} AND v.valid_to < ${monthEnd}
    UNION ALL SELECT v.*, 1 AS sign FROM lead_version v WHERE v.pending <> 0 AND v.pending & 1 = 1 AND v.valid_from < ${monthEnd}
    UNION ALL SELECT v.*, -1 AS sign FROM lead_version v WHERE v.pending <> 0 AND v.pending & 2 = 2 AND v.valid_to < ${monthEnd}`;
  return sql`${folded} UNION ALL ${later} UNION ALL ${cellsOf(cube, corrections)}`;
}
