import { MultiSelect, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FormDialog, FormFrame } from '../../components/form-dialog';
import { ClustersSelect } from '../../components/selects';
import { tellDone } from '../../components/tell';
import { TranslatedFields } from '../../components/translated';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, newKey, once, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { formatDay } from '../../lib/format';
import { showFaults } from '../../lib/form-faults';
import { hasStatus } from '../../lib/problem';
import {
  districtsQuery,
  incentiveBody,
  incentiveValues,
  type Incentive,
  type IncentiveBody,
  type IncentiveValues,
} from './incentives';

interface IncentiveDialogProps {
  /** The one to change; null: a new one. */
  incentive: Incentive | null;
  close: () => void;
}

export function IncentiveDialog(props: IncentiveDialogProps) {
  const { t } = useTranslation('admin-incentives');
  return (
    <FormDialog opened close={props.close} size="xl" title={t(props.incentive ? 'editTitle' : 'add')}>
      <IncentiveForm {...props} />
    </FormDialog>
  );
}

function differences(mine: IncentiveBody, theirs: Incentive) {
  const word = (key: string) => i18n.t(key, { ns: 'admin-incentives' });
  return [
    { field: word('title'), mine: mine.title.vi, theirs: theirs.title.vi },
    { field: word('text'), mine: mine.text.vi, theirs: theirs.text.vi },
    { field: word('legalDocument'), mine: mine.legalDocument, theirs: theirs.legalDocument },
    {
      field: word('effectiveFrom'),
      mine: formatDay(mine.effectiveFrom),
      theirs: formatDay(theirs.effectiveFrom),
    },
    {
      field: word('isPublic'),
      mine: word(`public.${mine.isPublic}`),
      theirs: word(`public.${theirs.isPublic}`),
    },
  ].filter((one) => one.mine !== one.theirs);
}

function useSaveIncentive(incentive: Incentive | null, done: () => void) {
  const client = useQueryClient();
  const [key] = useState(newKey);
  const onSaved = () => {
    void client.invalidateQueries({ queryKey: ['incentive'] });
    void client.invalidateQueries({ queryKey: ['cluster'] });
    done();
    tellDone(i18n.t('saved'));
  };
  const create = useMutation({
    mutationFn: (values: IncentiveValues) =>
      take(
        api.POST('/api/v1/incentives', {
          headers: once(key),
          body: { code: values.code.trim(), ...incentiveBody(values) },
        }),
      ),
    onSuccess: onSaved,
  });
  const path = { params: { path: { id: incentive?.id ?? '' } } };
  const change = useVersionedSave<Incentive, IncentiveBody>({
    send: (body, version) =>
      take(api.PATCH('/api/v1/incentives/{id}', { ...path, headers: ifMatch(version), body })),
    current: () => take(api.GET('/api/v1/incentives/{id}', path)),
    differences,
    onSaved,
    onTheirs: onSaved,
  });
  return {
    send: (values: IncentiveValues, refused: (error: unknown) => void) =>
      incentive
        ? change.mutate({ body: incentiveBody(values), version: values.version }, { onError: refused })
        : create.mutate(values, { onError: refused }),
    saving: create.isPending || change.isPending,
  };
}

const required = (value: string) => (value.trim() ? null : i18n.t('required'));

function IncentiveForm({ incentive: given, close }: IncentiveDialogProps) {
  const [incentive] = useState(given);
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm<IncentiveValues>({
    initialValues: incentiveValues(incentive),
    validate: {
      code: (value) => (incentive ? null : required(value)),
      title: { vi: required },
      text: { vi: required },
      legalDocument: required,
      effectiveFrom: (value) => (value ? null : i18n.t('required')),
    },
  });
  const draft = useDraft(`incentive:${incentive?.id ?? 'new'}`, form);
  const save = useSaveIncentive(incentive, () => {
    draft.forget();
    close();
  });
  const send = form.onSubmit((values) =>
    save.send(values, (error) => setFault(hasStatus(error, 412) ? null : showFaults(form, error))),
  );
  return (
    <FormFrame
      onSubmit={send}
      close={close}
      saving={save.saving}
      fault={fault}
      restored={draft.restored}
      discard={() => {
        form.reset();
        draft.forget();
      }}
    >
      <IncentiveWords form={form} isNew={!incentive} />
      <IncentiveReach form={form} />
    </FormFrame>
  );
}

function IncentiveWords({ form, isNew }: { form: UseFormReturnType<IncentiveValues>; isNew: boolean }) {
  const { t } = useTranslation('admin-incentives');
  return (
    <>
      {isNew && (
        <TextInput
          label={t('code')}
          description={t('codeHint')}
          required
          maxLength={60}
          data-autofocus
          {...form.getInputProps('code')}
        />
      )}
      <TranslatedFields form={form} path="title" label={t('title')} required />
      <TranslatedFields form={form} path="text" label={t('text')} required long />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('legalDocument')}
          required
          maxLength={300}
          {...form.getInputProps('legalDocument')}
        />
        <TextInput label={t('legalArticle')} maxLength={200} {...form.getInputProps('legalArticle')} />
        <TextInput label={t('sourceUrl')} maxLength={300} {...form.getInputProps('sourceUrl')} />
        <Select
          label={t('sourceGrade')}
          allowDeselect={false}
          data={(['law', 'secondary'] as const).map((value) => ({ value, label: t(`grade.${value}`) }))}
          {...form.getInputProps('sourceGrade')}
        />
      </SimpleGrid>
    </>
  );
}

function IncentiveReach({ form }: { form: UseFormReturnType<IncentiveValues> }) {
  const { t } = useTranslation('admin-incentives');
  const { scope } = form.values;
  const districts = useQuery({ ...districtsQuery, enabled: scope === 'districts' });
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t('appliesToLabel')}
          allowDeselect={false}
          data={(['both', 'infrastructure', 'secondary'] as const).map((value) => ({
            value,
            label: t(`appliesTo.${value}`),
          }))}
          {...form.getInputProps('appliesTo')}
        />
        <Select
          label={t('scopeLabel')}
          allowDeselect={false}
          data={(['all', 'districts', 'clusters'] as const).map((value) => ({
            value,
            label: t(`scope.${value}`),
          }))}
          {...form.getInputProps('scope')}
        />
      </SimpleGrid>
      {scope === 'districts' && (
        <MultiSelect
          label={t('districts')}
          required
          data={districts.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          {...form.getInputProps('planningDistrictIds')}
        />
      )}
      {scope === 'clusters' && (
        <ClustersSelect label={t('clusters')} required {...form.getInputProps('clusterIds')} />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <DayField label={t('effectiveFrom')} required {...form.getInputProps('effectiveFrom')} />
        <DayField
          label={t('effectiveTo')}
          description={t('effectiveToHint')}
          clearable
          {...form.getInputProps('effectiveTo')}
        />
      </SimpleGrid>
      <Switch
        label={t('isPublic')}
        description={t('isPublicHint')}
        {...form.getInputProps('isPublic', { type: 'checkbox' })}
      />
    </>
  );
}
