import { Modal, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Difference } from '../../components/conflict';
import { DraftNote, FormFoot, Refused } from '../../components/form-parts';
import { clusterNamesQuery, colleaguesQuery } from '../../components/selects';
import { tellDone } from '../../components/tell';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { formatDay, formatMoneyInFull } from '../../lib/format';
import { hasStatus } from '../../lib/problem';
import { RoundFields } from './round-fields';
import { FORM_NAMES, toRoundBody, useRoundForm, valuesOf } from './round-form';
import { plansQuery, roundQuery, type Round } from './round-queries';

type Body = ReturnType<typeof toRoundBody>;

interface EditProps {
  round: Round;
  onClose: () => void;
}

export function EditRoundDialog({ opened, ...props }: EditProps & { opened: boolean }) {
  const { t } = useTranslation('rounds');
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      size="lg"
      title={t('editTitle')}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      <Edit {...props} />
    </Modal>
  );
}

/** The fields in which two versions of a round differ, as words. */
function useDifferences() {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  return (mine: Body, saved: Round): Difference[] => {
    const theirs = toRoundBody(valuesOf(saved));
    const nameIn = (items: { id: string; name: string }[] | undefined, id: string | null | undefined) =>
      items?.find((one) => one.id === id)?.name ?? '–';
    const clusters = client.getQueryData(clusterNamesQuery.queryKey)?.items;
    const words: { field: string; of: (body: Body) => string }[] = [
      { field: t('form.name'), of: (body) => body.name },
      { field: t('form.code'), of: (body) => body.code },
      { field: t('kind'), of: ({ kind }) => (kind ? t(`kinds.${kind}`) : '–') },
      { field: t('form.startsOn'), of: (body) => formatDay(body.startsOn) },
      { field: t('form.endsOn'), of: (body) => formatDay(body.endsOn) },
      { field: t('budget'), of: ({ budget }) => (budget ? formatMoneyInFull(budget) : '–') },
      ...(['firms', 'leads', 'meetings'] as const).map((goal) => ({
        field: t(`goal.${goal}`),
        of: ({ goals }: Body) => String(goals?.[goal] ?? '–'),
      })),
      { field: t('form.goalNote'), of: ({ goals }) => goals?.note ?? '–' },
      {
        field: t('clusters'),
        of: ({ clusterIds = [] }) =>
          clusterIds
            .map((id) => nameIn(clusters, id))
            .sort()
            .join(', ') || '–',
      },
      {
        field: t('plan'),
        of: (body) => nameIn(client.getQueryData(plansQuery.queryKey)?.items, body.followUpPlanId),
      },
      {
        field: t('owner'),
        of: (body) => nameIn(client.getQueryData(colleaguesQuery.queryKey), body.ownerId),
      },
    ];
    return words
      .map(({ field, of }) => ({ field, mine: of(mine), theirs: of(theirs) }))
      .filter((one) => one.mine !== one.theirs);
  };
}

function useSaveRound(round: Round, done: () => void) {
  const client = useQueryClient();
  const { t } = useTranslation();
  const path = { path: { id: round.id } };
  const keep = (saved: Round) => {
    client.setQueryData(roundQuery(round.id).queryKey, saved);
    void client.invalidateQueries({ queryKey: ['round', 'list'] });
    done();
  };
  return useVersionedSave<Round, Body>({
    send: (body, version) =>
      take(api.PATCH('/api/v1/rounds/{id}', { params: path, headers: ifMatch(version), body })),
    current: () => take(api.GET('/api/v1/rounds/{id}', { params: path })),
    differences: useDifferences(),
    onSaved: (saved) => {
      keep(saved);
      tellDone(t('saved'));
    },
    onTheirs: keep,
  });
}

function Edit({ round: read, onClose }: EditProps) {
  // as it was when the dialog opened: news of it must not pass for what was seen
  const [round] = useState(read);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useRoundForm(valuesOf(round));
  const draft = useDraft(`round:${round.id}`, form);
  const save = useSaveRound(round, () => {
    draft.forget();
    onClose();
  });
  useEffect(() => {
    if (save.error && !hasStatus(save.error, 412)) setRefusal(showFaults(form, save.error, FORM_NAMES));
    // once for each refusal
  }, [save.error]);
  const submit = form.onSubmit((values) => {
    setRefusal(null);
    save.mutate({ body: toRoundBody(values), version: round.version });
  });
  return (
    <form noValidate onSubmit={submit}>
      <Stack>
        <DraftNote
          restored={draft.restored}
          discard={() => {
            form.reset();
            draft.forget();
          }}
        />
        <Refused reason={refusal} />
        <RoundFields form={form} />
        <FormFoot onClose={onClose} saving={save.isPending} />
      </Stack>
    </form>
  );
}
