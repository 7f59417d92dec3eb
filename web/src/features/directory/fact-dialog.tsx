import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FormDialog } from '../../components/form-dialog';
import { api, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { today } from '../../lib/format';
import type { SourceFact } from './directory-queries';
import { KeptForm, useSaved } from './kept-form';

type Field = SourceFact['field'];
type Values = { field: Field | ''; value: string; source: string; asOf: string | null; note: string };

const FIELDS: Field[] = [
  'name',
  'location',
  'area',
  'industrial_land',
  'occupied_land',
  'leased_land',
  'status',
  'capital',
  'developer',
  'completion',
  'other',
];

interface FactDialogProps {
  opened: boolean;
  close: () => void;
  clusterId: string;
}

/** What a further source says; it stands beside the others. */
export function FactDialog({ opened, ...props }: FactDialogProps) {
  const { t } = useTranslation('cluster');
  return (
    <FormDialog opened={opened} close={props.close} title={t('sources.add')}>
      <FactForm {...props} />
    </FormDialog>
  );
}

function FactForm({ clusterId, close }: Omit<FactDialogProps, 'opened'>) {
  const { t } = useTranslation('cluster');
  const [key] = useState(newKey);
  const form = useForm<Values>({
    initialValues: { field: '', value: '', source: '', asOf: null, note: '' },
    validate: {
      field: (value) => (value ? null : i18n.t('required')),
      value: (value) => (value.trim() ? null : i18n.t('required')),
      source: (value) => (value.trim() ? null : t('sourceMissing')),
    },
  });
  const draft = useDraft(`cluster-fact:${clusterId}`, form);
  const save = useMutation({
    mutationFn: ({ field, value, source, asOf, note }: Values) =>
      take(
        api.POST('/api/v1/clusters/{id}/facts', {
          params: { path: { id: clusterId } },
          headers: once(key),
          body: {
            field: field || 'other',
            value: value.trim(),
            source: source.trim(),
            asOf,
            note: note.trim() || null,
          },
        }),
      ),
    onSuccess: useSaved(['cluster'], draft, close),
  });
  return (
    <KeptForm
      form={form}
      draft={draft}
      save={{ send: save.mutate, saving: save.isPending, error: save.error }}
      close={close}
    >
      <FactFields form={form} />
    </KeptForm>
  );
}

function FactFields({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation('cluster');
  return (
    <>
      <Select
        label={t('sources.about')}
        required
        data={FIELDS.map((value) => ({ value, label: t(`sources.field.${value}`) }))}
        {...form.getInputProps('field')}
      />
      <TextInput
        label={t('sources.value')}
        description={t('sources.valueHint')}
        required
        maxLength={500}
        {...form.getInputProps('value')}
      />
      <TextInput label={t('source')} required maxLength={500} {...form.getInputProps('source')} />
      <DayField label={t('sources.asOf')} clearable maxDate={today()} {...form.getInputProps('asOf')} />
      <Textarea label={t('note')} autosize minRows={2} maxLength={2000} {...form.getInputProps('note')} />
    </>
  );
}
