import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api, take } from '../../lib/api';
import { today } from '../../lib/format';
import { useMe } from '../../lib/session';

interface Ready {
  mail: { ok: boolean; goesTo?: 'local_mailbox' | 'mail_server' };
}

/** Answers 503 when a part is down, with the same body. */
async function ready(signal: AbortSignal): Promise<Ready> {
  const answer = await fetch('/health/ready', { signal });
  return (await answer.json()) as Ready;
}

/** Days that were declared for a year: compensations and exchanged days. */
const declaredDays = async (year: number, signal: AbortSignal) =>
  (await take(api.GET('/api/v1/calendar/exceptions', { signal, params: { query: { year, limit: 1 } } })))
    .total;

const ONE = { params: { query: { limit: 1 } } } as const;

/** What an agency needs before its first round, as it stands. */
export function useFirstSteps() {
  const me = useMe();
  const thisYear = Number(today().slice(0, 4));
  const [reviewed, setReviewed] = useLocalStorage({
    key: `first-steps-reviewed:${me.id}`,
    defaultValue: false,
  });
  const colleagues = useQuery({
    queryKey: ['user', 'first-steps'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/users', { signal, params: { query: { active: true, limit: 1 } } })),
    select: ({ total }) => total - 1,
  });
  const mail = useQuery({
    queryKey: ['queue', 'mail'],
    queryFn: ({ signal }) => ready(signal),
    select: (answer) => answer.mail,
  });
  const clusters = useQuery({
    queryKey: ['cluster', 'count'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/clusters', { signal, ...ONE })),
    select: ({ total }) => total,
  });
  const days = useQuery({
    queryKey: ['calendar', 'declared', thisYear],
    queryFn: ({ signal }) => Promise.all([thisYear, thisYear + 1].map((year) => declaredDays(year, signal))),
  });
  const plans = useQuery({
    queryKey: ['plan', 'first-steps'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/follow-up-plans', { signal })),
    select: ({ items }) => items.find(({ isDefault }) => isDefault) ?? items[0] ?? null,
  });
  const templates = useQuery({
    queryKey: ['template', 'first-steps'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/templates', { signal, params: { query: { limit: 200 } } })),
    select: ({ items, total }) => ({ total, changed: items.some(({ version }) => version > 1) }),
  });
  const rounds = useQuery({
    queryKey: ['round', 'count'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/rounds', { signal, ...ONE })),
    select: ({ total }) => total,
  });
  const queries = [colleagues, mail, clusters, days, plans, templates, rounds];
  return {
    thisYear,
    colleagues: colleagues.data,
    mail: mail.data,
    clusters: clusters.data,
    days: days.data,
    plan: plans.data,
    templates: templates.data,
    rounds: rounds.data,
    reviewed: reviewed || (plans.data?.planVersion ?? 1) > 1 || Boolean(templates.data?.changed),
    markReviewed: () => setReviewed(true),
    isPending: queries.some(({ isPending }) => isPending),
    error: queries.find(({ error }) => error)?.error ?? null,
    refetch: () => Promise.all(queries.map((query) => query.refetch())),
  };
}

export type FirstSteps = ReturnType<typeof useFirstSteps>;
