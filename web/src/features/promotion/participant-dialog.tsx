import { Anchor, Modal, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote, FormFoot, Refused } from '../../components/form-parts';
import { ClustersSelect, clusterNamesQuery } from '../../components/selects';
import { tellDone } from '../../components/tell';
import { useVersionedSave } from '../../components/versioned';
import { api, ifMatch, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { useMay } from '../../lib/session';
import { firmContactsQuery } from '../directory/directory-queries';
import { putParticipation } from './mark-attended';
import { PARTICIPATION_STATUSES, type Participation, type ParticipationStatus } from './round-queries';
import { hasStatus } from '../../lib/problem';

interface DialogProps {
  participation: Participation | null;
  onClose: () => void;
}

/** What a participant asked about, and who they are. */
export function ParticipantDialog({ participation, onClose }: DialogProps) {
  const { t } = useTranslation('rounds');
  return (
    <Modal
      opened={participation !== null}
      onClose={onClose}
      title={participation?.firm.name}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      {participation && <Details key={participation.id} participation={participation} onClose={onClose} />}
    </Modal>
  );
}

interface Values extends Record<string, unknown> {
  status: ParticipationStatus;
  contactId: string | null;
  clusterIds: string[];
  note: string;
}

const valuesOf = (one: Participation): Values => ({
  status: one.status,
  contactId: one.contact?.id ?? null,
  clusterIds: one.clusters.map(({ id }) => id),
  note: one.note ?? '',
});

function useSave(participation: Participation, done: () => void) {
  const { t } = useTranslation('rounds');
  const client = useQueryClient();
  const path = { path: { id: participation.roundId, participationId: participation.id } };
  const keep = (saved: Participation) => {
    putParticipation(client, saved);
    void client.invalidateQueries({ queryKey: ['round'] });
    done();
  };
  const clusterNames = (ids: string[]) => {
    const all = client.getQueryData(clusterNamesQuery.queryKey)?.items ?? [];
    return (
      all
        .filter(({ id }) => ids.includes(id))
        .map(({ name }) => name)
        .join(', ') || '–'
    );
  };
  return useVersionedSave<Participation, Values>({
    send: ({ note, ...body }, version) =>
      take(
        api.PATCH('/api/v1/rounds/{id}/participations/{participationId}', {
          params: path,
          headers: ifMatch(version),
          body: { ...body, note: note.trim() || null },
        }),
      ),
    current: () => take(api.GET('/api/v1/rounds/{id}/participations/{participationId}', { params: path })),
    differences: (mine, saved) => {
      const theirs = valuesOf(saved);
      const words = (of: (values: Values) => string, field: string) => ({
        field,
        mine: of(mine),
        theirs: of(theirs),
      });
      return [
        words(({ status }) => t(`people.statuses.${status}`), t('people.statusLabel')),
        words(({ clusterIds }) => clusterNames(clusterIds), t('people.asked')),
        words(({ note }) => note.trim() || '–', t('people.note')),
      ].filter((one) => one.mine !== one.theirs);
    },
    onSaved: (saved) => {
      keep(saved);
      tellDone(t('saved', { ns: 'common' }));
    },
    onTheirs: keep,
  });
}

interface FieldsProps {
  form: UseFormReturnType<Values>;
  firmId: string;
}

function Fields({ form, firmId }: FieldsProps) {
  const { t } = useTranslation('rounds');
  const contacts = useQuery(firmContactsQuery(firmId)).data?.items ?? [];
  return (
    <>
      <SegmentedControl
        aria-label={t('people.statusLabel')}
        orientation="vertical"
        fullWidth
        data={PARTICIPATION_STATUSES.map((value) => ({ value, label: t(`people.statuses.${value}`) }))}
        {...form.getInputProps('status')}
      />
      <Select
        label={t('people.contact')}
        placeholder={t('add.mainContact')}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        data={contacts.map(({ id, fullName }) => ({ value: id, label: fullName }))}
        {...form.getInputProps('contactId')}
      />
      <ClustersSelect label={t('people.asked')} maxValues={40} {...form.getInputProps('clusterIds')} />
      <Textarea
        label={t('people.note')}
        autosize
        minRows={3}
        maxLength={4000}
        {...form.getInputProps('note')}
      />
    </>
  );
}

function About({ participation }: { participation: Participation }) {
  const { t } = useTranslation('rounds');
  return (
    <Text size="sm" c="dimmed">
      {[
        participation.event?.name ?? t('people.whole'),
        t(`kind.${participation.leadKind}`, { ns: 'common' }),
      ].join(' · ')}
      {participation.lead && (
        <>
          {' · '}
          <Anchor component={Link} to={`/leads/${participation.lead.id}`} inherit underline="always">
            {t('people.openLead', { reference: participation.lead.reference })}
          </Anchor>
        </>
      )}
    </Text>
  );
}

function Details({ participation: read, onClose }: { participation: Participation; onClose: () => void }) {
  const [participation] = useState(read);
  const mayWrite = useMay('round.write');
  const form = useForm<Values>({ initialValues: valuesOf(participation) });
  const draft = useDraft(`participation:${participation.id}`, form);
  const save = useSave(participation, () => {
    draft.forget();
    onClose();
  });
  const refused = save.error && !hasStatus(save.error, 412) ? save.error.message : null;
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((body) => save.mutate({ body, version: participation.version }))}
    >
      <Stack>
        <DraftNote
          restored={draft.restored}
          discard={() => {
            form.reset();
            draft.forget();
          }}
        />
        <Refused reason={refused} />
        <About participation={participation} />
        <Fields form={form} firmId={participation.firm.id} />
        {mayWrite && <FormFoot onClose={onClose} saving={save.isPending} />}
      </Stack>
    </form>
  );
}
