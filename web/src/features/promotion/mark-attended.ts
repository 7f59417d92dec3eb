import { useMutation, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import type { Participation, ParticipationStatus } from './round-queries';

type Pages = InfiniteData<{ items: Participation[] }>;

/** Puts a participation in the lists where its older state stands. */
export function putParticipation(client: QueryClient, next: Participation): void {
  client.setQueriesData<Pages>({ queryKey: ['participation', next.roundId] }, (pages) =>
    pages?.pages
      ? {
          ...pages,
          pages: pages.pages.map((page) => ({
            ...page,
            items: page.items.map((one) => (one.id === next.id ? next : one)),
          })),
        }
      : pages,
  );
}

function known(client: QueryClient, { id, roundId }: Participation): Participation | undefined {
  const lists = client.getQueriesData<Pages>({ queryKey: ['participation', roundId] });
  return lists
    .flatMap(([, data]) => data?.pages?.flatMap((page) => page.items) ?? [])
    .filter((one) => one.id === id)
    .sort((a, b) => b.version - a.version)[0];
}

/** Whoever is not marked as come is marked so; a second touch says that they stayed away. */
export const nextStatus = (status: ParticipationStatus): ParticipationStatus =>
  status === 'attended' ? 'no_show' : 'attended';

interface Mark {
  to: ParticipationStatus;
  /** Where it goes back to when it is taken back. */
  from: ParticipationStatus;
  quiet?: boolean;
}

/** Shown at once; taken back with the server's reason when it refuses. Marks of one participant follow each other. */
export function useMark(participation: Participation) {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  const { id, roundId, firm } = participation;
  const mark = useMutation({
    scope: { id: `participation-${id}` },
    mutationFn: ({ to }: Mark) =>
      take(
        api.PATCH('/api/v1/rounds/{id}/participations/{participationId}', {
          params: { path: { id: roundId, participationId: id } },
          headers: ifMatch((known(client, participation) ?? participation).version),
          body: { status: to },
        }),
      ),
    onMutate: async ({ to }) => {
      await client.cancelQueries({ queryKey: ['participation', roundId] });
      putParticipation(client, { ...(known(client, participation) ?? participation), status: to });
    },
    onSuccess: (saved, { from, quiet }) => {
      putParticipation(client, saved);
      void client.invalidateQueries({ queryKey: ['round'] });
      if (quiet) return;
      const words = t('people.marked', { firm: firm.name, status: t(`people.statuses.${saved.status}`) });
      tellDone(words, () => mark.mutate({ to: from, from: saved.status, quiet: true }), 'attendance');
    },
    onError: (error, { from }) => {
      putParticipation(client, { ...(known(client, participation) ?? participation), status: from });
      void client.invalidateQueries({ queryKey: ['participation', roundId] });
      tellFailure(error);
    },
  });
  return (to: ParticipationStatus) => mark.mutate({ to, from: participation.status });
}
