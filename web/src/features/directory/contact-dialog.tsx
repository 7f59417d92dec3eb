import { Radio, Group, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { hasStatus } from '../../lib/problem';
import { changedOnly } from './changed';
import {
  contactBody,
  contactDifferences,
  contactValues,
  type ContactBody,
  type ContactValues,
} from './contact-form';
import type { Contact } from './directory-queries';
import { useFault } from './use-fault';

interface ContactDialogProps {
  opened: boolean;
  close: () => void;
  firmId: string;
  /** The person to change; null: a new one. */
  contact: Contact | null;
}

export function ContactDialog({ opened, ...props }: ContactDialogProps) {
  const { t } = useTranslation('firms');
  return (
    <FormDialog
      opened={opened}
      close={props.close}
      title={props.contact ? t('contact.edit', { name: props.contact.fullName }) : t('addContact')}
    >
      <ContactForm {...props} />
    </FormDialog>
  );
}

function useSave(firmId: string, contact: Contact | null, saved: () => void) {
  const [key] = useState(newKey);
  const create = useMutation({
    mutationFn: (values: ContactValues) =>
      take(
        api.POST('/api/v1/firms/{id}/contacts', {
          params: { path: { id: firmId } },
          headers: once(key),
          body: contactBody(values),
        }),
      ),
    onSuccess: saved,
  });
  const params = { path: { id: contact?.id ?? '' } };
  const change = useVersionedSave<Contact, ContactBody>({
    send: (body, version) =>
      take(api.PATCH('/api/v1/contacts/{id}', { params, headers: ifMatch(version), body })),
    current: () => take(api.GET('/api/v1/contacts/{id}', { params })),
    differences: contactDifferences,
    onSaved: saved,
    onTheirs: saved,
  });
  return {
    send: (values: ContactValues) =>
      contact
        ? change.mutate({
            body: changedOnly(contactBody(values), contactBody(contactValues(contact))),
            version: values.version,
          })
        : create.mutate(values),
    saving: create.isPending || change.isPending,
    error: create.error ?? (hasStatus(change.error, 412) ? null : change.error),
  };
}

function ContactForm({ firmId, contact: given, close }: Omit<ContactDialogProps, 'opened'>) {
  const { t } = useTranslation('firms');
  const client = useQueryClient();
  const [contact] = useState(given);
  const form = useForm<ContactValues>({
    initialValues: contactValues(contact),
    validate: { fullName: (value) => (value.trim() ? null : t('contact.nameMissing')) },
  });
  const draft = useDraft(`contact:${contact?.id ?? `new:${firmId}`}`, form);
  const save = useSave(firmId, contact, () => {
    draft.forget();
    void client.invalidateQueries({ queryKey: ['contact'] });
    void client.invalidateQueries({ queryKey: ['firm'] });
    close();
    tellDone(i18n.t('saved'));
  });
  const discard = () => {
    form.reset();
    draft.forget();
  };
  return (
    <FormFrame
      onSubmit={form.onSubmit(save.send)}
      close={close}
      saving={save.saving}
      fault={useFault(form, save.error)}
      restored={draft.restored}
      discard={discard}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('contact.fullName')}
          required
          data-autofocus
          maxLength={200}
          {...form.getInputProps('fullName')}
        />
        <TextInput label={t('contact.title')} maxLength={200} {...form.getInputProps('title')} />
        <TextInput label={t('contact.phone')} type="tel" {...form.getInputProps('phone')} />
        <TextInput label={t('contact.email')} type="email" maxLength={254} {...form.getInputProps('email')} />
      </SimpleGrid>
      <Radio.Group
        label={t('contact.language')}
        description={t('contact.languageHint')}
        {...form.getInputProps('language')}
      >
        <Group mt="xs">
          {(['vi', 'en', 'zh'] as const).map((language) => (
            <Radio key={language} value={language} label={t(`language.${language}`)} />
          ))}
        </Group>
      </Radio.Group>
      <Switch
        label={t('contact.isPrimary')}
        description={t('contact.isPrimaryHint')}
        disabled={contact?.isPrimary}
        {...form.getInputProps('isPrimary', { type: 'checkbox' })}
      />
    </FormFrame>
  );
}
