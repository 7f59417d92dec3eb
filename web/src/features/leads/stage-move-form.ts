import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { today } from '../../lib/format';
import { isExit, passedStages, type MovableLead, type MoveBody } from './stage-move';
import type { Stage } from '../../lib/pipelines';

type StageChange = components['schemas']['StageChangeAnswer'];
type Evidence = components['schemas']['Evidence'];

/** Empty texts are what was not given. */
export interface MoveForm extends Record<string, unknown> {
  on: string | null;
  note: string;
  evidence: { kind: Evidence['kind']; number: string; date: string | null; issuedBy: string; url: string };
  clusterIds: string[];
  lostReason: string | null;
  lostTo: string;
  wakeOn: string | null;
}

/** What the gates of a move ask for, as far as the page can know; the server has the last word. */
export interface Gates {
  evidence: boolean;
  /** The paper that is on record for the target already. */
  proven: { number: string; date?: string } | null;
  cluster: boolean;
  /** The first stage that would be passed over without its own paper. */
  between: string | null;
  /** A note is asked for: back, reopened. */
  note: boolean;
  lost: boolean;
  dormant: boolean;
  /** The day of the change before; none may be earlier. */
  notBefore: string | null;
}

export function gatesOf(
  lead: MovableLead,
  to: string,
  stages: readonly Stage[],
  history: readonly StageChange[],
): Gates {
  const passed = passedStages(lead, to, stages);
  const paperOf = (code: string) =>
    history.find((change) => change.to === code && change.evidence !== null)?.evidence ?? null;
  const target = passed.at(-1);
  const proven = target?.needsEvidence ? paperOf(target.code) : null;
  const between = passed.find(
    (stage) => stage !== target && stage.needsEvidence && paperOf(stage.code) === null,
  );
  return {
    evidence: Boolean(target?.needsEvidence) && !proven,
    proven,
    cluster: lead.clusters.length === 0 && passed.some(({ needsCluster }) => needsCluster),
    between: between?.code ?? null,
    note: !isExit(to) && passed.length === 0,
    lost: to === 'lost',
    dormant: to === 'dormant',
    notBefore: history.map(({ on }) => on).reduce<string | null>((a, b) => (a && a > b ? a : b), null),
  };
}

/** The paper that a stage usually has; a stage that an administrator added has a decision. */
const USUAL_PAPER: Record<string, Evidence['kind']> = {
  dossier_filed: 'dossier',
  appraisal: 'dossier',
  licensing: 'dossier',
  memorandum: 'document',
  land_leased: 'contract',
};

export const usualPaper = (stage: string | null): Evidence['kind'] => USUAL_PAPER[stage ?? ''] ?? 'decision';

function emptyMove(to: string | null): MoveForm {
  return {
    on: today(),
    note: '',
    evidence: { kind: usualPaper(to), number: '', date: null, issuedBy: '', url: '' },
    clusterIds: [],
    lostReason: null,
    lostTo: '',
    wakeOn: null,
  };
}

export function useMoveForm(gates: Gates, to: string | null) {
  const { t } = useTranslation('stage-move');
  const need = (needed: boolean, given: unknown, words: string) => (needed && !given ? t(words) : null);
  return useForm<MoveForm>({
    initialValues: emptyMove(to),
    validate: (values) => ({
      on: need(true, values.on, 'missing.on'),
      note: need(gates.note || values.lostReason === 'other', values.note.trim(), 'missing.note'),
      'evidence.number': need(gates.evidence, values.evidence.number.trim(), 'missing.number'),
      clusterIds: need(gates.cluster, values.clusterIds.length, 'missing.clusters'),
      lostReason: need(gates.lost, values.lostReason, 'missing.lostReason'),
      wakeOn: need(gates.dormant, values.wakeOn, 'missing.wakeOn'),
    }),
  });
}

/** Only what this move asks for is sent, whatever else was typed before the target was changed. */
export function toMoveBody(to: string, values: MoveForm, gates: Gates): MoveBody {
  const { kind, number, date, issuedBy, url } = values.evidence;
  return {
    to,
    on: values.on ?? today(),
    ...(values.note.trim() && { note: values.note.trim() }),
    ...(gates.evidence && {
      evidence: {
        kind,
        number: number.trim(),
        ...(date && { date }),
        ...(issuedBy.trim() && { issuedBy: issuedBy.trim() }),
        ...(url.trim() && { url: url.trim() }),
      },
    }),
    ...(gates.lost && {
      lostReason: values.lostReason as MoveBody['lostReason'],
      ...(values.lostTo.trim() && { lostTo: values.lostTo.trim() }),
    }),
    ...(gates.dormant && { wakeOn: values.wakeOn }),
  };
}
