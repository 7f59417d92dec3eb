import { Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFoot, Refused } from '../../components/form-parts';
import { api, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import type { TOPICS } from './template-form';
import { TemplateTopic } from './template-topic';

/** A short name for programs that nobody has to think of; it begins with a letter. */
function codeOf(name: string): string {
  const plain = name.replace(/[đĐ]/g, 'd').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').slice(0, 40);
  return `m-${slug}-${newKey().slice(0, 6)}`.replace(/-+/g, '-');
}

const EMPTY = {
  nameVi: '',
  nameEn: '',
  audience: 'investor' as 'investor' | 'officer',
  purpose: 'promotion' as 'promotion' | 'service',
  topic: 'rounds' as (typeof TOPICS)[number],
  subject: '',
  body: '',
};

/** Only what advertises to investors has a topic. */
const advertises = ({ audience, purpose }: Pick<typeof EMPTY, 'audience' | 'purpose'>) =>
  audience === 'investor' && purpose === 'promotion';

function useNewTemplate() {
  const { t } = useTranslation('templates');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [key] = useState(newKey);
  const [refusal, setRefusal] = useState<string | null>(null);
  const missing = (value: string) => (value.trim() ? null : t('required'));
  const form = useForm({
    initialValues: EMPTY,
    validate: { nameVi: missing, nameEn: missing, subject: missing, body: missing },
  });
  const draft = useDraft('template:new', form);
  const create = useMutation({
    mutationFn: ({ subject, body, topic, ...rest }: typeof EMPTY) =>
      take(
        api.POST('/api/v1/templates', {
          headers: once(key),
          body: {
            ...rest,
            ...(advertises(rest) && { topic }),
            code: codeOf(rest.nameEn),
            texts: [{ language: 'vi', subject, body }],
          },
        }),
      ),
    onSuccess: async (template) => {
      draft.forget();
      void client.invalidateQueries({ queryKey: ['template'] });
      await navigate({ to: '/templates/$templateId', params: { templateId: template.id } });
    },
    onError: (error) =>
      setRefusal(showFaults(form, error, { 'texts.0.subject': 'subject', 'texts.0.body': 'body' })),
  });
  return { form, create, refusal };
}

/** Who gets it and why cannot be changed later; the other languages are written on its page. */
export function NewTemplateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('templates');
  const { form, create, refusal } = useNewTemplate();
  const choices = (what: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${what}.${value}`) }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('new')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <form noValidate onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack gap="sm">
          <Refused reason={refusal} />
          <TextInput
            label={t('nameVi')}
            withAsterisk
            data-autofocus
            maxLength={200}
            {...form.getInputProps('nameVi')}
          />
          <TextInput label={t('nameEn')} withAsterisk maxLength={200} {...form.getInputProps('nameEn')} />
          <Group grow align="flex-start">
            <Select
              label={t('audienceLabel')}
              allowDeselect={false}
              data={choices('audience', ['investor', 'officer'])}
              {...form.getInputProps('audience')}
            />
            <Select
              label={t('purposeLabel')}
              allowDeselect={false}
              data={choices('purpose', ['promotion', 'service'])}
              {...form.getInputProps('purpose')}
            />
          </Group>
          {advertises(form.values) && <TemplateTopic field={form.getInputProps('topic')} />}
          <TextInput label={t('subjectVi')} withAsterisk maxLength={200} {...form.getInputProps('subject')} />
          <Textarea
            label={t('bodyVi')}
            withAsterisk
            autosize
            minRows={5}
            maxRows={14}
            maxLength={20_000}
            {...form.getInputProps('body')}
          />
          <FormFoot onClose={onClose} saving={create.isPending} submit={t('create')} />
        </Stack>
      </form>
    </Modal>
  );
}
