import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

export type MessageRow = components['schemas']['MessageListItem'];
export type MessageDetail = components['schemas']['MessageDetail'];
export type MessageStatus = MessageRow['status'];

export const MESSAGE_STATUSES = [
  'queued',
  'sending',
  'sent',
  'failed',
  'bounced',
  'unknown',
  'cancelled',
] as const satisfies readonly MessageStatus[];

export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['message', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/messages/{id}', { signal, params: { path: { id } } })),
  });

/** The rounds by name, for the filter of the list. */
export const roundNamesQuery = queryOptions({
  queryKey: ['round', 'names'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/rounds', { signal, params: { query: { limit: 200 } } })),
  staleTime: 10 * 60_000,
});
