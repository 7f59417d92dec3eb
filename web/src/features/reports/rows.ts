import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import i18n from 'i18next';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';
import { formatHa, formatMoney, formatNumber } from '../../lib/format';

/** What a row adds to a figure: hectares, jobs, hours, or an amount in a currency. */
export type Unit = 'ha' | 'jobs' | 'hours' | { currency: string };

export interface Row {
  id: string;
  type: components['schemas']['ReportRow']['type'] | 'other';
  reference: string | null;
  name: string | null;
  leadId: string | null;
  /** What it adds to the figure; null when the figure only counts. */
  value: string | null;
  /** An instant that the row is about. */
  at?: string;
}

interface RowsPage {
  items: Row[];
  nextCursor: string | null;
  total: number;
  sum?: string | null;
}

/** A figure that can be opened: what it is called, what it said, and how its rows are read. */
export interface RowsSource {
  key: QueryKey;
  title: string;
  /** What the figure counted; the rows must come to the same. */
  count?: number;
  /** What the figure added up. */
  sum?: number | string;
  unit?: Unit;
  /** Its rows are tasks that may be handed to a colleague. */
  reassign?: boolean;
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<RowsPage>;
}

export function formatIn(unit: Unit | undefined, value: string): string {
  if (typeof unit === 'object') return formatMoney({ amount: value, currency: unit.currency });
  if (unit === 'ha') return formatHa(Number(value));
  if (unit === 'hours') return i18n.t('reports:hours', { number: formatNumber(Number(value)) });
  return formatNumber(Number(value));
}

type ReportName = 'pipeline' | 'ageing' | 'follow-up' | 'rounds' | 'targets';

/** The rows of a figure by the address that it carries. @example "/api/v1/reports/pipeline/rows?figure=count" */
export function rowsOf(address: string, said: Omit<RowsSource, 'key' | 'load'>): RowsSource {
  const { pathname, searchParams } = new URL(address, window.location.origin);
  const report = pathname.split('/').at(-2) as ReportName;
  const question = Object.fromEntries(searchParams) as { figure: string };
  return {
    ...said,
    key: ['report', 'rows', address],
    load: (cursor, signal) =>
      take(
        api.GET('/api/v1/reports/{report}/rows', {
          signal,
          params: { path: { report }, query: { ...question, limit: 50, ...(cursor && { cursor }) } },
        }),
      ),
  };
}

/** The rows, page by page; each figure has its own. */
export function useRows({ key, load }: RowsSource) {
  const query = useInfiniteQuery({
    queryKey: [...key, i18n.language],
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  const first = query.data?.pages[0];
  return { query, first, items: query.data?.pages.flatMap((page) => page.items) };
}

/** Whether the rows come to what the figure said; no when somebody changed something meanwhile. */
export function reconciles(
  { count, sum }: RowsSource,
  page: { total: number; sum?: string | null },
): boolean {
  if (count !== undefined && count !== page.total) return false;
  return sum === undefined || Number(sum) === Number(page.sum ?? 0);
}
