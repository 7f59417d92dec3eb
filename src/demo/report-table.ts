import type { Cell, Narrator } from './narrator.js';

export interface Printed {
  heads: string[];
  /** Null: nothing is known, which is not 0. */
  rows: { labels: string[]; numbers: (number | null)[] }[];
  totals: (number | null)[];
}

/** Rows and columns in which nothing is counted are left out; the totals and the checks know them all. */
export function printReport(narrator: Narrator, { heads, rows, totals }: Printed): void {
  const labels = heads.length - totals.length;
  const columns = totals.flatMap((value, index) => (value === 0 ? [] : [index]));
  const cells = (row: Printed['rows'][number]): Cell[] => [
    ...row.labels,
    ...columns.map((index) => shown(narrator, row.numbers[index]!)),
  ];
  const counted = rows.filter(({ numbers }) => numbers.some((value) => value !== 0 && value !== null));
  narrator.table(
    [...heads.slice(0, labels), ...columns.map((index) => heads[labels + index]!)],
    [...counted.map(cells), cells({ labels: [narrator.words('total'), ''], numbers: totals })],
    columns.map((_, index) => labels + index),
  );
}

function shown(narrator: Narrator, value: number | null): Cell {
  return value === null ? '–' : narrator.number(value);
}
