import { Checkbox, FileInput, Radio, Group, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { api, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { ACCEPTED, documentsQuery } from './exchange-queries';
import type { Lead } from './lead-queries';

interface DialogProps {
  lead: Lead;
  opened: boolean;
  close: () => void;
}

/** Keeps a paper with the lead, for the agency alone or also for the investor. */
export function DocumentDialog({ lead, opened, close }: DialogProps) {
  const { t } = useTranslation('exchange');
  return (
    <FormDialog opened={opened} close={close} title={t('documents.add')}>
      <DocumentForm lead={lead} close={close} />
    </FormDialog>
  );
}

type Values = { file: File | null; title: string; direction: string; note: string; shared: boolean };

function send(leadId: string, { file, title, direction, note, shared }: Values) {
  const form = new FormData();
  const texts = { direction, title: title.trim(), note: note.trim(), sharedWithInvestor: String(shared) };
  for (const [name, value] of Object.entries(texts)) form.append(name, value);
  if (file) form.append('file', file);
  return take(
    api.POST('/api/v1/leads/{id}/documents', {
      params: { path: { id: leadId } },
      body: form as never,
      bodySerializer: (body) => body as unknown as FormData,
    }),
  );
}

function DocumentForm({ lead, close }: Omit<DialogProps, 'opened'>) {
  const { t } = useTranslation('exchange');
  const client = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  const required = t('required', { ns: 'common' });
  const form = useForm<Values>({
    initialValues: { file: null, title: '', direction: 'to_investor', note: '', shared: false },
    validate: {
      file: (value) => (value ? null : required),
      title: (value) => (value.trim() ? null : required),
    },
  });
  const upload = useMutation({
    mutationFn: (values: Values) => send(lead.id, values),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: documentsQuery(lead.id).queryKey });
      tellDone(t('documents.added'));
      close();
    },
    onError: (error) => setFault(showFaults(form, error)),
  });
  return (
    <FormFrame
      onSubmit={form.onSubmit((values) => upload.mutate(values))}
      close={close}
      saving={upload.isPending}
      fault={fault}
      submitLabel={t('documents.save')}
    >
      <FileInput
        label={t('documents.file')}
        description={t('documents.fileHint')}
        withAsterisk
        accept={ACCEPTED}
        leftSection={<IconUpload size={18} aria-hidden />}
        {...form.getInputProps('file')}
      />
      <TextInput label={t('documents.name')} withAsterisk maxLength={200} {...form.getInputProps('title')} />
      <Radio.Group label={t('documents.direction')} {...form.getInputProps('direction')}>
        <Group mt="xs">
          <Radio value="to_investor" label={t('documents.ours')} />
          <Radio value="from_investor" label={t('documents.theirs')} />
        </Group>
      </Radio.Group>
      <Textarea
        label={t('documents.note')}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('note')}
      />
      {lead.primaryContact && (
        <Checkbox
          label={t('documents.shareWith', { name: lead.primaryContact.name })}
          {...form.getInputProps('shared', { type: 'checkbox' })}
        />
      )}
    </FormFrame>
  );
}
