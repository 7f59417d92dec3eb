import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { whereClause } from '../../platform/http/pages.js';

/** What one figure counts, and adds up, of a section's rows `r`. */
export interface Measure {
  /** Which rows; left out: all. */
  when?: Sql;
  /** What is added up beside the count; a number with at most two decimals. */
  sum?: Sql;
  /** Counted apart for each value of this column (a currency, a reason); `unknown` where it is null. */
  split?: string;
}

export type RowType = 'lead' | 'stay' | 'reminder' | 'message' | 'firm';

/**
 * Things to count. The same definition makes the figures (one aggregate statement) and the list behind each of
 * them, so that the two cannot disagree.
 */
export interface Section {
  type: RowType;
  /** The things themselves; the other statements read it as `base`. */
  base: Sql;
  /** A SELECT over `base` of `id`, `reference`, `lead_id`, the keys, the splits and what the measures need. */
  rows: Sql;
  /** The same without the keys, each thing once; needed when a thing may be in several groups. */
  once?: Sql;
  /** Text columns of `rows` that name a group. */
  keys: readonly string[];
  /** Words for each key, from `cell` with the keys. */
  labels: readonly Sql[];
  /** The places of a group in the order of groups, the weightiest first. */
  orders?: readonly Sql[];
  splits: readonly string[];
  measures: Readonly<Record<string, Measure>>;
  /** What a listed row is called beside its reference, from `r`. */
  name: Sql;
}

/** One group (or the whole) in one combination of the splits: counts `n0…` and sums `s0…` by measure, labels `l0…` by key, places `p0…`. */
export type Cell = Record<string, string | number | boolean | null>;

/** One statement. Cells of the whole carry `whole`, when groups overlap. */
export function cellsStatement(section: Section): Sql {
  const cells = section.once
    ? sql`${aggregate(section, false)} UNION ALL ${aggregate(section, true)}`
    : aggregate(section, false);
  return sql`WITH base AS (${section.base}), cell AS (${cells}) ${labelledCells(section)}`;
}

/** The relation `cell` with the words of its keys. */
export function labelledCells({ labels, orders = [] }: Pick<Section, 'labels' | 'orders'>): Sql {
  const words = labels.map(
    (label, index) => sql`CASE WHEN NOT whole THEN ${label} END AS ${raw(`l${index}`)}`,
  );
  const places = orders.map((order, index) => sql`${order} AS ${raw(`p${index}`)}`);
  return sql`SELECT ${join([raw('cell.*'), ...words, ...places])} FROM cell`;
}

function aggregate(section: Section, whole: boolean): Sql {
  const keys = section.keys.map((key) => raw(whole ? `NULL::text AS ${key}` : `r.${key}`));
  const splits = section.splits.map((split) => raw(`r.${split}`));
  const by = whole ? splits : [...keys, ...splits];
  const rows = whole ? section.once! : section.rows;
  const groupBy = by.length === 0 ? empty : sql`GROUP BY ${join(by)}`;
  return sql`SELECT ${raw(String(whole))} AS whole, ${join([...keys, ...splits, ...sums(section)])} FROM (${rows}) AS r ${groupBy}`;
}

function sums(section: Section): Sql[] {
  return Object.values(section.measures).flatMap(({ when, sum }, index) => {
    const filter = when ? sql`FILTER (WHERE ${when})` : empty;
    const count = sql`(count(*) ${filter})::int AS ${raw(`n${index}`)}`;
    return sum ? [count, sql`(sum(${sum}) ${filter})::text AS ${raw(`s${index}`)}`] : [count];
  });
}

export interface Selection {
  measure: Measure;
  /** The split's value of the figure; null for `unknown`. */
  part?: string | null;
}

/** The measure behind a figure's name, such as `committed.VND`; null when the section has none. */
export function selectFigure(section: Section, figure: string): Selection | null {
  const plain = Object.hasOwn(section.measures, figure) ? section.measures[figure] : undefined;
  if (plain) return { measure: plain };
  const dot = figure.indexOf('.');
  const name = figure.slice(0, dot);
  const split = dot > 0 && Object.hasOwn(section.measures, name) ? section.measures[name]! : undefined;
  if (!split?.split) return null;
  const part = figure.slice(dot + 1);
  return { measure: split, part: part === 'unknown' ? null : part };
}

/** The rows behind a figure as a relation `r` with `value`, the part each adds to the sum. */
export function rowsRelation(
  section: Section,
  { measure, part }: Selection,
  keys: readonly (string | null)[] | null,
): Sql {
  const source = keys === null ? (section.once ?? section.rows) : section.rows;
  const where = [
    ...(measure.when ? [measure.when] : []),
    ...(part === undefined ? [] : [sql`r.${raw(measure.split!)} IS NOT DISTINCT FROM ${part}`]),
    ...(keys ?? []).map((value, index) => sql`r.${raw(section.keys[index]!)} IS NOT DISTINCT FROM ${value}`),
  ];
  return sql`
    (WITH base AS (${section.base})
     SELECT r.id, r.reference, r.lead_id, ${section.name} AS name, (${measure.sum ?? raw('NULL::numeric')})::numeric AS value
       FROM (${source}) AS r ${whereClause(where)}) AS r`;
}
