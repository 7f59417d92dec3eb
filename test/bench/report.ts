import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import Table from 'cli-table3';
import type { Comparison } from './ratio.js';

export interface BenchRow {
  job: string;
  /** What the ratio is against. */
  against: string;
  unit: string;
  /** The least ratio that is good enough. */
  goal: number;
  result: Comparison;
}

const HEAD = ['job', 'against', 'unit', 'reference', 'product', 'ratio', 'lowest–highest', 'goal', ''];

function cells({ job, against, unit, goal, result }: BenchRow): string[] {
  const percent = (value: number): string => `${Math.round(value * 100)} %`;
  const rate = (value: number): string => Math.round(value).toLocaleString('en');
  return [
    job,
    against,
    unit,
    rate(result.reference),
    rate(result.product),
    percent(result.ratio),
    `${percent(result.low)}–${percent(result.high)}`,
    `≥ ${percent(goal)}`,
    result.ratio >= goal ? 'met' : 'MISSED',
  ];
}

export interface Facts {
  postgres: string;
  redis: string | null;
  on: string;
  keep: boolean;
}

function factLine({ postgres, redis, on }: Facts): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${on} · ${cpus().length} × ${cpu?.model ?? 'unknown processor'} · ${memory} GiB · Node ${process.version} · PostgreSQL ${postgres} · Redis ${redis ?? 'not found'}`;
}

/** Printed, and kept in `docs/benchmarks.md` when all of them ran. */
export async function report(rows: readonly BenchRow[], facts: Facts): Promise<void> {
  const table = new Table({ head: HEAD, style: { head: [], border: [] } });
  table.push(...rows.map(cells));
  process.stdout.write(`${table.toString()}\n${factLine(facts)}\n`);
  if (facts.keep) await writeFile('docs/benchmarks.md', markdown(rows, facts));
}

function markdown(rows: readonly BenchRow[], facts: Facts): string {
  const line = (parts: readonly string[]): string => `| ${parts.join(' | ')} |`;
  return [
    '# Benchmarks',
    '',
    'Each figure is a ratio against the raw limit measured in the same run: same machine, database and rows; reference and',
    'product take turns for at least three rounds after one to warm up; medians are shown, and equal output is checked first.',
    'Absolute numbers of a shared machine mean little. Written by `npm run bench`.',
    '',
    factLine(facts),
    '',
    line(HEAD),
    line(HEAD.map(() => '---')),
    ...rows.map((row) => line(cells(row))),
    '',
  ].join('\n');
}
