import { Radio, Stack, Textarea } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellDone } from '../../components/tell';
import { api, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { consentsQuery, type Contact } from './directory-queries';
import { KeptForm } from './kept-form';

type Values = { action: 'given' | 'withdrawn' | ''; evidence: string };

interface ConsentFormProps {
  contact: Contact;
  current: Contact['consent'];
  close: () => void;
}

/** Records what a person said about promotion mail. Nothing is chosen beforehand: silence is no consent. */
export function ConsentForm({ contact, current, close }: ConsentFormProps) {
  const { t } = useTranslation('consents');
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  const form = useForm<Values>({
    initialValues: { action: '', evidence: '' },
    validate: {
      action: (value) => (value ? null : t('actionMissing')),
      evidence: (value, { action }) => (action === 'given' && !value.trim() ? t('evidenceMissing') : null),
    },
  });
  const draft = useDraft(`consent:${contact.id}`, form);
  const record = useMutation({
    mutationFn: ({ action, evidence }: Values) =>
      take(
        api.POST('/api/v1/contacts/{id}/consents', {
          params: { path: { id: contact.id } },
          headers: once(key),
          body: {
            purpose: 'promotion_mail',
            action: action || 'withdrawn',
            channel: 'officer',
            evidence: evidence.trim() || null,
          },
        }),
      ),
    onSuccess: (ledger) => {
      form.reset();
      draft.forget();
      setKey(newKey());
      client.setQueryData(consentsQuery(contact.id).queryKey, ledger);
      void client.invalidateQueries({ queryKey: ['contact'] });
      tellDone(i18n.t('saved'));
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
      <ConsentFields form={form} current={current} />
    </KeptForm>
  );
}

interface FieldsProps {
  form: UseFormReturnType<Values>;
  current: Contact['consent'];
}

function ConsentFields({ form, current }: FieldsProps) {
  const { t } = useTranslation('consents');
  return (
    <>
      <Radio.Group label={t('question')} description={t('rule')} required {...form.getInputProps('action')}>
        <Stack gap="xs" mt="xs">
          <Radio value="given" label={t('action.given')} description={t('meaning.given')} />
          <Radio
            value="withdrawn"
            label={t('action.withdrawn')}
            description={t('meaning.withdrawn')}
            disabled={current === 'withdrawn'}
          />
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('evidence')}
        description={t('evidenceHint')}
        required={form.values.action === 'given'}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('evidence')}
      />
    </>
  );
}
