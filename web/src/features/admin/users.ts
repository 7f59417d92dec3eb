import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';

export type User = components['schemas']['UserAnswer'];
export type Role = User['role'];
export const ROLES = ['officer', 'manager', 'admin'] as const;

/** Everyone, also who has left; an agency has a few dozen people. */
export const usersQuery = queryOptions({
  queryKey: ['user', 'list'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/users', { signal, params: { query: { limit: 200 } } })),
});

/** A change of an account, after which every list of people is read again. */
export function useUserChange<B = void>(send: (body: B) => Promise<User>, done: (user: User) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (user) => {
      void client.invalidateQueries({ queryKey: ['user'] });
      done(user);
    },
    onError: tellFailure,
  });
}
