import { Chip, Group, Input, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getHotkeyHandler, useId, useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote, FormFoot, Refused } from '../../components/form-parts';
import { MomentField, type Moment } from '../../components/moment-field';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { instantOf, today } from '../../lib/format';
import { titleOf, useReminderChange, type Completion, type Reminder } from './reminder-actions';

const OUTCOMES = [
  'reached',
  'not_reached',
  'meeting_agreed',
  'information_sent',
  'not_needed',
  'other',
] as const;

interface Values extends Record<string, unknown> {
  outcome: string;
  note: string;
  nextAction: string;
  next: Moment;
}

const EMPTY: Values = { outcome: '', note: '', nextAction: '', next: { day: null, time: '09:00' } };

function toBody({ outcome, note, nextAction, next }: Values): Completion {
  return {
    ...(outcome && { outcome: outcome as Completion['outcome'] }),
    ...(note.trim() && { note: note.trim() }),
    ...(nextAction.trim() &&
      next.day && { nextAction: nextAction.trim(), nextActionAt: instantOf(next.day, next.time) }),
  };
}

function useCompletionForm() {
  const { t } = useTranslation('reminders');
  return useForm<Values>({
    initialValues: EMPTY,
    validate: {
      nextAction: (value, { next }) => (next.day && !value.trim() ? t('complete.nextMissing') : null),
      next: ({ day, time }, { nextAction }) =>
        nextAction.trim() && !(day && time) ? t('complete.timeMissing') : null,
    },
  });
}

interface CompleteReminderProps {
  reminder: Reminder;
  opened: boolean;
  onClose: () => void;
}

/** What came of a call: the outcome, a note, and the next step if there is one. */
export function CompleteReminder({ reminder, opened, onClose }: CompleteReminderProps) {
  const { t } = useTranslation('reminders');
  const narrow = useMediaQuery('(max-width: 36em)');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('complete.title', { firm: reminder.firm.name })}
      size="lg"
      fullScreen={narrow}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <CompletionForm reminder={reminder} onClose={onClose} />
    </Modal>
  );
}

function CompletionForm({ reminder, onClose }: Omit<CompleteReminderProps, 'opened'>) {
  const { t } = useTranslation('reminders');
  const form = useCompletionForm();
  const draft = useDraft(`complete:${reminder.id}`, form);
  const [refusal, setRefusal] = useState<string | null>(null);
  const change = useReminderChange();
  const submit = form.onSubmit((values) => {
    setRefusal(null);
    change.mutate(
      { reminder, change: { do: 'complete', body: toBody(values) } },
      {
        onSuccess: () => {
          draft.forget();
          onClose();
        },
        onError: (error) => setRefusal(showFaults(form, error, { nextActionAt: 'next' })),
      },
    );
  });
  return (
    <form onSubmit={submit} noValidate onKeyDown={getHotkeyHandler([['mod+Enter', () => submit()]])}>
      <Stack>
        <Text>{titleOf(reminder)}</Text>
        <DraftNote restored={draft.restored} />
        <Refused reason={refusal} />
        <Outcomes value={form.values.outcome} onChange={(value) => form.setFieldValue('outcome', value)} />
        <Textarea
          label={t('complete.note')}
          autosize
          minRows={3}
          maxLength={4000}
          data-autofocus
          {...form.getInputProps('note')}
        />
        <TextInput
          label={t('complete.next')}
          description={t('complete.nextHint')}
          maxLength={300}
          {...form.getInputProps('nextAction')}
        />
        {(form.values.nextAction || form.values.next.day) && (
          <MomentField label={t('complete.nextAt')} minDate={today()} {...form.getInputProps('next')} />
        )}
        <FormFoot onClose={onClose} saving={change.isPending} submit={t('complete.save')} />
      </Stack>
    </form>
  );
}

function Outcomes({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation('reminders');
  const id = useId();
  return (
    <Input.Wrapper label={t('complete.outcome')} labelElement="div" labelProps={{ id }}>
      <Chip.Group value={value} onChange={(picked) => onChange(picked as string)}>
        <Group gap="xs" mt={4} role="radiogroup" aria-labelledby={id}>
          {OUTCOMES.map((outcome) => (
            <Chip key={outcome} value={outcome} variant="outline">
              {t(`outcome.${outcome}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}
