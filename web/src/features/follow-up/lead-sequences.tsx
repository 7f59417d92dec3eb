import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { SectionCard } from '../../components/section-card';
import { useDisclosure } from '@mantine/hooks';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { LoadingRows, QueryState } from '../../components/states';
import { api, take } from '../../lib/api';
import { formatDay } from '../../lib/format';
import { SequenceSteps } from './sequence-steps';

type Sequence = components['schemas']['SequenceAnswer'];

const sequencesQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['reminder', 'sequences', leadId],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/leads/{id}/sequences', { signal, params: { path: { id: leadId } } })),
  });

/** The tasks of a lead that belong to no follow-up and still wait. */
const tasksQuery = (leadId: string) =>
  queryOptions({
    queryKey: ['reminder', 'of-lead', leadId],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/reminders', {
          signal,
          params: { query: { leadId, status: ['pending', 'open'], limit: 100 } },
        }),
      ),
  });

interface LeadSequencesProps {
  leadId: string;
  /** Whether the person may change the lead; what is one's own task can be done anyway. */
  mayChange: boolean;
}

/** What is still to come for a lead by its follow-ups, what was done, and why one ended. */
export function LeadSequences({ leadId, mayChange }: LeadSequencesProps) {
  const { t } = useTranslation('sequences');
  const query = useQuery(sequencesQuery(leadId));
  const tasks = (useQuery(tasksQuery(leadId)).data?.items ?? []).filter((task) => task.sequenceId === null);
  return (
    <SectionCard id="lead-sequences" icon={IconRoute} title={t('title')}>
      <QueryState query={query} loading={<LoadingRows rows={3} />}>
        {({ items }) =>
          items.length === 0 && tasks.length === 0 ? (
            <Text c="dimmed">{t('none')}</Text>
          ) : (
            <Stack gap="lg">
              {tasks.length > 0 && (
                <div>
                  <Text component="h3" fw={600} m={0} mb={4}>
                    {t('tasks')}
                  </Text>
                  <SequenceSteps steps={tasks} mayChange={mayChange} />
                </div>
              )}
              {items.map((sequence) => (
                <OneSequence key={sequence.id} sequence={sequence} mayChange={mayChange} />
              ))}
            </Stack>
          )
        }
      </QueryState>
    </SectionCard>
  );
}

const COLORS = { running: 'pine', paused: 'blue', stopped: 'gray', completed: 'gray' } as const;

function OneSequence({ sequence, mayChange }: { sequence: Sequence; mayChange: boolean }) {
  const { t } = useTranslation('sequences');
  const { round, plan, status, stopReason, stoppedAt, contact, attendance, anchorAt } = sequence;
  const live = status === 'running' || status === 'paused';
  // what is over is there on demand
  const [shown, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Group gap="xs">
        <Text component="h3" fw={600} m={0}>
          <Anchor component={Link} to={`/rounds/${round.id}`} inherit>
            {round.name}
          </Anchor>
        </Text>
        <Badge variant="light" color={COLORS[status]} tt="none">
          {t(`state.${status}`)}
        </Badge>
      </Group>
      <Text size="sm" c="dimmed" mb={4}>
        {t('about', { plan: plan.name, day: formatDay(anchorAt), attendance: t(`attendance.${attendance}`) })}
        {contact && ` · ${t('to', { name: contact.name })}`}
      </Text>
      {stopReason && stoppedAt && (
        <Text size="sm" mb={4}>
          {t('stopped', {
            day: formatDay(stoppedAt),
            reason: t(`reason.${stopReason}`, { defaultValue: t('reason.other') }),
          })}
        </Text>
      )}
      {live || shown ? <SequenceSteps steps={sequence.steps} mayChange={mayChange} /> : null}
      {!live && (
        <Button size="compact-sm" variant="subtle" mt={4} aria-expanded={shown} onClick={toggle}>
          {shown ? t('hideSteps') : t('showSteps', { count: sequence.steps.length })}
        </Button>
      )}
    </div>
  );
}
