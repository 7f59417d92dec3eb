import { ActionIcon, Button, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatMoment, formatSpan } from '../../lib/moments';
import { useMe } from '../../lib/session';
import { ReassignMenu } from '../follow-up/reassign-menu';
import { titleOf, useReminderChange, type Reminder } from '../follow-up/reminder-actions';
import { SnoozeMenu } from '../follow-up/snooze-menu';
import { DeskRow, Late } from './desk-row';

interface TaskRowProps {
  task: Reminder;
  late: boolean;
  /** Late or due today. */
  urgent: boolean;
  /** Opens the dialog for what came of it. */
  onLog: (task: Reminder) => void;
}

/** One task with everything that can be done with it. */
export function TaskRow({ task, late, urgent, onLog }: TaskRowProps) {
  const { t } = useTranslation('today');
  return (
    <DeskRow
      id={`task-${task.id}`}
      lead={task.lead}
      firm={task.firm}
      late={late}
      why={<TaskWhy task={task} />}
      when={<TaskWhen task={task} late={late} />}
      actions={
        <>
          {task.channel === 'manager_escalation' ? (
            <CompleteButton task={task} label={t('acknowledge')} />
          ) : (
            <>
              <Button
                size="sm"
                variant={urgent ? 'filled' : 'light'}
                flex={{ base: 1, sm: 'none' }}
                onClick={() => onLog(task)}
              >
                {t('log')}
              </Button>
              <CompleteButton task={task} />
            </>
          )}
          <SnoozeMenu reminder={task} />
          <ReassignMenu reminder={task} />
        </>
      }
    />
  );
}

/** Done, without more words; with a label when that is the row's main action. */
function CompleteButton({ task, label }: { task: Reminder; label?: string }) {
  const { t } = useTranslation('today');
  const { mutate } = useReminderChange();
  const complete = () => mutate({ reminder: task, change: { do: 'complete', body: {} } });
  if (label)
    return (
      <Button
        size="sm"
        flex={{ base: 1, sm: 'none' }}
        leftSection={<IconCheck size={16} aria-hidden />}
        data-act="complete"
        onClick={complete}
      >
        {label}
      </Button>
    );
  return (
    <ActionIcon
      variant="default"
      size={36}
      data-act="complete"
      aria-label={t('complete', { title: titleOf(task), firm: task.firm.name })}
      onClick={complete}
    >
      <IconCheck size={18} aria-hidden />
    </ActionIcon>
  );
}

function TaskWhy({ task }: { task: Reminder }) {
  const { t } = useTranslation('today');
  return (
    <>
      {titleOf(task)}
      {task.round && (
        <Text span inherit c="dimmed">
          {` · ${t('ofRound', { round: task.round.name })}`}
        </Text>
      )}
    </>
  );
}

function TaskWhen({ task, late }: { task: Reminder; late: boolean }) {
  const { t } = useTranslation('today');
  const me = useMe();
  const about = [
    task.owner && task.owner.id !== me.id ? task.owner.name : null,
    task.contact?.name ?? null,
    task.snoozeCount > 0 ? t('snoozed', { count: task.snoozeCount }) : null,
  ].filter((word) => word !== null);
  return (
    <>
      {late ? (
        <Late>
          {task.lateWorkingDays > 0
            ? t('lateDays', { count: task.lateWorkingDays })
            : t('lateSpan', { span: formatSpan(task.dueAt) })}
        </Late>
      ) : (
        t('due', { when: formatMoment(task.dueAt) })
      )}
      {about.map((word) => ` · ${word}`)}
    </>
  );
}
