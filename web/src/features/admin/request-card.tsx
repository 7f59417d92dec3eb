import { Anchor, Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { tellDone, tellFailure } from '../../components/tell';
import { formatDay, formatNumber, formatTime } from '../../lib/format';
import { useMay } from '../../lib/session';
import type { RequestAct } from './request-dialog';
import { useStep, type DataRequest, type DataRequestClock } from './requests';

const OPEN = ['received', 'acknowledged', 'extended'];

interface CardProps {
  request: DataRequest;
  ask: (act: RequestAct) => void;
}

/** One request: who asks for what, in which words, and what the clocks say. */
export function RequestCard({ request, ask }: CardProps) {
  const { t } = useTranslation('data-requests');
  const { contact, firm, text, correction } = request;
  const open = OPEN.includes(request.status);
  return (
    <Card withBorder p="md" component="article" aria-labelledby={`request-${request.id}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <div>
            <Title order={2} size="h5" id={`request-${request.id}`}>
              {t(`kind.${request.kind}`)}
            </Title>
            <Text size="sm">
              {contact.name} ·{' '}
              <Anchor component={Link} to={`/firms/${firm.id}`} inherit>
                {firm.name}
              </Anchor>
            </Text>
            <Text size="sm" c="dimmed">
              {request.reference} · {formatTime(request.receivedAt)} · {t(`channel.${request.channel}`)}
            </Text>
          </div>
          <Badge variant="light" c="var(--mantine-color-text)" tt="none" fw={500}>
            {t(`status.${request.status}`)}
          </Badge>
        </Group>
        <Group gap="lg">
          <ClockLine name={t('acknowledge')} clock={request.acknowledge} />
          <ClockLine name={t('carryOut')} clock={request.carryOut} />
        </Group>
        {text && (
          <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
            {text}
          </Text>
        )}
        {correction && <CorrectionLines request={request} />}
        {request.extensionReason && (
          <Text size="sm">{t('extendedFor', { reason: request.extensionReason })}</Text>
        )}
        {request.decisionReason && (
          <Text size="sm">{t('refusedFor', { reason: request.decisionReason })}</Text>
        )}
        {open ? <OpenActs request={request} ask={ask} /> : <LiftAct request={request} />}
      </Stack>
    </Card>
  );
}

function ClockLine({ name, clock }: { name: string; clock: DataRequestClock }) {
  const { t } = useTranslation('data-requests');
  const { state, daysLeft } = clock;
  const days = Math.abs(daysLeft);
  const late = state === 'overdue' || state === 'late';
  const words =
    state === 'waiting' || (state === 'overdue' && days > 0)
      ? t(`clock.${state}`, { count: days, number: formatNumber(days) })
      : t(state === 'overdue' ? 'clock.overdueToday' : `clock.${state}`);
  return (
    <div>
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text size="sm" fw={600} c={late ? 'var(--mantine-color-error)' : undefined}>
        {words}
      </Text>
      <Text size="xs" c="dimmed">
        {t('until', { day: formatDay(clock.dueAt) })}
      </Text>
    </div>
  );
}

function CorrectionLines({ request: { contact, correction } }: { request: DataRequest }) {
  const { t } = useTranslation('data-requests');
  const now = { fullName: contact.name, title: contact.title, email: contact.email, phone: contact.phone };
  return (
    <Stack gap={2}>
      {(['fullName', 'title', 'email', 'phone'] as const)
        .filter((field) => correction && field in correction)
        .map((field) => (
          <Text key={field} size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('change', {
              field: t(`field.${field}`),
              from: now[field] ?? t('nothing'),
              to: correction?.[field] ?? t('nothing'),
            })}
          </Text>
        ))}
    </Stack>
  );
}

function OpenActs({ request, ask }: CardProps) {
  const { t } = useTranslation('data-requests');
  const may = useMay('data_request.write');
  const acknowledge = useStep(request, () => tellDone(t('acknowledged')), tellFailure);
  if (!may) return null;
  const about = (act: string) => `${act}: ${request.contact.name}`;
  return (
    <Group gap="xs">
      <Button
        size="xs"
        color={request.kind === 'erase' ? 'red' : undefined}
        onClick={() => ask('carry-out')}
        aria-label={about(t(`do.${request.kind}`))}
      >
        {t(`do.${request.kind}`)}
      </Button>
      {request.status === 'received' && (
        <Button
          size="xs"
          variant="default"
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate({ step: 'acknowledge' })}
          aria-label={about(t('act.acknowledge'))}
        >
          {t('act.acknowledge')}
        </Button>
      )}
      {!request.extendedAt && request.carryOut.state === 'waiting' && (
        <Button size="xs" variant="default" onClick={() => ask('extend')} aria-label={about(t('act.extend'))}>
          {t('act.extend')}
        </Button>
      )}
      <Button size="xs" variant="default" onClick={() => ask('refuse')} aria-label={about(t('act.refuse'))}>
        {t('act.refuse')}
      </Button>
      <Button
        size="xs"
        variant="default"
        onClick={() => ask('take-back')}
        aria-label={about(t('act.take-back'))}
      >
        {t('act.take-back')}
      </Button>
    </Group>
  );
}

/** A restriction holds until the person wants it no longer. */
function LiftAct({ request }: { request: DataRequest }) {
  const { t } = useTranslation('data-requests');
  const may = useMay('data_request.write');
  const lift = useStep(request, () => tellDone(t('lifted')), tellFailure);
  const restricted = request.kind === 'restrict' && request.status === 'done' && request.contact.restrictedAt;
  if (!may || !restricted) return null;
  return (
    <Group>
      <Button
        size="xs"
        variant="default"
        loading={lift.isPending}
        onClick={() => lift.mutate({ step: 'lift' })}
      >
        {t('act.lift')}
      </Button>
    </Group>
  );
}
