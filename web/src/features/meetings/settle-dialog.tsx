import { SegmentedControl, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { showFaults } from '../../lib/form-faults';
import { meetingTime, useMeetingActs, type Meeting } from './meeting-queries';

interface SettleDialogProps {
  meeting: Meeting;
  opened: boolean;
  close: () => void;
}

/** Did it take place, and what came of it? */
export function SettleDialog({ meeting, opened, close }: SettleDialogProps) {
  const { t } = useTranslation('meetings');
  return (
    <FormDialog opened={opened} close={close} title={t('settle.title')} size="md">
      <Form meeting={meeting} close={close} />
    </FormDialog>
  );
}

function Form({ meeting, close }: Omit<SettleDialogProps, 'opened'>) {
  const { t } = useTranslation('meetings');
  const [fault, setFault] = useState<string | null>(null);
  const { settle } = useMeetingActs(meeting.lead.id);
  const form = useForm({ initialValues: { outcome: 'held' as 'held' | 'no_show', note: '' } });
  const submit = form.onSubmit(({ outcome, note }) => {
    setFault(null);
    settle.mutate(
      { meeting, outcome, note: note.trim() || null },
      {
        onSuccess: () => {
          close();
          tellDone(t('settle.done'));
        },
        onError: (error) => setFault(showFaults(form, error)),
      },
    );
  });
  return (
    <FormFrame onSubmit={submit} close={close} saving={settle.isPending} fault={fault}>
      <Text>{meetingTime(meeting)}</Text>
      <SegmentedControl
        fullWidth
        aria-label={t('settle.title')}
        data={(['held', 'no_show'] as const).map((value) => ({ value, label: t(`settle.${value}`) }))}
        {...form.getInputProps('outcome')}
      />
      <Textarea
        label={t('settle.note')}
        autosize
        minRows={3}
        maxLength={1000}
        {...form.getInputProps('note')}
      />
    </FormFrame>
  );
}
