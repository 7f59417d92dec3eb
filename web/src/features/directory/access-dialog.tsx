import { NumberInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FormDialog } from '../../components/form-dialog';
import { neededWords, sentWords, TranslatedFields, typedWords, wordsHere } from '../../components/translated';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { today } from '../../lib/format';
import { KeptForm, useSaved } from './kept-form';
import { ACCESS_KINDS, type Access } from './land-queries';
import { useSave } from './use-save';

interface AccessDialogProps {
  clusterId: string;
  /** The one to change; null: a new one. */
  access: Access | null;
  close: () => void;
}

function valuesOf(access: Access | null) {
  return {
    version: access?.version ?? 0,
    kind: access?.kind ?? ('' as Access['kind'] | ''),
    name: typedWords(access?.name),
    distanceKm: (access?.distanceKm ?? '') as number | string,
    note: typedWords(access?.note),
    source: access?.source ?? '',
    asOf: access?.asOf ?? null,
  };
}
type Values = ReturnType<typeof valuesOf>;

const body = ({ kind, name, distanceKm, note, source, asOf }: Values) => ({
  kind: kind || ('city' as const),
  name: neededWords(name),
  distanceKm: distanceKm === '' ? null : Number(distanceKm),
  note: sentWords(note),
  source: source.trim(),
  asOf,
});
type Body = ReturnType<typeof body>;

export function AccessDialog(props: AccessDialogProps) {
  const { t } = useTranslation('cluster-public');
  return (
    <FormDialog opened close={props.close} title={t(props.access ? 'access.edit' : 'access.add')}>
      <AccessForm {...props} />
    </FormDialog>
  );
}

function useSaveAccess(clusterId: string, access: Access | null, onSaved: () => void) {
  const { t } = useTranslation('cluster-public');
  const params = { path: { id: clusterId } };
  const mine = access?.id ?? '';
  return useSave<Access, Values, Body>({
    isNew: !access,
    create: async (values, headers) => {
      const land = await take(
        api.POST('/api/v1/clusters/{id}/access', { params, headers, body: body(values) }),
      );
      return land.access.at(-1)!;
    },
    change: async (changes, version) => {
      const land = await take(
        api.PATCH('/api/v1/clusters/{id}/access/{accessId}', {
          params: { path: { id: clusterId, accessId: mine } },
          headers: ifMatch(version),
          body: changes,
        }),
      );
      return land.access.find(({ id }) => id === mine)!;
    },
    changes: body,
    current: async () => {
      const land = await take(api.GET('/api/v1/clusters/{id}/land', { params }));
      return land.access.find(({ id }) => id === mine)!;
    },
    differences: (given, theirs) =>
      [
        { field: t('access.name'), mine: wordsHere(given.name), theirs: wordsHere(theirs.name) },
        {
          field: t('access.distance'),
          mine: given.distanceKm === null ? i18n.t('unknown') : String(given.distanceKm),
          theirs: theirs.distanceKm === null ? i18n.t('unknown') : String(theirs.distanceKm),
        },
        { field: t('source'), mine: given.source, theirs: theirs.source },
      ].filter((one) => one.mine !== one.theirs),
    onSaved,
  });
}

function AccessForm({ clusterId, access: given, close }: AccessDialogProps) {
  const { t } = useTranslation('cluster-public');
  const [access] = useState(given);
  const form = useForm<Values>({
    initialValues: valuesOf(access),
    validate: {
      kind: (value) => (value ? null : i18n.t('required')),
      name: { vi: (value) => (value.trim() ? null : i18n.t('required')) },
      source: (value) => (value.trim() ? null : i18n.t('required')),
    },
  });
  const draft = useDraft(`cluster-access:${access?.id ?? clusterId}`, form);
  const save = useSaveAccess(clusterId, access, useSaved(['cluster'], draft, close));
  return (
    <KeptForm form={form} draft={draft} save={save} close={close}>
      <Select
        label={t('access.what')}
        required
        data={ACCESS_KINDS.map((value) => ({ value, label: t(`access.kind.${value}`) }))}
        {...form.getInputProps('kind')}
      />
      <TranslatedFields form={form} path="name" label={t('access.name')} required />
      <NumberInput
        label={t('access.distance')}
        description={t('access.distanceHint')}
        suffix=" km"
        min={0}
        decimalScale={1}
        decimalSeparator={i18n.language === 'en' ? '.' : ','}
        {...form.getInputProps('distanceKm')}
      />
      <TranslatedFields form={form} path="note" label={t('note')} />
      <TextInput label={t('source')} required maxLength={500} {...form.getInputProps('source')} />
      <DayField label={t('asOf')} clearable maxDate={today()} {...form.getInputProps('asOf')} />
    </KeptForm>
  );
}
