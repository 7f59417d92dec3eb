import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import i18n from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { FormDialog } from '../../components/form-dialog';
import { tellDone, tellFailure } from '../../components/tell';
import { sentWords, TranslatedFields, typedWords, wordsHere } from '../../components/translated';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { today } from '../../lib/format';
import { KeptForm, useSaved } from './kept-form';
import { UTILITY_STATES, type Utility } from './land-queries';
import { useSave } from './use-save';

interface UtilityDialogProps {
  clusterId: string;
  kind: Utility['kind'];
  /** What was entered; null: nothing yet. */
  utility: Utility | null;
  close: () => void;
}

const NOT_KNOWN = 'unknown';

function valuesOf(utility: Utility | null) {
  return {
    version: utility?.version ?? 0,
    state: (utility?.state ?? NOT_KNOWN) as Utility['state'] | typeof NOT_KNOWN,
    capacity: typedWords(utility?.capacity),
    note: typedWords(utility?.note),
    source: utility?.source ?? '',
    asOf: utility?.asOf ?? null,
  };
}
type Values = ReturnType<typeof valuesOf>;

const body = ({ state, capacity, note, source, asOf }: Values) => ({
  state: state === NOT_KNOWN ? ('missing' as const) : state,
  capacity: sentWords(capacity),
  note: sentWords(note),
  source: source.trim(),
  asOf,
});
type Body = ReturnType<typeof body>;

export function UtilityDialog(props: UtilityDialogProps) {
  const { t } = useTranslation('cluster-public');
  return (
    <FormDialog opened close={props.close} title={t(`utility.kind.${props.kind}`)}>
      <UtilityForm {...props} />
    </FormDialog>
  );
}

function useSaveUtility({ clusterId, kind, utility }: UtilityDialogProps, onSaved: () => void) {
  const { t } = useTranslation('cluster-public');
  const params = { path: { id: clusterId } };
  const find = (items: Utility[]) => items.find((one) => one.kind === kind)!;
  return useSave<Utility, Values, Body>({
    isNew: !utility,
    create: async (values, headers) =>
      find(
        (
          await take(
            api.POST('/api/v1/clusters/{id}/utilities', {
              params,
              headers,
              body: { kind, ...body(values) },
            }),
          )
        ).utilities,
      ),
    change: async (changes, version) =>
      find(
        (
          await take(
            api.PATCH('/api/v1/clusters/{id}/utilities/{utilityId}', {
              params: { path: { id: clusterId, utilityId: utility?.id ?? '' } },
              headers: ifMatch(version),
              body: changes,
            }),
          )
        ).utilities,
      ),
    changes: body,
    current: async () => find((await take(api.GET('/api/v1/clusters/{id}/land', { params }))).utilities),
    differences: (mine, theirs) =>
      [
        {
          field: t('utility.is'),
          mine: t(`utility.state.${mine.state}`),
          theirs: t(`utility.state.${theirs.state}`),
        },
        {
          field: t('utility.capacity'),
          mine: mine.capacity ? wordsHere(mine.capacity) : i18n.t('unknown'),
          theirs: theirs.capacity ? wordsHere(theirs.capacity) : i18n.t('unknown'),
        },
        { field: t('source'), mine: mine.source, theirs: theirs.source },
      ].filter((one) => one.mine !== one.theirs),
    onSaved,
  });
}

/** Back to not known; what was entered can be brought back. */
function useForget({ clusterId, kind, utility }: UtilityDialogProps, done: () => void) {
  const { t } = useTranslation('cluster-public');
  const client = useQueryClient();
  const settled = {
    onError: tellFailure,
    onSettled: () => void client.invalidateQueries({ queryKey: ['cluster'] }),
  };
  const restore = useMutation({
    mutationFn: ({ state, capacity, note, source, asOf }: Utility) =>
      take(
        api.POST('/api/v1/clusters/{id}/utilities', {
          params: { path: { id: clusterId } },
          body: { kind, state, capacity, note, source, asOf },
        }),
      ),
    ...settled,
  });
  return useMutation({
    mutationFn: ({ id, version }: Utility) =>
      take(
        api.DELETE('/api/v1/clusters/{id}/utilities/{utilityId}', {
          params: { path: { id: clusterId, utilityId: id ?? '' } },
          headers: ifMatch(version),
        }),
      ),
    onSuccess: () => {
      done();
      tellDone(
        t('utility.forgotten', { name: t(`utility.kind.${kind}`) }),
        () => utility && restore.mutate(utility),
      );
    },
    ...settled,
  });
}

function UtilityForm(given: UtilityDialogProps) {
  const { t } = useTranslation('cluster-public');
  const [props] = useState(given);
  const { clusterId, kind, utility } = props;
  const form = useForm<Values>({
    initialValues: valuesOf(utility),
    validate: {
      source: (value, { state }) => (state === NOT_KNOWN || value.trim() ? null : i18n.t('required')),
    },
  });
  const draft = useDraft(`cluster-utility:${clusterId}:${kind}`, form);
  const end = () => {
    draft.forget();
    given.close();
  };
  const save = useSaveUtility(props, useSaved(['cluster'], draft, given.close));
  const forget = useForget(props, end);
  const send = (values: Values) => {
    if (values.state !== NOT_KNOWN) save.send(values);
    else if (utility) forget.mutate(utility);
    else end();
  };
  const known = form.values.state !== NOT_KNOWN;
  return (
    <KeptForm
      form={form}
      draft={draft}
      save={{ send, saving: save.saving || forget.isPending, error: save.error }}
      close={given.close}
    >
      <Select
        label={t('utility.is')}
        allowDeselect={false}
        data={[
          { value: NOT_KNOWN, label: i18n.t('unknown') },
          ...UTILITY_STATES.map((value) => ({ value, label: t(`utility.state.${value}`) })),
        ]}
        {...form.getInputProps('state')}
      />
      {known && (
        <>
          <TranslatedFields form={form} path="capacity" label={t('utility.capacity')} />
          <TranslatedFields form={form} path="note" label={t('note')} />
          <TextInput label={t('source')} required maxLength={500} {...form.getInputProps('source')} />
          <DayField label={t('asOf')} clearable maxDate={today()} {...form.getInputProps('asOf')} />
        </>
      )}
    </KeptForm>
  );
}
