import { ActionIcon, Group } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { titleOf, useReminderChange, type Reminder } from './reminder-actions';
import { SnoozeMenu } from './snooze-menu';

interface StepActionsProps {
  step: Reminder;
  /** Asks what came of it. */
  onComplete: () => void;
}

/** What one may do with a step that still waits; a mail goes out by itself, so it is only put off or called off. */
export function StepActions({ step, onComplete }: StepActionsProps) {
  const { t } = useTranslation('sequences');
  const { mutate } = useReminderChange();
  if (step.status !== 'pending' && step.status !== 'open') return null;
  const title = titleOf(step);
  return (
    <Group gap={6} wrap="nowrap">
      {step.channel !== 'investor_email' && (
        <ActionIcon variant="default" size={36} aria-label={t('complete', { title })} onClick={onComplete}>
          <IconCheck size={18} aria-hidden />
        </ActionIcon>
      )}
      <SnoozeMenu reminder={step} />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('cancel', { title })}
        onClick={() => mutate({ reminder: step, change: { do: 'cancel' } })}
      >
        <IconX size={18} aria-hidden />
      </ActionIcon>
    </Group>
  );
}
