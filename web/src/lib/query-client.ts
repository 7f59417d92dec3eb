import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { hasStatus, Problem } from './problem';

/** What a server has refused is not asked again; what it could not answer is, twice. */
function again(failures: number, error: Error): boolean {
  return error instanceof Problem && error.status < 500 ? false : failures < 2;
}

/** A session that has ended is noticed at the first answer that says so. */
function noticeEnd(error: Error): void {
  if (hasStatus(error, 401) && queryClient.getQueryData(['me'])) queryClient.setQueryData(['me'], null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    // fresh while the live stream tells of changes; a returning window asks anyway
    queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: again, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});
