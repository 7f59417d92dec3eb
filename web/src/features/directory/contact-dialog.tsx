import { Radio, Group, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../../components/form-dialog';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { changedOnly } from './changed';
import {
  contactBody,
  contactDifferences,
  contactValues,
  type ContactBody,
  type ContactValues,
} from './contact-form';
import type { Contact } from './directory-queries';
import { KeptForm, useSaved } from './kept-form';
import { useSave } from './use-save';

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

function useSaveContact(firmId: string, contact: Contact | null, onSaved: () => void) {
  const params = { path: { id: contact?.id ?? '' } };
  return useSave<Contact, ContactValues, ContactBody>({
    isNew: !contact,
    create: (values, headers) =>
      take(
        api.POST('/api/v1/firms/{id}/contacts', {
          params: { path: { id: firmId } },
          headers,
          body: contactBody(values),
        }),
      ),
    change: (body, version) =>
      take(api.PATCH('/api/v1/contacts/{id}', { params, headers: ifMatch(version), body })),
    changes: (values) => changedOnly(contactBody(values), contactBody(contactValues(contact))),
    current: () => take(api.GET('/api/v1/contacts/{id}', { params })),
    differences: contactDifferences,
    onSaved,
  });
}

function ContactForm({ firmId, contact: given, close }: Omit<ContactDialogProps, 'opened'>) {
  const { t } = useTranslation('firms');
  const [contact] = useState(given);
  const form = useForm<ContactValues>({
    initialValues: contactValues(contact),
    validate: { fullName: (value) => (value.trim() ? null : t('contact.nameMissing')) },
  });
  const draft = useDraft(`contact:${contact?.id ?? `new:${firmId}`}`, form);
  const save = useSaveContact(firmId, contact, useSaved(['contact', 'firm'], draft, close));
  return (
    <KeptForm form={form} draft={draft} save={save} close={close}>
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
    </KeptForm>
  );
}
