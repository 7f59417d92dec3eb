import { Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayField } from '../../components/day-field';
import { DraftNote, FormFoot, Refused } from '../../components/form-parts';
import { QueryState } from '../../components/states';
import { api, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { showFaults } from '../../lib/form-faults';
import { today } from '../../lib/format';
import { useStageName } from '../../lib/pipelines';
import type { components } from '../../api/schema';
import { destinations, useStageMove, useStages, type MovableLead } from './stage-move';
import {
  ClusterField,
  EvidenceFields,
  LostFields,
  ProvenAlready,
  StandsBetween,
  WakeField,
} from './stage-move-fields';
import { gatesOf, toMoveBody, useMoveForm, usualPaper, type Gates } from './stage-move-form';

type Lead = components['schemas']['LeadAnswer'];
type History = components['schemas']['StageHistory'];

interface DialogProps {
  /** The lead to move; null: the dialog is closed. */
  lead: MovableLead | null;
  /** Where to, when it is known; it can be changed in the dialog. */
  to?: string | null;
  onClose: () => void;
}

/** Asks for what the gate of a stage needs, and moves the lead; nothing typed is lost when the server refuses. */
export function StageMoveDialog({ lead, to, onClose }: DialogProps) {
  const { t } = useTranslation('stage-move');
  return (
    <Modal
      opened={lead !== null}
      onClose={onClose}
      title={lead ? t('title', { firm: lead.firm.name }) : ''}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close', { ns: 'common' }) }}
    >
      {lead && <Asked key={`${lead.id}-${to}`} lead={lead} to={to ?? null} onClose={onClose} />}
    </Modal>
  );
}

interface AskedProps {
  lead: MovableLead;
  to: string | null;
  onClose: () => void;
}

function Asked({ lead, to, onClose }: AskedProps) {
  const params = { path: { id: lead.id } };
  const facts = useQuery({
    queryKey: ['lead', lead.id, 'move'],
    queryFn: async ({ signal }): Promise<{ lead: Lead; history: History }> => {
      const [current, history] = await Promise.all([
        take(api.GET('/api/v1/leads/{id}', { params, signal })),
        take(api.GET('/api/v1/leads/{id}/stage-history', { params, signal })),
      ]);
      return { lead: current, history };
    },
    staleTime: 0,
  });
  return (
    <QueryState query={facts}>
      {(read) => <MoveFormBody lead={read.lead} history={read.history} to={to} onClose={onClose} />}
    </QueryState>
  );
}

function GateFields({ gates, form }: { gates: Gates; form: ReturnType<typeof useMoveForm> }) {
  return (
    <>
      {gates.lost && <LostFields form={form} />}
      {gates.dormant && <WakeField form={form} />}
      {gates.cluster && <ClusterField form={form} />}
      {gates.proven && <ProvenAlready paper={gates.proven} />}
      {gates.evidence && <EvidenceFields form={form} />}
    </>
  );
}

function DayAndNote({ gates, form }: { gates: Gates; form: ReturnType<typeof useMoveForm> }) {
  const { t } = useTranslation('stage-move');
  return (
    <>
      <DayField
        label={t('on')}
        withAsterisk
        maxDate={today()}
        minDate={gates.notBefore ?? undefined}
        {...form.getInputProps('on')}
      />
      <Textarea
        label={t('note')}
        description={gates.note ? t('noteWhy') : undefined}
        withAsterisk={gates.note || form.values.lostReason === 'other'}
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('note')}
      />
    </>
  );
}

interface BodyProps extends AskedProps {
  lead: Lead;
  history: History;
}

/** The lead as it was when the dialog opened: while the move is under way, news of it changes nothing here. */
function useMoveDialog({ lead: read, history: told, to: wished, onClose }: BodyProps) {
  const { t } = useTranslation('stage-move');
  const nameOf = useStageName();
  const [{ lead, history }] = useState({ lead: read, history: told });
  const stages = useStages(lead.kind);
  const choices = destinations(lead, stages);
  const [to, setTo] = useState(wished && choices.includes(wished) ? wished : null);
  const gates = gatesOf(lead, to ?? lead.stage, stages, history.items);
  const form = useMoveForm(gates, to);
  const draft = useDraft(`stage-move:${lead.id}`, form);
  const [refusal, setRefusal] = useState<string | null>(
    wished && wished !== lead.stage && !choices.includes(wished)
      ? t('notFromHere', { from: nameOf(lead.kind, lead.stage), to: nameOf(lead.kind, wished) })
      : null,
  );
  const leave = () => {
    draft.forget();
    onClose();
  };
  const move = useStageMove(leave);
  const choose = (stage: string | null) => {
    setTo(stage);
    if (!form.isTouched('evidence.kind')) form.setFieldValue('evidence.kind', usualPaper(stage));
    setRefusal(null);
    form.clearErrors();
  };
  const submit = form.onSubmit((values) => {
    if (!to) return;
    setRefusal(null);
    const clusterIds = gates.cluster ? values.clusterIds : [];
    move.mutate(
      { lead, body: toMoveBody(to, values, gates), clusterIds, quiet: true },
      { onError: (error) => setRefusal(showFaults(form, error)) },
    );
  });
  return {
    lead,
    choices,
    to,
    gates,
    form,
    refusal,
    leave,
    choose,
    submit,
    moving: move.isPending,
    restored: draft.restored,
  };
}

function MoveFormBody(props: BodyProps) {
  const { t } = useTranslation('stage-move');
  const nameOf = useStageName();
  const { lead, choices, to, gates, form, refusal, leave, choose, submit, moving, restored } =
    useMoveDialog(props);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          {t('from', { reference: lead.reference, stage: nameOf(lead.kind, lead.stage) })}
        </Text>
        <DraftNote restored={restored} />
        <Refused reason={refusal} title={t('refused')} />
        <Select
          label={t('to')}
          withAsterisk
          data={choices.map((value) => ({ value, label: nameOf(lead.kind, value) }))}
          value={to}
          onChange={choose}
          allowDeselect={false}
          data-autofocus={to ? undefined : true}
        />
        {to && gates.between && (
          <StandsBetween lead={lead} stage={gates.between} to={to} goThere={() => choose(gates.between)} />
        )}
        {to && !gates.between && (
          <>
            <GateFields gates={gates} form={form} />
            <DayAndNote gates={gates} form={form} />
          </>
        )}
        <FormFoot
          onClose={leave}
          saving={moving}
          submit={to ? t('submit', { stage: nameOf(lead.kind, to) }) : t('submitPlain')}
          disabled={!to || gates.between !== null}
          sticky
        />
      </Stack>
    </form>
  );
}
