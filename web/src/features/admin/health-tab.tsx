import { Alert, Anchor, Button, Card, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { QueryState } from '../../components/states';
import { tellDone, tellFailure } from '../../components/tell';
import { api, take } from '../../lib/api';
import { formatDay, formatNumber, formatTime } from '../../lib/format';

type Queue = components['schemas']['QueueOverview'];
type Job = Queue['jobs'][number];

const queueQuery = queryOptions({
  queryKey: ['queue'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/queue', { signal })),
  // no event tells of it
  refetchInterval: 15_000,
});

const STATUSES = ['sent', 'queued', 'sending', 'bounced', 'failed', 'unknown', 'cancelled'] as const;

/** Whether the work in the background gets done, and which mails wait for a person. */
export default function HealthTab() {
  const query = useQuery(queueQuery);
  return (
    <QueryState query={query}>
      {(queue) => (
        <Stack gap="xl">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <QueueState queue={queue} />
            <DispatchState dispatch={queue.dispatch} />
            <DecisionState count={queue.messages.undecided} />
          </SimpleGrid>
          <Delivery messages={queue.messages} />
          <Failed queue={queue} />
          <Jobs jobs={queue.jobs} />
        </Stack>
      )}
    </QueryState>
  );
}

function State({ good, title, text }: { good: boolean; title: string; text: React.ReactNode }) {
  const Symbol = good ? IconCheck : IconAlertTriangle;
  return (
    <Card withBorder>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Symbol
          size={20}
          aria-hidden
          style={{ flexShrink: 0 }}
          color={`var(--mantine-color-${good ? 'anchor' : 'error'})`}
        />
        <div>
          <Text fw={600}>{title}</Text>
          <Text size="sm" component="div">
            {text}
          </Text>
        </div>
      </Group>
    </Card>
  );
}

function QueueState({ queue }: { queue: Queue }) {
  const { t } = useTranslation('admin');
  const failed = queue.jobs.reduce((sum, job) => sum + job.failed, 0);
  if (!queue.ok) return <State good={false} title={t('health.storeAway')} text={t('health.storeAwayText')} />;
  return (
    <State
      good={failed === 0}
      title={t(failed === 0 ? 'health.noneFailed' : 'health.someFailed')}
      text={t('health.failedCount', { count: failed, number: formatNumber(failed) })}
    />
  );
}

function DispatchState({ dispatch }: { dispatch: Queue['dispatch'] }) {
  const { t } = useTranslation('admin');
  const { lagSeconds } = dispatch;
  const minutes = Math.round((lagSeconds ?? 0) / 60);
  const late =
    minutes === 0 ? t('health.onTime') : t('health.late', { count: minutes, number: formatNumber(minutes) });
  return (
    <State
      good={dispatch.ok}
      title={t(dispatch.ok ? 'health.dispatchOk' : 'health.dispatchLate')}
      text={lagSeconds === null ? t('unknown', { ns: 'common' }) : late}
    />
  );
}

function DecisionState({ count }: { count: number }) {
  const { t } = useTranslation('admin');
  return (
    <State
      good={count === 0}
      title={t(count === 0 ? 'health.noDecision' : 'health.decision', { count })}
      text={
        count > 0 && (
          <Anchor
            inherit
            renderRoot={(props) => <Link {...props} to="/messages" search={{ status: 'failed,unknown' }} />}
          >
            {t('health.openMails')}
          </Anchor>
        )
      }
    />
  );
}

function Delivery({ messages }: { messages: Queue['messages'] }) {
  const { t } = useTranslation('admin');
  return (
    <Stack component="section" gap="xs" aria-label={t('health.mails')}>
      <Title order={2} size="h4">
        {t('health.mails')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('health.since', { day: formatDay(messages.since) })}
      </Text>
      <SimpleGrid cols={{ base: 2, sm: 4, lg: 7 }}>
        {STATUSES.map((status) => (
          <Card key={status} withBorder padding="sm">
            <Text fw={700} size="xl" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {formatNumber(messages.counts[status])}
            </Text>
            <Text size="sm">{t(`health.status.${status}`)}</Text>
          </Card>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function useRetry() {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) =>
      id === null
        ? take(api.POST('/api/v1/queue/failed/retry-all'))
        : take(api.POST('/api/v1/queue/failed/{id}/retry', { params: { path: { id } } })),
    onSuccess: ({ retried }) => tellDone(t('health.retried', { count: retried })),
    onError: tellFailure,
    onSettled: () => void client.invalidateQueries({ queryKey: ['queue'] }),
  });
}

function useJobName() {
  const { t, i18n } = useTranslation('admin');
  return (job: string) => {
    const key = `job.${job.replace('.', '_')}`;
    return i18n.exists(key, { ns: 'admin' }) ? t(key) : t('job.other');
  };
}

function Failed({ queue }: { queue: Queue }) {
  const { t } = useTranslation('admin');
  const nameOf = useJobName();
  const retry = useRetry();
  if (queue.failed.length === 0) return null;
  return (
    <Stack component="section" gap="xs" aria-label={t('health.failed')}>
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('health.failed')}
        </Title>
        <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate(null)}>
          {t('health.retryAll')}
        </Button>
      </Group>
      {queue.failed.map((job) => (
        <Alert key={job.id} color="red" title={nameOf(job.job)}>
          <Group justify="space-between">
            <Text size="sm">
              {t('health.attempts', { count: job.attempts })}
              {job.failedAt && ` · ${formatTime(job.failedAt)}`} · {job.reason}
            </Text>
            <Button size="xs" variant="default" onClick={() => retry.mutate(job.id)}>
              {t('health.retry')}
            </Button>
          </Group>
        </Alert>
      ))}
    </Stack>
  );
}

function Jobs({ jobs }: { jobs: Job[] }) {
  const { t } = useTranslation('admin');
  const nameOf = useJobName();
  return (
    <Stack component="section" gap="xs" aria-label={t('health.jobs')}>
      <Title order={2} size="h4">
        {t('health.jobs')}
      </Title>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('health.job')}</Table.Th>
            <Table.Th>{t('health.waiting')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('health.last')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('health.next')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <JobRow key={job.name} job={job} name={nameOf(job.name)} />
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function JobRow({ job, name }: { job: Job; name: string }) {
  const { t } = useTranslation('admin');
  const { schedule } = job;
  return (
    <Table.Tr>
      <Table.Td>{name}</Table.Td>
      <Table.Td>{formatNumber(job.waiting + job.active)}</Table.Td>
      <Table.Td visibleFrom="sm">
        {!schedule
          ? t('health.onDemand')
          : schedule.lastAt
            ? formatTime(schedule.lastAt)
            : t('health.notYet')}
        {schedule?.lastOk === false && ` (${t('health.notOk')})`}
      </Table.Td>
      <Table.Td visibleFrom="sm">{schedule?.nextAt ? formatTime(schedule.nextAt) : ''}</Table.Td>
    </Table.Tr>
  );
}
