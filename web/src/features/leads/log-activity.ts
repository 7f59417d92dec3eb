import { useMutation, useQueryClient, type InfiniteData, type QueryKey } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { tellDone } from '../../components/tell';
import { api, once, take } from '../../lib/api';
import { now } from '../../lib/clock';
import { useMe } from '../../lib/session';
import type { Lead, TimelineEntry, TimelinePage } from './lead-queries';

export type ActivityBody = components['schemas']['LogActivity'];
type Story = InfiniteData<TimelinePage>;

/** A story that is shown without a filter, or with one that keeps calls and visits. */
function showsActivities(key: QueryKey): boolean {
  const about = key.slice(3, -1);
  return about.length === 0 || about.includes('activity');
}

const withEntry = (story: Story, entry: TimelineEntry): Story => ({
  ...story,
  pages: story.pages.map((page, index) =>
    index === 0 ? { ...page, items: [entry, ...page.items], total: page.total + 1 } : page,
  ),
});

/** Logs a call or a visit: it stands in the story at once, and leaves it when the server refuses. */
export function useLogActivity(lead: Lead) {
  const { t } = useTranslation('lead');
  const me = useMe();
  const client = useQueryClient();
  const queryKey = ['lead', lead.id, 'timeline'];
  return useMutation({
    mutationFn: ({ body, key }: { body: ActivityBody; key: string }) =>
      take(
        api.POST('/api/v1/leads/{id}/activities', {
          params: { path: { id: lead.id } },
          body,
          headers: once(key),
        }),
      ),
    onMutate: async ({ body, key }) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueriesData<Story>({ queryKey });
      const at = body.happenedAt ?? now().toISOString();
      const booked = Date.parse(at) > now().getTime();
      const what = t(`activity.${body.kind}`).toLocaleLowerCase();
      const entry: TimelineEntry = {
        id: `pending-${key}`,
        at: booked ? now().toISOString() : at,
        kind: booked ? 'activity_booked' : 'activity_logged',
        about: 'activity',
        text: t(booked ? 'log.bookedLine' : 'log.loggedLine', { what, subject: body.subject }),
        actor: { kind: 'user', id: me.id, name: me.name },
        ref: null,
        data: { kind: body.kind, outcome: body.outcome ?? null, happenedAt: at },
      };
      for (const [queryOf, story] of before)
        if (story && showsActivities(queryOf)) client.setQueryData(queryOf, withEntry(story, entry));
      return { before };
    },
    onError: (_error, _variables, context) => {
      for (const [queryOf, story] of context?.before ?? []) client.setQueryData(queryOf, story);
    },
    onSuccess: () => tellDone(t('log.done')),
    onSettled: () => {
      for (const topic of ['lead', 'today', 'reminder', 'firm'])
        void client.invalidateQueries({ queryKey: [topic] });
    },
  });
}
