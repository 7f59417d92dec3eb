import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import type { SourceFact } from './directory-queries';

/** Whether the public page tells what this source says. */
export function FactPublish({ clusterId, fact }: { clusterId: string; fact: SourceFact }) {
  const { t } = useTranslation('cluster-public');
  const client = useQueryClient();
  const publish = useMutation({
    mutationFn: (isPublic: boolean) =>
      take(
        api.PATCH('/api/v1/clusters/{id}/facts/{factId}', {
          params: { path: { id: clusterId, factId: fact.id } },
          body: { isPublic },
        }),
      ),
    onSuccess: ({ isPublic, value }) =>
      tellDone(
        t(isPublic ? 'document.published' : 'document.withdrawn', { name: value }),
        () => publish.mutate(!isPublic),
        `fact-${fact.id}`,
      ),
    onError: tellFailure,
    onSettled: () => void client.invalidateQueries({ queryKey: ['cluster'] }),
  });
  return (
    <Switch
      size="sm"
      mt={4}
      label={t('document.isPublic')}
      aria-label={t('publishSource', { value: fact.value, source: fact.source })}
      checked={fact.isPublic}
      onChange={({ currentTarget }) => publish.mutate(currentTarget.checked)}
    />
  );
}
