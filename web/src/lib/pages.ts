import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';

interface PageOf<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
  totalIsEstimate?: boolean;
}

/** A list that grows page by page; the cursor keeps rows from repeating when others are added. */
export function usePages<T>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
  options: { enabled?: boolean } = {},
) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous) => previous,
    ...options,
  });
  const pages = query.data?.pages;
  return {
    query,
    items: pages?.flatMap((page) => page.items),
    total: pages?.[0]?.total ?? 0,
    isEstimate: pages?.[0]?.totalIsEstimate ?? false,
  };
}
