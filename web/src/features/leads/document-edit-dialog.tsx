import { Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { tellDone } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { showFaults } from '../../lib/form-faults';
import { documentsQuery, type LeadDocument } from './exchange-queries';

interface Dialog {
  document: LeadDocument;
  opened: boolean;
  close: () => void;
}

/** What a paper is called, and what the agency notes of it. */
export function EditDocumentDialog({ document, opened, close }: Dialog) {
  const { t } = useTranslation('exchange');
  return (
    <FormDialog opened={opened} close={close} title={t('documents.editTitle')}>
      <EditForm document={document} close={close} />
    </FormDialog>
  );
}

function EditForm({ document: { id, leadId, title, note, version }, close }: Omit<Dialog, 'opened'>) {
  const { t } = useTranslation('exchange');
  const client = useQueryClient();
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm({
    initialValues: { title, note: note ?? '' },
    validate: { title: (value) => (value.trim() ? null : t('required', { ns: 'common' })) },
  });
  const save = useMutation({
    mutationFn: (values: { title: string; note: string }) =>
      take(
        api.PATCH('/api/v1/leads/{id}/documents/{documentId}', {
          params: { path: { id: leadId, documentId: id } },
          headers: ifMatch(version),
          body: { title: values.title.trim(), note: values.note.trim() || null },
        }),
      ),
    onSuccess: () => {
      tellDone(t('documents.edited'));
      close();
    },
    onError: (error) => setFault(showFaults(form, error)),
    onSettled: () => void client.invalidateQueries({ queryKey: documentsQuery(leadId).queryKey }),
  });
  return (
    <FormFrame
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      close={close}
      saving={save.isPending}
      fault={fault}
    >
      <TextInput
        label={t('documents.name')}
        withAsterisk
        maxLength={200}
        data-autofocus
        {...form.getInputProps('title')}
      />
      <Textarea
        label={t('documents.note')}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('note')}
      />
    </FormFrame>
  );
}
