import { addDecimals } from './decimals.rules.js';
import type { Cell, Section } from './cells.js';

export interface Tally {
  count: number;
  /** Exact decimal; null when there is nothing to add. */
  sum: string | null;
}

/** Figures by name: `count`, `committed.VND`, `committed.unknown`. A part that no row has is missing. */
export type Tallies = Record<string, Tally>;

export interface TalliedGroup {
  key: string;
  keys: (string | null)[];
  /** One for each key. */
  labels: (string | null)[];
  /** One for each of the section's orders. */
  places: (number | null)[];
  tallies: Tallies;
}

export interface Tallied {
  groups: TalliedGroup[];
  totals: Tallies;
}

/** Codes, ids and months stand as they are; in what people typed, a sector, `~` and `%` are escaped. */
export const groupKey = (keys: readonly (string | null)[]): string =>
  keys.map((key) => (key === null ? '-' : escaped(key))).join('~');

const escaped = (key: string): string =>
  key === '-' ? '%2D' : key.replaceAll('%', '%25').replaceAll('~', '%7E');

export const keysOf = (group: string): (string | null)[] =>
  group
    .split('~')
    .map((key) =>
      key === '-' ? null : key.replaceAll('%2D', '-').replaceAll('%7E', '~').replaceAll('%25', '%'),
    );

type Shape = Pick<Section, 'keys' | 'measures' | 'once' | 'orders'>;

/** Folds the cells of one statement into groups and the whole. */
export function foldCells(section: Shape, cells: readonly Cell[]): Tallied {
  const groups = new Map<string, TalliedGroup & { cells: Cell[] }>();
  for (const cell of cells.filter(({ whole }) => whole !== true)) {
    const keys = section.keys.map((name) => cell[name] as string | null);
    const key = groupKey(keys);
    const known = groups.get(key);
    if (known) known.cells.push(cell);
    else groups.set(key, { ...describe(section, key, keys, cell), cells: [cell] });
  }
  const ofWhole = section.once ? cells.filter(({ whole }) => whole === true) : cells;
  return {
    groups: [...groups.values()].map(({ cells: own, ...group }) => ({
      ...group,
      tallies: tally(section, own),
    })),
    totals: tally(section, ofWhole),
  };
}

function describe({ orders = [] }: Shape, key: string, keys: (string | null)[], cell: Cell): TalliedGroup {
  const labels = keys.map((_, index) => cell[`l${index}`] as string | null);
  const places = orders.map((_, index) => cell[`p${index}`] as number | null);
  return { key, keys, labels, places, tallies: {} };
}

function tally(section: Shape, cells: readonly Cell[]): Tallies {
  const tallies: Tallies = {};
  Object.entries(section.measures).forEach(([name, { sum, split }], index) => {
    const parts = split === undefined ? [[name, cells] as const] : partsOf(name, split, cells);
    for (const [figure, own] of parts) {
      const count = own.reduce((total, cell) => total + Number(cell[`n${index}`]), 0);
      if (split !== undefined && count === 0) continue;
      const sums = own.map((cell) => cell[`s${index}`]).filter((value) => typeof value === 'string');
      tallies[figure] = { count, sum: sum && sums.length > 0 ? addDecimals(sums) : null };
    }
  });
  return tallies;
}

function partsOf(name: string, split: string, cells: readonly Cell[]): (readonly [string, Cell[]])[] {
  const values = [...new Set(cells.map((cell) => cell[split] as string | null))];
  return values.map(
    (value) => [`${name}.${value ?? 'unknown'}`, cells.filter((cell) => cell[split] === value)] as const,
  );
}

/** Figures of one split, its unknown part apart. */
export function splitOf(
  tallies: Tallies,
  name: string,
): { parts: { value: string; tally: Tally }[]; unknown: number } {
  const prefix = `${name}.`;
  const parts = Object.entries(tallies)
    .filter(([figure]) => figure.startsWith(prefix) && figure !== `${prefix}unknown`)
    .map(([figure, found]) => ({ value: figure.slice(prefix.length), tally: found }))
    .sort((a, b) => a.value.localeCompare(b.value));
  return { parts, unknown: tallies[`${prefix}unknown`]?.count ?? 0 };
}
