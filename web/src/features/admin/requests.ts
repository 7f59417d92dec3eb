import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, ifMatch, take } from '../../lib/api';
import { usePages } from '../../lib/pages';

export type DataRequest = components['schemas']['DataRequestAnswer'];
export type DataRequestClock = components['schemas']['DataRequestClock'];
export type Decision = components['schemas']['CarryOutDataRequest'];

/** What the list shows. */
export const SHOWN = ['open', 'overdue', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export function useRequests(shown: Shown) {
  const due = shown === 'all' ? undefined : shown;
  const sort = shown === 'all' ? '-receivedAt' : 'dueAt';
  return usePages(['data_request', 'list', shown], (cursor, signal) =>
    take(api.GET('/api/v1/data-requests', { signal, params: { query: { due, sort, cursor, limit: 50 } } })),
  );
}

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['data_request', id],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/data-requests/{id}', { signal, params: { path: { id } } })),
  });

export type Step =
  | { step: 'acknowledge' | 'take-back' | 'lift' }
  | { step: 'extend' | 'refuse'; reason: string }
  | { step: 'carry-out'; decision: Decision };

function send({ id, version }: DataRequest, act: Step): Promise<DataRequest> {
  const call = { params: { path: { id } }, headers: ifMatch(version) };
  switch (act.step) {
    case 'acknowledge':
      return take(api.POST('/api/v1/data-requests/{id}/acknowledge', call));
    case 'take-back':
      return take(api.POST('/api/v1/data-requests/{id}/take-back', call));
    case 'lift':
      return take(api.POST('/api/v1/data-requests/{id}/lift', call));
    case 'extend':
      return take(api.POST('/api/v1/data-requests/{id}/extend', { ...call, body: { reason: act.reason } }));
    case 'refuse':
      return take(api.POST('/api/v1/data-requests/{id}/refuse', { ...call, body: { reason: act.reason } }));
    case 'carry-out':
      return take(api.POST('/api/v1/data-requests/{id}/carry-out', { ...call, body: act.decision }));
  }
}

/** One step of a request; whatever shows the person is read anew. */
export function useStep(
  request: DataRequest,
  done: (request: DataRequest) => void,
  failed: (error: unknown) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: Step) => send(request, act),
    onSuccess: (changed) => {
      for (const topic of ['data_request', 'contact', 'firm', 'lead'])
        void client.invalidateQueries({ queryKey: [topic] });
      done(changed);
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: ['data_request'] });
      failed(error);
    },
  });
}
