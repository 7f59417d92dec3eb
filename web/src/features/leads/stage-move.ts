import { useMutation, useMutationState, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { tellDone, tellFailure } from '../../components/tell';
import { api, ifMatch, take } from '../../lib/api';
import { pipelinesQuery, useStageName, type LeadKind, type Stage } from '../../lib/pipelines';

export type LeadRow = components['schemas']['LeadRowAnswer'];
export type MoveBody = components['schemas']['MoveLead'];

/** What a move needs to know of its lead; a row of a list and the lead itself both have it. */
export type MovableLead = Pick<LeadRow, 'id' | 'kind' | 'stage' | 'firm' | 'clusters' | 'version'> & {
  /** Where a lost or dormant lead came from, when it is known. */
  stageBeforeExit?: string | null;
};

export interface StageMove<L extends MovableLead = MovableLead> {
  lead: L;
  body: MoveBody;
  /** Set before the move, for a lead that is about no cluster yet. */
  clusterIds?: string[];
  /** The caller shows a refusal itself. */
  quiet?: boolean;
}

export const isExit = (stage: string): stage is 'lost' | 'dormant' => stage === 'lost' || stage === 'dormant';

const NO_STAGES: Stage[] = [];

/** The stages of one kind of lead, in the order of its way. */
export function useStages(kind: LeadKind): Stage[] {
  const { data } = useQuery(pipelinesQuery);
  return data?.items.find((pipeline) => pipeline.kind === kind)?.stages ?? NO_STAGES;
}

/** Where a lead may be moved: as the server decides it, gates aside. */
export function destinations(lead: MovableLead, stages: readonly Stage[]): string[] {
  const exits = ['dormant', 'lost'].filter((exit) => exit !== lead.stage);
  if (isExit(lead.stage)) {
    const before = lead.stageBeforeExit;
    return [...(before ? [before] : []), ...exits];
  }
  const current = stages.find(({ code }) => code === lead.stage);
  if (!current) return [];
  const steps = stages.filter(
    ({ position }) => position >= current.position - 1 && position !== current.position,
  );
  return [...steps.map(({ code }) => code), ...(current.isFinal ? [] : exits)];
}

/** The stages that a forward move reaches or passes over; none for any other move. */
export function passedStages(lead: MovableLead, to: string, stages: readonly Stage[]): Stage[] {
  const current = stages.find(({ code }) => code === lead.stage);
  const target = stages.find(({ code }) => code === to);
  if (!current || !target) return [];
  return stages.filter(({ position }) => position > current.position && position <= target.position);
}

/** Has the person to say something, or can the move go as it is? */
export function asksForMore(lead: MovableLead, to: string, stages: readonly Stage[]): boolean {
  const passed = passedStages(lead, to, stages);
  if (passed.length === 0) return true;
  return passed.some(
    ({ needsEvidence, needsCluster }) => needsEvidence || (needsCluster && lead.clusters.length === 0),
  );
}

/** One step on, or out: the server takes it back. From further on it does not. */
function canBeUndone({ lead, body }: StageMove, stages: readonly Stage[]): boolean {
  if (isExit(lead.stage)) return false;
  return isExit(body.to) || passedStages(lead, body.to, stages).length <= 1;
}

async function send({ lead, body, clusterIds }: StageMove) {
  const params = { path: { id: lead.id } };
  if (clusterIds?.length) {
    // read again: a try before may have set them, and only its stage was refused
    const { clusters, version } = await take(api.GET('/api/v1/leads/{id}', { params }));
    if (clusters.length === 0)
      await take(
        api.PATCH('/api/v1/leads/{id}', { params, body: { clusterIds }, headers: ifMatch(version) }),
      );
  }
  return take(api.POST('/api/v1/leads/{id}/stage', { params, body }));
}

const KEY = ['stage-move'];

/**
 * Moves a lead. Lists show it where it goes while the server is asked (`usePendingMoves`), and where it was when
 * the server refuses; what can be taken back is offered to be.
 */
export function useStageMove(onMoved?: () => void) {
  const { t } = useTranslation('stage-move');
  const client = useQueryClient();
  const nameOf = useStageName();
  const { data } = useQuery(pipelinesQuery);
  const move = useMutation({
    mutationKey: KEY,
    mutationFn: (variables: StageMove) => send(variables),
    onSuccess: (saved, variables) => {
      const { lead, body } = variables;
      const stages = data?.items.find(({ kind }) => kind === lead.kind)?.stages ?? [];
      const undo = () =>
        move.mutate({
          lead: { ...lead, stage: saved.stage, clusters: saved.clusters, version: saved.version },
          body: { to: lead.stage, note: t('undoNote') },
        });
      const message = t('moved', { firm: lead.firm.name, stage: nameOf(lead.kind, body.to) });
      tellDone(message, canBeUndone(variables, stages) ? undo : undefined);
      onMoved?.();
    },
    onError: (error, { quiet }) => {
      if (!quiet) tellFailure(error);
    },
    // pending until the lists have been read again: a card does not jump back in between
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['lead'] }),
        client.invalidateQueries({ queryKey: ['report'] }),
        client.invalidateQueries({ queryKey: ['today'] }),
      ]),
  });
  return move;
}

/** The moves that are under way. */
export function usePendingMoves<L extends MovableLead = MovableLead>(): StageMove<L>[] {
  return useMutationState({
    filters: { mutationKey: KEY, status: 'pending' },
    select: (mutation) => mutation.state.variables as StageMove<L>,
  });
}
