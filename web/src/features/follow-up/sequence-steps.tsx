import { Anchor, Badge, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconAlertTriangle, IconChecklist, IconMail, type Icon } from '@tabler/icons-react';
import { useDisclosure } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatFromNow, formatTime } from '../../lib/format';
import { useMe } from '../../lib/session';
import { CompleteReminder } from './complete-reminder';
import { titleOf, type Reminder as Step } from './reminder-actions';
import { StepActions } from './step-actions';

const ICONS: Record<Step['channel'], Icon> = {
  investor_email: IconMail,
  officer_task: IconChecklist,
  manager_escalation: IconAlertTriangle,
};

function colorOf({ status, lateSeconds }: Step): string {
  if (status === 'open' || status === 'pending') return lateSeconds > 0 ? 'red' : 'blue';
  return status === 'done' || status === 'sent' ? 'pine' : 'gray';
}

/** Steps by time: what was done, and what is to come. */
export function SequenceSteps({ steps, mayChange }: { steps: readonly Step[]; mayChange: boolean }) {
  const me = useMe();
  // kept while the dialog closes
  const [completing, setCompleting] = useState<Step | null>(null);
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {steps.map((step) => (
          <StepLine key={step.id} step={step}>
            {(mayChange || step.owner?.id === me.id) && (
              <StepActions
                step={step}
                onComplete={() => {
                  setCompleting(step);
                  open();
                }}
              />
            )}
          </StepLine>
        ))}
      </Stack>
      {completing && <CompleteReminder reminder={completing} opened={opened} onClose={close} />}
    </>
  );
}

function StepLine({ step, children }: { step: Step; children: ReactNode }) {
  const { t } = useTranslation('sequences');
  const Symbol = ICONS[step.channel];
  const color = colorOf(step);
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon variant="light" color={color} radius="xl" size={28} aria-hidden mt={2}>
        <Symbol size={16} />
      </ThemeIcon>
      <Stack gap={2} flex={1} miw={0}>
        <Group gap="xs">
          <Text style={{ overflowWrap: 'anywhere' }}>{titleOf(step)}</Text>
          <Badge variant="light" color={color} size="sm" tt="none">
            {t(`status.${step.status}`)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {t(`channel.${step.channel}`, { ns: 'common' })} · <StepTime step={step} />
          {step.owner && step.channel !== 'investor_email' && ` · ${step.owner.name}`}
        </Text>
        <StepOutcome step={step} />
      </Stack>
      {children}
    </Group>
  );
}

function StepTime({
  step: { status, dueAt, dispatchedAt, closedAt, lateSeconds, lateWorkingDays },
}: {
  step: Step;
}) {
  const { t } = useTranslation('sequences');
  if (status === 'sent' && dispatchedAt) return t('sentAt', { time: formatTime(dispatchedAt) });
  if (status === 'done' && closedAt) return t('doneAt', { time: formatTime(closedAt) });
  const words = { time: formatTime(dueAt), distance: formatFromNow(dueAt), count: lateWorkingDays };
  if (status !== 'open' && status !== 'pending') return t('wasDue', words);
  if (lateSeconds <= 0) return t('due', words);
  return lateWorkingDays > 0 ? t('lateDays', words) : t('late', words);
}

function StepOutcome({ step: { reason, outcome, note, message, closedBy } }: { step: Step }) {
  const { t } = useTranslation(['sequences', 'messages']);
  const words = [
    reason && t(`reason.${reason}`, { defaultValue: t('reason.other') }),
    outcome && t(`outcome.${outcome}`, { defaultValue: t('outcome.other') }),
    note,
    closedBy && t('by', { name: closedBy.name }),
  ].filter(Boolean);
  return (
    <>
      {words.length > 0 && (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {words.join(' · ')}
        </Text>
      )}
      {message && (
        <Text size="sm">
          {t(`status.${message.status}`, { ns: 'messages' })} ·{' '}
          <Anchor component={Link} to={`/messages/${message.id}`} inherit>
            {t('openMail')}
          </Anchor>
        </Text>
      )}
    </>
  );
}
