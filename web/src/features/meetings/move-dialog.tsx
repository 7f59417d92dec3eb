import { Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { showFaults } from '../../lib/form-faults';
import type { Lead } from '../leads/lead-queries';
import { instantChosen } from './meeting-form';
import { meetingTime, useMeetingActs, type Meeting } from './meeting-queries';
import { noTime, TimeField, type ChosenTime } from './time-field';

interface MoveDialogProps {
  lead: Lead;
  meeting: Meeting;
  opened: boolean;
  close: () => void;
}

interface MoveForm extends Record<string, unknown> {
  startsAt: ChosenTime;
  place: string;
}

/** Another time or place; both calendars are told. */
export function MoveDialog({ opened, close, ...about }: MoveDialogProps) {
  const { t } = useTranslation('meetings');
  return (
    <FormDialog opened={opened} close={close} title={t('move.title')} size="md">
      <Form {...about} close={close} />
    </FormDialog>
  );
}

function Form({ lead, meeting, close }: Omit<MoveDialogProps, 'opened'>) {
  const { t } = useTranslation('meetings');
  const [fault, setFault] = useState<string | null>(null);
  const { move } = useMeetingActs(lead.id);
  const form = useForm<MoveForm>({
    initialValues: { startsAt: noTime, place: meeting.place ?? '' },
    validate: { startsAt: (time) => (instantChosen(time) ? null : t('fields.timeMissing')) },
  });
  const submit = form.onSubmit(({ startsAt, place }) => {
    setFault(null);
    const body = { startsAt: instantChosen(startsAt)!, place: place.trim() || null };
    move.mutate(
      { meeting, body },
      {
        onSuccess: (moved) => {
          close();
          tellDone(t('move.done', { when: meetingTime(moved) }));
        },
        onError: (error) => setFault(showFaults(form, error)),
      },
    );
  });
  return (
    <FormFrame
      onSubmit={submit}
      close={close}
      saving={move.isPending}
      fault={fault}
      submitLabel={t('move.open')}
    >
      <Text>{t('move.now', { when: meetingTime(meeting) })}</Text>
      <TimeField
        leadId={lead.id}
        meetingId={meeting.id}
        value={form.values.startsAt}
        onChange={(time) => form.setFieldValue('startsAt', time)}
        error={form.errors.startsAt}
      />
      <TextInput label={t('fields.place')} maxLength={300} {...form.getInputProps('place')} />
      <Text size="sm" c="dimmed">
        {t('invites')}
      </Text>
    </FormFrame>
  );
}
