import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { FormDialog } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { api, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import type { Contact } from './directory-queries';
import { KeptForm } from './kept-form';

type Raise = components['schemas']['RaiseDataRequest'];
type Values = { kind: string; channel: string; text: string } & Record<Field, string>;
const FIELDS = ['fullName', 'title', 'email', 'phone'] as const;
type Field = (typeof FIELDS)[number];
const KINDS = ['withdraw', 'restrict', 'view', 'correct', 'copy', 'erase'] as const;
const CHANNELS = ['letter', 'phone', 'email', 'officer'] as const;

interface DialogProps {
  opened: boolean;
  close: () => void;
  contact: Contact | null;
}

/** Records what a person asked about the own data; the law's clocks begin. */
export function RequestDialog({ opened, close, contact }: DialogProps) {
  const { t } = useTranslation('data-requests');
  return (
    <FormDialog opened={opened} close={close} title={t('recordTitle', { name: contact?.fullName ?? '' })}>
      {contact && <RequestForm contact={contact} close={close} />}
    </FormDialog>
  );
}

function bodyOf(contact: Contact, { kind, channel, text, ...fields }: Values): Raise {
  const given = FIELDS.filter((field) => fields[field].trim() !== '');
  const correction = Object.fromEntries(given.map((field) => [field, fields[field].trim()]));
  return {
    contactId: contact.id,
    kind: kind as Raise['kind'],
    channel: channel as Raise['channel'],
    text: text.trim() || null,
    ...(kind === 'correct' && given.length > 0 && { correction }),
  };
}

function RequestForm({ contact, close }: { contact: Contact; close: () => void }) {
  const { t } = useTranslation('data-requests');
  const client = useQueryClient();
  const [key] = useState(newKey);
  const form = useForm<Values>({
    initialValues: { kind: '', channel: '', text: '', fullName: '', title: '', email: '', phone: '' },
    validate: {
      kind: (value) => (value ? null : t('kindMissing')),
      channel: (value) => (value ? null : t('channelMissing')),
    },
  });
  const draft = useDraft(`data-request:${contact.id}`, form);
  const record = useMutation({
    mutationFn: (values: Values) =>
      take(api.POST('/api/v1/data-requests', { headers: once(key), body: bodyOf(contact, values) })),
    onSuccess: ({ reference, joined }) => {
      draft.forget();
      for (const topic of ['data_request', 'contact', 'firm'])
        void client.invalidateQueries({ queryKey: [topic] });
      tellDone(t(joined ? 'joined' : 'recorded', { reference }));
      close();
    },
  });
  return (
    <KeptForm
      form={form}
      draft={draft}
      save={{ send: record.mutate, saving: record.isPending, error: record.error }}
      close={close}
      submitLabel={t('record')}
    >
      <RequestFields form={form} contact={contact} />
    </KeptForm>
  );
}

function RequestFields({ form, contact }: { form: UseFormReturnType<Values>; contact: Contact }) {
  const { t } = useTranslation('data-requests');
  return (
    <>
      <Select
        label={t('what')}
        withAsterisk
        data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      <Select
        label={t('how')}
        withAsterisk
        data={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
        {...form.getInputProps('channel')}
      />
      {form.values.kind === 'correct' &&
        FIELDS.map((field) => (
          <TextInput
            key={field}
            label={t(`field.${field}`)}
            description={t('now', { value: contact[field] ?? t('nothing') })}
            {...form.getInputProps(field)}
          />
        ))}
      <Textarea
        label={t('words')}
        description={t('wordsHint')}
        autosize
        minRows={3}
        maxLength={2000}
        {...form.getInputProps('text')}
      />
    </>
  );
}
