import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { roundQuery, type Round } from './round-queries';

const become = (id: string, status: 'planned' | 'running', version: number) =>
  take(
    api.PATCH('/api/v1/rounds/{id}', {
      params: { path: { id } },
      headers: ifMatch(version),
      body: { status },
    }),
  );

/** From planned to running; can be taken back. */
export function useStartRound({ id, version }: Round) {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  const keep = (round: Round) => {
    client.setQueryData(roundQuery(id).queryKey, round);
    void client.invalidateQueries({ queryKey: ['round', 'list'] });
  };
  return useMutation({
    mutationFn: () => become(id, 'running', version),
    onSuccess: (started) => {
      keep(started);
      tellDone(t('action.started'), () => become(id, 'planned', started.version).then(keep, tellFailure));
    },
    onError: tellFailure,
  });
}
