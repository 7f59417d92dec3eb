import { queryOptions, useQuery } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

export type Round = components['schemas']['RoundAnswer'];
export type RoundEvent = components['schemas']['EventAnswer'];
export type Participation = components['schemas']['ParticipationAnswer'];
export type ParticipationStatus = Participation['status'];
export type Closing = components['schemas']['CloseAnswer'];
export type PreviewLine = components['schemas']['PreviewLine'];
export type Progress = components['schemas']['RoundProgress'];

export const ROUND_STATUSES = ['planned', 'running', 'closed'] as const;
export const ROUND_KINDS = ['domestic', 'overseas', 'on_site', 'online'] as const;
export const EVENT_KINDS = ['conference', 'fair', 'mission', 'meeting', 'site_visit'] as const;
export const PARTICIPATION_STATUSES = ['invited', 'registered', 'attended', 'no_show'] as const;

const of = (id: string) => ({ path: { id } });

export const roundQuery = (id: string) =>
  queryOptions({
    queryKey: ['round', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/rounds/{id}', { signal, params: of(id) })),
  });

export const eventsQuery = (id: string) =>
  queryOptions({
    queryKey: ['round', id, 'events'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/rounds/{id}/events', { signal, params: of(id) })),
  });

export const progressQuery = (id: string) =>
  queryOptions({
    queryKey: ['round', id, 'progress'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/rounds/{id}/progress', { signal, params: of(id) })),
  });

export const plansQuery = queryOptions({
  queryKey: ['plan', 'list'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/follow-up-plans', { signal })),
});

/** The plans that a round can be closed with, for a field to choose from. */
export function usePlanChoices(): { value: string; label: string }[] {
  const { data } = useQuery(plansQuery);
  return (data?.items ?? [])
    .filter((plan) => !plan.archived)
    .map(({ id, name }) => ({ value: id, label: name }));
}
