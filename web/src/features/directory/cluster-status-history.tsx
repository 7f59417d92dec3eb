import { Button, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import { formatDay } from '../../lib/format';
import { useMay } from '../../lib/session';
import { ClusterStatus, StatusShape } from './cluster-mark';
import { statusHistoryQuery, type Cluster } from './directory-queries';
import { StatusDialog } from './status-dialog';

/** Where a cluster stands in the order of the law, how it came there, and the next step. */
export function ClusterStatusHistory({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation('cluster');
  const mayWrite = useMay('cluster.write');
  const [opened, { open, close }] = useDisclosure(false);
  const query = useQuery(statusHistoryQuery(cluster.id));
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('status.title')}
        </Title>
        {mayWrite && (
          <Button size="xs" variant="light" onClick={open}>
            {t('status.change')}
          </Button>
        )}
      </Group>
      <ClusterStatus status={cluster.status} size="md" />
      <QueryState query={query}>
        {({ items }) => (
          <Timeline bulletSize={22} lineWidth={2} color="gray">
            {[...items].reverse().map((step) => (
              <Timeline.Item
                key={step.id}
                title={t(`clusterStatus.${step.to}`, { ns: 'common' })}
                bullet={
                  <svg width={14} height={14} viewBox="-10 -10 20 20" aria-hidden>
                    <StatusShape status={step.to} />
                  </svg>
                }
              >
                <Text size="sm">
                  {[step.on ? formatDay(step.on) : t('noDay'), step.decisionNumber]
                    .filter(Boolean)
                    .join(' · ')}
                </Text>
                <Text size="sm" c="dimmed">
                  {step.source}
                  {step.by.id && ` · ${t('status.by', { name: step.by.name })}`}
                </Text>
                {step.note && <Text size="sm">{step.note}</Text>}
              </Timeline.Item>
            ))}
          </Timeline>
        )}
      </QueryState>
      <StatusDialog opened={opened} close={close} cluster={cluster} />
    </Stack>
  );
}
