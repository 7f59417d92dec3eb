import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

/** What a server has refused is not asked again; what it could not answer is, twice. */
function again(failures: number, error: Error): boolean {
  return error instanceof Problem && error.status < 500 ? false : failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    // fresh while the live stream tells of changes; a returning window asks anyway
    queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: again, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});
