import { queryOptions, useQuery } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';
import { useMay, useMe } from '../../lib/session';

export type Lead = components['schemas']['LeadAnswer'];
export type Activity = components['schemas']['ActivityAnswer'];
export type Message = components['schemas']['MessageListItem'];
export type Contact = components['schemas']['ContactAnswer'];
export type TimelineEntry = components['schemas']['TimelineAnswer'];
export type TimelinePage = components['schemas']['TimelinePage'];

export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/leads/{id}', { signal, params: { path: { id } } })),
  });

/** What colleagues did with the firm lately, and have booked. */
export const colleaguesContactsQuery = (id: string) =>
  queryOptions({
    queryKey: ['lead', id, 'colleagues-contacts'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads/{id}/colleagues-contacts', { signal, params: { path: { id } } })),
  });

/** What was written of a lead's calls and visits, by their ids. */
export function useActivities(leadId: string): ReadonlyMap<string, Activity> {
  const { data } = useQuery({
    queryKey: ['lead', leadId, 'activities'],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/leads/{id}/activities', {
          signal,
          params: { path: { id: leadId }, query: { limit: 200 } },
        }),
      ),
  });
  return new Map(data?.items.map((activity) => [activity.id, activity]));
}

/** The mails about a lead with what came of them, by their ids. */
export function useMails(leadId: string): ReadonlyMap<string, Message> {
  const { data } = useQuery({
    queryKey: ['message', 'of-lead', leadId],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/messages', { signal, params: { query: { leadId: [leadId], limit: 200 } } })),
  });
  return new Map(data?.items.map((message) => [message.id, message]));
}

/** What the signed-in person may do with a lead, as the server decides it. */
export function useLeadRights(lead: Lead): { change: boolean; assign: boolean } {
  const me = useMe();
  const mayWrite = useMay('lead.write');
  const mayWriteAny = useMay('lead.write_any');
  const mayAssignAny = useMay('lead.assign');
  const own = lead.owner?.id === me.id;
  const helps = lead.helpers.some(({ id }) => id === me.id);
  return { change: mayWriteAny || (mayWrite && (own || helps)), assign: mayAssignAny || (mayWrite && own) };
}
