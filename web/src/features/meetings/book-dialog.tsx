import { SegmentedControl, Select, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { newKey, once } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { firmContactsQuery } from '../directory/directory-queries';
import type { Lead } from '../leads/lead-queries';
import { instantChosen } from './meeting-form';
import { MEETING_KINDS, meetingTime, useMeetingActs, type BookBody } from './meeting-queries';
import { noTime, TimeField, type ChosenTime } from './time-field';

interface BookDialogProps {
  lead: Lead;
  opened: boolean;
  close: () => void;
}

interface BookForm extends Record<string, unknown> {
  kind: (typeof MEETING_KINDS)[number];
  startsAt: ChosenTime;
  contactId: string | null;
  clusterId: string | null;
  place: string;
  note: string;
}

/** Books for the investor: both get an invitation for their calendars. */
export function BookDialog({ lead, opened, close }: BookDialogProps) {
  const { t } = useTranslation('meetings');
  return (
    <FormDialog opened={opened} close={close} title={t('bookTitle', { firm: lead.firm.name })}>
      <Form lead={lead} close={close} />
    </FormDialog>
  );
}

function useBookForm(lead: Lead) {
  const { t } = useTranslation('meetings');
  return useForm<BookForm>({
    initialValues: {
      kind: 'site_visit',
      startsAt: noTime,
      contactId: lead.primaryContact?.id ?? null,
      clusterId: lead.clusters[0]?.id ?? null,
      place: '',
      note: '',
    },
    validate: { startsAt: (time) => (instantChosen(time) ? null : t('fields.timeMissing')) },
  });
}

function Form({ lead, close }: { lead: Lead; close: () => void }) {
  const { t } = useTranslation('meetings');
  const form = useBookForm(lead);
  const draft = useDraft(`meeting:${lead.id}`, form);
  const [key] = useState(newKey);
  const [fault, setFault] = useState<string | null>(null);
  const { book } = useMeetingActs(lead.id);
  const submit = form.onSubmit((values) => {
    setFault(null);
    book.mutate(
      { body: bodyOf(lead.id, values), headers: once(key) },
      {
        onSuccess: (meeting) => {
          draft.forget();
          close();
          tellDone(t('booked', { when: meetingTime(meeting) }));
        },
        onError: (error) => setFault(showFaults(form, error)),
      },
    );
  });
  const leave = () => {
    draft.forget();
    close();
  };
  return (
    <FormFrame
      onSubmit={submit}
      close={leave}
      saving={book.isPending}
      fault={fault}
      restored={draft.restored}
      submitLabel={t('book')}
    >
      <SegmentedControl
        fullWidth
        aria-label={t('fields.kind')}
        data={MEETING_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      <TimeField
        leadId={lead.id}
        value={form.values.startsAt}
        onChange={(time) => form.setFieldValue('startsAt', time)}
        error={form.errors.startsAt}
      />
      <People lead={lead} form={form} />
      <Textarea
        label={t('fields.note')}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('note')}
      />
      <Text size="sm" c="dimmed">
        {t('invites')}
      </Text>
    </FormFrame>
  );
}

function People({ lead, form }: { lead: Lead; form: ReturnType<typeof useBookForm> }) {
  const { t } = useTranslation('meetings');
  const { data } = useQuery(firmContactsQuery(lead.firm.id));
  const people = (data?.items ?? []).map(({ id, fullName }) => ({ value: id, label: fullName }));
  const clearable = { clearable: true, clearButtonProps: { 'aria-label': t('fields.clear') } };
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select label={t('fields.contact')} data={people} {...clearable} {...form.getInputProps('contactId')} />
      {lead.clusters.length > 0 && (
        <Select
          label={t('fields.cluster')}
          data={lead.clusters.map(({ id, name }) => ({ value: id, label: name }))}
          {...clearable}
          {...form.getInputProps('clusterId')}
        />
      )}
      <TextInput label={t('fields.place')} maxLength={300} {...form.getInputProps('place')} />
    </SimpleGrid>
  );
}

function bodyOf(leadId: string, { kind, startsAt, contactId, clusterId, ...values }: BookForm): BookBody {
  const [place, note] = [values.place.trim(), values.note.trim()];
  return {
    leadId,
    kind,
    startsAt: instantChosen(startsAt)!,
    contactId,
    clusterId,
    ...(place && { place }),
    ...(note && { note }),
  };
}
