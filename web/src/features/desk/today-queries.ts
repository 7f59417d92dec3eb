import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';
import { local } from '../../lib/format';
import { useNow } from '../../lib/minute';
import { usePages } from '../../lib/pages';
import { useChanging, type Reminder } from '../follow-up/reminder-actions';

export type Today = components['schemas']['Today'];
export type Enquiry = components['schemas']['TodayEnquiry'];
export type Answer = components['schemas']['TodayAnswer'];
export type Mail = components['schemas']['TodayMessage'];
export type Neglected = components['schemas']['TodayNeglected'];

/** Whose day: `me`, `all` or a user's id. */
export const todayQuery = (who: string) =>
  queryOptions({
    queryKey: ['today', who],
    queryFn: ({ signal }) => take(api.GET('/api/v1/today', { signal, params: { query: { ownerId: who } } })),
    placeholderData: keepPreviousData,
  });

function useDue(due: 'overdue' | 'week', who: string) {
  return usePages(['reminder', 'list', due, who], (cursor, signal) =>
    take(
      api.GET('/api/v1/reminders', {
        signal,
        params: {
          query: {
            due,
            limit: 100,
            kind: ['officer_task', 'manager_escalation'],
            ...(who !== 'all' && { ownerId: who }),
            ...(cursor && { cursor }),
          },
        },
      }),
    ),
  );
}

export interface Tasks {
  overdue: Reminder[];
  today: Reminder[];
  /** The six days after today. */
  week: Reminder[];
}

/** Tasks by when they are due, as of now: one that comes due while the page is open moves by itself. */
export function useTasks(who: string) {
  const overdue = useDue('overdue', who);
  const week = useDue('week', who);
  const changing = useChanging();
  const time = useNow();
  const all = new Map([...(overdue.items ?? []), ...(week.items ?? [])].map((one) => [one.id, one]));
  const tasks: Tasks = { overdue: [], today: [], week: [] };
  const day = local(time).format('YYYY-MM-DD');
  for (const task of all.values()) {
    if (changing.has(task.id)) continue;
    if (Date.parse(task.dueAt) < time.getTime()) tasks.overdue.push(task);
    else if (local(task.dueAt).format('YYYY-MM-DD') === day) tasks.today.push(task);
    else tasks.week.push(task);
  }
  return {
    tasks,
    lists: { overdue, week },
    isPending: !overdue.items || !week.items,
    error: overdue.query.error ?? week.query.error,
    refetch: () => Promise.all([overdue.query.refetch(), week.query.refetch()]),
  };
}

/** The page's other lists. */
export const useToday = (who: string) => useQuery(todayQuery(who));
