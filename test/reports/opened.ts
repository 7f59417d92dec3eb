import { expect } from '@jest/globals';
import { addDecimals } from '../../src/modules/reports/decimals.rules.js';
import type { ReportRowsPage } from '../../src/modules/reports/reports.dto.js';
import type { HttpAnswer, HttpClient } from '../support/http-client.js';

/** Every row behind an address, page by page. */
export async function open(client: HttpClient, rows: string) {
  const items: ReportRowsPage['items'] = [];
  let last: ReportRowsPage | undefined;
  for (let cursor: string | null = ''; cursor !== null; cursor = last!.nextCursor) {
    const answer: HttpAnswer<ReportRowsPage> = await client.get<ReportRowsPage>(
      `${rows}&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    if (answer.status !== 200) throw new Error(`${rows} answered ${answer.status}: ${answer.text}`);
    items.push(...answer.body.items);
    last = answer.body;
  }
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  expect(items).toHaveLength(last!.total);
  return { items, total: last!.total, sum: last!.sum };
}

const cents = (value: string): string => addDecimals([value]);

/**
 * Opens every figure found anywhere in a report, and says how many there were. Zeros are opened in the totals only:
 * the parts sum up to them.
 */
export async function openAll(client: HttpClient, found: unknown, inGroup = false): Promise<number> {
  if (typeof found !== 'object' || found === null) return 0;
  let opened = 0;
  if (
    'rows' in found &&
    typeof found.rows === 'string' &&
    !(inGroup && 'value' in found && found.value === 0)
  ) {
    await openOne(client, found as { rows: string; value: unknown });
    opened += 1;
  }
  for (const [key, inner] of Object.entries(found))
    opened += await openAll(client, inner, inGroup || key === 'groups');
  return opened;
}

/** A count has as many rows; a sum is the sum of its rows; capital is the sum in its currency. */
async function openOne(
  client: HttpClient,
  figure: { rows: string; value: unknown; known?: number; count?: number },
): Promise<void> {
  const { items, total, sum } = await open(client, figure.rows);
  const summed = addDecimals(items.flatMap(({ value }) => (value === null ? [] : [value])));
  if (typeof figure.value === 'object') {
    expect([figure.rows, total, cents(sum ?? '0'), summed]).toEqual([
      figure.rows,
      figure.count,
      cents((figure.value as { amount: string }).amount),
      summed,
    ]);
    expect(cents(sum ?? '0')).toBe(summed);
  } else if (figure.known !== undefined) {
    expect([figure.rows, total, Number(summed), Number(sum ?? 0)]).toEqual([
      figure.rows,
      figure.known,
      figure.value,
      figure.value,
    ]);
  } else {
    expect([figure.rows, total]).toEqual([figure.rows, figure.value]);
  }
}

type Leaf = [path: string, value: number];

/** Every number that may be added up over groups, by its path; currencies and reasons by name. */
export function leaves(found: unknown, path = ''): Leaf[] {
  if (Array.isArray(found))
    return found.flatMap((inner, index) => leaves(inner, `${path}/${nameOf(inner) ?? index}`));
  if (typeof found !== 'object' || found === null) return [];
  return Object.entries(found).flatMap(([key, inner]): Leaf[] => {
    if (key === 'amount') return [[path, Math.round(Number(inner) * 100)]];
    if (['value', 'known', 'count'].includes(key) && typeof inner === 'number')
      return [[`${path}.${key}`, Math.round(inner * 100)]];
    return leaves(inner, `${path}/${key}`);
  });
}

function nameOf(part: unknown): string | undefined {
  const { code, value } = part as { code?: string; value?: { currency?: string } };
  return code ?? value?.currency;
}

/** The parts, added up, must be the whole. */
export function expectPartsToSumUp(report: { groups: { figures: unknown }[]; totals: unknown }): void {
  const sums = new Map<string, number>();
  for (const { figures } of report.groups)
    for (const [path, value] of leaves(figures)) sums.set(path, (sums.get(path) ?? 0) + value);
  const whole = leaves(report.totals);
  expect(whole.length).toBeGreaterThan(0);
  expect(whole.map(([path]) => [path, sums.get(path) ?? 0])).toEqual(whole);
}
