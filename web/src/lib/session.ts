import { queryOptions, useQuery } from '@tanstack/react-query';
import type { components } from '../api/schema';
import { api, take } from './api';
import { setClock } from './clock';
import { setZone } from './format';
import { hasStatus } from './problem';

export type Me = components['schemas']['Me'];

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) =>
    take(api.GET('/api/v1/me', { signal })).then(
      (me) => {
        setClock(me.now);
        setZone(me.timeZone);
        return me;
      },
      (error: unknown) => {
        if (hasStatus(error, 401)) return null;
        throw error;
      },
    ),
  staleTime: 5 * 60_000,
});

/** The signed-in person; only below the signed-in part of the page. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error('nobody is signed in');
  return data;
}

/** May the signed-in person do this? Actions are those of `GET /me`. */
export function useMay(action: string): boolean {
  return useMe().permissions.includes(action);
}
