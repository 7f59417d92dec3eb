import { Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { showFaults } from '../../lib/form-faults';
import { meetingTime, useMeetingActs, type Meeting } from './meeting-queries';

interface CancelDialogProps {
  meeting: Meeting;
  opened: boolean;
  close: () => void;
}

/** Calls it off, with the reason that the investor reads. */
export function CancelDialog({ meeting, opened, close }: CancelDialogProps) {
  const { t } = useTranslation('meetings');
  return (
    <FormDialog opened={opened} close={close} title={t('cancel.title')} size="md">
      <Form meeting={meeting} close={close} />
    </FormDialog>
  );
}

function Form({ meeting, close }: Omit<CancelDialogProps, 'opened'>) {
  const { t } = useTranslation('meetings');
  const [fault, setFault] = useState<string | null>(null);
  const { cancel } = useMeetingActs(meeting.lead.id);
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (value) => (value.trim() ? null : t('cancel.missing')) },
  });
  const submit = form.onSubmit(({ reason }) => {
    setFault(null);
    cancel.mutate(
      { meeting, reason: reason.trim() },
      {
        onSuccess: () => {
          close();
          tellDone(t('cancel.done', { when: meetingTime(meeting) }));
        },
        onError: (error) => setFault(showFaults(form, error)),
      },
    );
  });
  return (
    <FormFrame
      onSubmit={submit}
      close={close}
      saving={cancel.isPending}
      fault={fault}
      submitLabel={t('cancel.open')}
    >
      <Text>{meetingTime(meeting)}</Text>
      <Textarea
        label={t('cancel.reason')}
        description={t('cancel.told')}
        withAsterisk
        autosize
        minRows={2}
        maxLength={500}
        data-autofocus
        {...form.getInputProps('reason')}
      />
    </FormFrame>
  );
}
