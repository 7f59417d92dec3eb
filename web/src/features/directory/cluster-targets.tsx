import { Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, take } from '../../lib/api';
import { formatDay, inLanguage } from '../../lib/format';
import type { Cluster } from './directory-queries';

/** The plan's targets in which this cluster counts, or might. */
export function ClusterTargets({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  const { data } = useQuery({
    queryKey: ['target', 'list'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/targets', { signal, params: { query: {} } })),
  });
  const counts = data?.items.flatMap((target) => {
    const { clusterIds, undecidedClusterIds } = target.measured;
    if (clusterIds.includes(cluster.id)) return [{ target, state: 'counts' }];
    return undecidedClusterIds.includes(cluster.id) ? [{ target, state: 'undecided' }] : [];
  });
  if (!counts?.length) return null;
  return (
    <Card withBorder p="lg">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('targets.title')}
        </Title>
        {counts.map(({ target, state }) => (
          <div key={target.id}>
            <Text>{inLanguage(target)}</Text>
            <Text size="sm" c="dimmed">
              {t('targets.due', { day: formatDay(target.due) })} · {t(`targets.${state}`)}
            </Text>
          </div>
        ))}
      </Stack>
    </Card>
  );
}
