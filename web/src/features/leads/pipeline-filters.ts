import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, take } from '../../lib/api';
import type { LeadKind } from '../../lib/pipelines';

/** What narrows the pipeline; each is one word of the address. */
export const FILTERS = [
  'q',
  'stage',
  'ownerId',
  'clusterId',
  'planningDistrictId',
  'source',
  'roundId',
  'createdFrom',
  'createdTo',
  'stale',
  'unanswered',
] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Partial<Record<FilterName, string>>;

/** What is kept with a saved view beside the filters. */
const VIEW_WORDS = [...FILTERS, 'kind', 'view', 'sort'] as const;

const route = getRouteApi('/shell/pipeline');

export interface PipelineAddress {
  kind: LeadKind;
  view: 'board' | 'table';
  filters: Filters;
  sort: string;
  /** The stage that a narrow screen shows. */
  column: string | undefined;
  /** The new-lead form is open. */
  adding: boolean;
  /** Changes words of the address; undefined takes one out. */
  set: (words: Record<string, string | undefined>) => void;
  /** Leaves only these filters. */
  replace: (words: Record<string, string>) => void;
  /** What a saved view would keep. */
  words: Record<string, string>;
}

/** What the page shows is in its address, so that a link shares it. */
export function usePipelineAddress(): PipelineAddress {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const pick = (names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (search[name] ? [[name, search[name]]] : []))) as Record<
      string,
      string
    >;
  return {
    kind: search.kind === 'secondary' ? 'secondary' : 'infrastructure',
    view: search.view === 'table' ? 'table' : 'board',
    filters: pick(FILTERS),
    sort: search.sort ?? '-lastActivityAt',
    column: search.column,
    adding: search.new === '1',
    set: (words) => void navigate({ search: (before) => ({ ...before, ...words }), replace: true }),
    replace: (words) =>
      void navigate({
        search: ({ kind, view, sort }) => ({ kind, view, sort, ...words }),
      }),
    words: pick(VIEW_WORDS),
  };
}

/** The filters as the lists and the reports of the contract take them. */
export function toQuery({ stage, source, stale, unanswered, ...rest }: Filters) {
  return {
    ...rest,
    ...(stage && { stage: stage.split(',') }),
    ...(source && { source: source as 'enquiry' }),
    ...(stale && { stale: stale === 'true' }),
    ...(unanswered && { unanswered: unanswered === 'true' }),
  };
}

export const totalsQuery = (kind: LeadKind, filters: Filters) =>
  queryOptions({
    queryKey: ['report', 'pipeline', kind, filters],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/reports/pipeline', {
          signal,
          params: { query: { ...toQuery(filters), kind, groupBy: 'stage' } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** What stands in each stage of one kind, by stage code, whatever has been loaded of it. */
export function useStageTotals(kind: LeadKind, filters: Filters) {
  const query = useQuery(totalsQuery(kind, filters));
  const groups = query.data?.groups.filter((group) => group.kind === kind) ?? [];
  return {
    query,
    of: (stage: string) => groups.find(({ value }) => value === stage)?.figures,
    all: query.data?.totals,
  };
}

export const districtsQuery = queryOptions({
  queryKey: ['cluster', 'planning-districts'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/planning-districts', { signal })),
  staleTime: 60 * 60_000,
});

export const roundNamesQuery = queryOptions({
  queryKey: ['round', 'names'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/rounds', { signal, params: { query: { limit: 200 } } })),
  staleTime: 5 * 60_000,
});
