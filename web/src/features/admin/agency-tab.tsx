import { Alert, Button, Group, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { DraftNote, Refused } from '../../components/form-parts';
import { QueryState } from '../../components/states';
import { tellDone } from '../../components/tell';
import { sentWords, TranslatedFields, typedWords } from '../../components/translated';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { hasStatus } from '../../lib/problem';

type Agency = components['schemas']['AgencyAnswer'];

const readAgency = (signal?: AbortSignal) => take(api.GET('/api/v1/agency', { signal }));
const agencyQuery = queryOptions({ queryKey: ['agency'], queryFn: ({ signal }) => readAgency(signal) });

function valuesOf(agency: Agency) {
  return {
    name: typedWords(agency.nameIsAssumed ? null : agency.name),
    address: typedWords(agency.address),
    phone: agency.phone ?? '',
    email: agency.email ?? '',
    website: agency.website ?? '',
    workingHours: typedWords(agency.workingHours),
    licenceName: agency.openData.licence.name,
    licenceUrl: agency.openData.licence.url,
  };
}
type Values = ReturnType<typeof valuesOf>;

const body = ({ name, address, phone, email, website, workingHours, licenceName, licenceUrl }: Values) => ({
  name: sentWords(name),
  address: sentWords(address),
  phone: phone.trim() || null,
  email: email.trim() || null,
  website: website.trim() || null,
  workingHours: sentWords(workingHours),
  licenceName: licenceName.trim(),
  licenceUrl: licenceUrl.trim(),
});
type Body = ReturnType<typeof body>;

/** Who the agency is for investors: on every public page, on each cluster's sheet. */
export default function AgencyTab() {
  const query = useQuery(agencyQuery);
  return (
    <QueryState query={query}>{(agency) => <AgencyForm key={agency.version} agency={agency} />}</QueryState>
  );
}

function differences(mine: Body, theirs: Agency) {
  const other = body(valuesOf(theirs));
  const shown = (value: Body[keyof Body]) =>
    value === null ? i18n.t('unknown') : typeof value === 'string' ? value : value.vi;
  return (Object.keys(mine) as (keyof Body)[])
    .map((field) => ({
      field: i18n.t(`agency.${field}`, { ns: 'admin-agency' }),
      mine: shown(mine[field]),
      theirs: shown(other[field]),
    }))
    .filter((one) => one.mine !== one.theirs);
}

type AgencyFormState = UseFormReturnType<Values>;

function useAgencySave(form: AgencyFormState, keep: (saved: Agency) => void) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const save = useVersionedSave<Agency, Body>({
    send: async (changes, version) => {
      try {
        return await take(api.PATCH('/api/v1/agency', { headers: ifMatch(version), body: changes }));
      } catch (error) {
        setRefusal(hasStatus(error, 412) ? null : showFaults(form, error));
        throw error;
      }
    },
    current: () => readAgency(),
    differences,
    onSaved: (saved) => {
      keep(saved);
      tellDone(i18n.t('saved'));
    },
    onTheirs: keep,
  });
  return { save, refusal };
}

function AgencyForm({ agency: given }: { agency: Agency }) {
  const { t } = useTranslation('admin-agency');
  const client = useQueryClient();
  const [agency] = useState(given);
  const form = useForm<Values>({ initialValues: valuesOf(agency) });
  const draft = useDraft('agency', form);
  const keep = (saved: Agency) => {
    draft.forget();
    client.setQueryData(agencyQuery.queryKey, saved);
  };
  const { save, refusal } = useAgencySave(form, keep);
  const send = form.onSubmit((values) => save.mutate({ body: body(values), version: agency.version }));
  return (
    <form onSubmit={send} noValidate>
      <Stack maw={860}>
        <Text c="dimmed">{t('text')}</Text>
        {agency.nameIsAssumed && <Alert color="yellow">{t('assumed', { name: agency.name.vi })}</Alert>}
        <DraftNote
          restored={draft.restored}
          discard={() => {
            form.reset();
            draft.forget();
          }}
        />
        <TranslatedFields form={form} path="name" label={t('agency.name')} />
        <TranslatedFields form={form} path="address" label={t('agency.address')} />
        <TranslatedFields form={form} path="workingHours" label={t('agency.workingHours')} />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <TextInput label={t('agency.phone')} inputMode="tel" {...form.getInputProps('phone')} />
          <TextInput label={t('agency.email')} inputMode="email" {...form.getInputProps('email')} />
          <TextInput label={t('agency.website')} inputMode="url" {...form.getInputProps('website')} />
        </SimpleGrid>
        <OpenDataFields form={form} />
        <Refused reason={refusal} />
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending}>
            {t('save', { ns: 'common' })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function OpenDataFields({ form }: { form: AgencyFormState }) {
  const { t } = useTranslation('admin-agency');
  return (
    <>
      <Title order={2} size="h5">
        {t('openData')}
      </Title>
      <Text size="sm" c="dimmed">
        {t('openDataText')}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('agency.licenceName')}
          required
          maxLength={100}
          {...form.getInputProps('licenceName')}
        />
        <TextInput
          label={t('agency.licenceUrl')}
          required
          maxLength={300}
          {...form.getInputProps('licenceUrl')}
        />
      </SimpleGrid>
    </>
  );
}
