import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { tellDone } from '../../components/tell';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { formatDay } from '../../lib/format';
import { hasStatus } from '../../lib/problem';
import type { Exception, ExceptionBody } from './calendar';
import { FormDialog } from './dialog';

const FIELDS = ['day', 'kind', 'nameVi', 'nameEn', 'source'] as const;

/** Sends a new exception, or the change of one for the version that was read. */
async function send(known: Exception | undefined, body: ExceptionBody, version: number, key: string) {
  if (!known) return take(api.POST('/api/v1/calendar/exceptions', { body, headers: once(key) }));
  const params = { path: { id: known.id } };
  return take(api.PATCH('/api/v1/calendar/exceptions/{id}', { params, body, headers: ifMatch(version) }));
}

function useExceptionForm(known: Exception | undefined, onClose: () => void) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const [key] = useState(newKey);
  const [refusal, setRefusal] = useState<string | null>(null);
  const missing = (value: string) => (value.trim() ? null : t('required'));
  const { day = '', kind = 'day_off', nameVi = '', nameEn = '', source = '' } = known ?? {};
  const form = useForm<ExceptionBody & Record<string, unknown>>({
    initialValues: { day, kind, nameVi, nameEn, source },
    validate: { day: missing, nameVi: missing, nameEn: missing, source: missing },
  });
  const draft = useDraft(`calendar:${known?.id ?? 'new'}`, form);
  const done = () => {
    draft.forget();
    void client.invalidateQueries({ queryKey: ['calendar'] });
    onClose();
  };
  const words = (field: (typeof FIELDS)[number], value: string) =>
    field === 'day' ? formatDay(value) : field === 'kind' ? t(`calendar.kind.${value}`) : value;
  const save = useVersionedSave<Exception, ExceptionBody>({
    send: (body, version) => send(known, body, version, key),
    current: () =>
      take(api.GET('/api/v1/calendar/exceptions/{id}', { params: { path: { id: known?.id ?? '' } } })),
    differences: (mine, theirs) =>
      FIELDS.filter((field) => theirs[field] !== known?.[field] && theirs[field] !== mine[field]).map(
        (field) => ({
          field: t(`calendar.${field}`),
          mine: words(field, mine[field]),
          theirs: words(field, theirs[field]),
        }),
      ),
    onSaved: () => {
      tellDone(t('saved', { ns: 'common' }));
      done();
    },
    onTheirs: done,
  });
  const submit = form.onSubmit((body) =>
    save.mutate(
      { body: body as ExceptionBody, version: known?.version ?? 0 },
      { onError: (error) => !hasStatus(error, 412) && setRefusal(showFaults(form, error)) },
    ),
  );
  return { form, draft, save, submit, refusal };
}

interface DialogProps {
  known?: Exception;
  onClose: () => void;
}

/** A day that was announced to be off, or to be worked, with the text that says so. */
export function CalendarDialog({ known, onClose }: DialogProps) {
  const { t } = useTranslation('admin');
  const { form, save, submit, refusal } = useExceptionForm(known, onClose);
  return (
    <FormDialog
      title={t(known ? 'calendar.edit' : 'calendar.add')}
      onClose={onClose}
      onSubmit={submit}
      saving={save.isPending}
      action={t('save', { ns: 'common' })}
      refusal={refusal}
    >
      <DayField
        label={t('calendar.day')}
        withAsterisk
        data-autofocus
        {...form.getInputProps('day')}
        onChange={(day) => form.setFieldValue('day', day ?? '')}
      />
      <Radio.Group label={t('calendar.kindLabel')} {...form.getInputProps('kind')}>
        <Stack gap="xs" mt={4}>
          <Radio value="day_off" label={t('calendar.offText')} />
          <Radio value="working_day" label={t('calendar.workText')} />
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('calendar.nameVi')}
        withAsterisk
        maxLength={200}
        {...form.getInputProps('nameVi')}
      />
      <TextInput
        label={t('calendar.nameEn')}
        withAsterisk
        maxLength={200}
        {...form.getInputProps('nameEn')}
      />
      <Textarea
        label={t('calendar.source')}
        description={t('calendar.sourceText')}
        withAsterisk
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps('source')}
      />
    </FormDialog>
  );
}
