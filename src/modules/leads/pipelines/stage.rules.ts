import { RuleError } from '../../../platform/http/rule-error.js';
import { EXITS, type Exit, type LostReason } from '../lead.entity.js';
import type { StageEvidence } from '../lead-stage-change.entity.js';

export interface Stage {
  code: string;
  position: number;
  needsEvidence: boolean;
  needsCluster: boolean;
  isFinal: boolean;
}

/** What the rules need of a lead. */
export interface StageState {
  stage: string;
  stageBeforeExit: string | null;
  clusters: number;
  /** The local day of the latest change; the next one may not be earlier. */
  lastChangeOn: string;
  /** Stages for which evidence is on record already. */
  proven: readonly string[];
}

/** Days are local, `YYYY-MM-DD`. */
export interface StageMove {
  /** A stage code, `lost` or `dormant`. */
  to: string;
  on: string;
  note?: string | null;
  evidence?: StageEvidence | null;
  lostReason?: LostReason | null;
  /** Where the project went instead. */
  lostTo?: string | null;
  /** When a dormant lead comes back. */
  wakeOn?: string | null;
}

export type Direction = 'forward' | 'back' | 'reopened' | Exit;

export interface StageDecision {
  direction: Direction;
  from: string;
  to: string;
  /** What the lead's column becomes: set while it is lost or dormant. */
  stageBeforeExit: string | null;
}

export function isExit(stage: string): stage is Exit {
  return (EXITS as readonly string[]).includes(stage);
}

/** Neither lost nor at the end of its way; a dormant lead is still open, it only sleeps. */
export function isOpen(stage: string, stages: readonly Stage[]): boolean {
  return stage !== 'lost' && !stages.some((candidate) => candidate.code === stage && candidate.isFinal);
}

/**
 * Forward to any later stage whose gates, and those of every stage passed over, are satisfied; one stage back
 * with a note; out to lost or dormant; from there back to where it was. Anything else is refused.
 */
export function decideMove(
  lead: StageState,
  stages: readonly Stage[],
  move: StageMove,
  today: string,
): StageDecision {
  checkDay(lead, move, today);
  if (isExit(move.to)) return leave(lead, stages, move, move.to, today);
  const target = stages.find(({ code }) => code === move.to);
  if (!target) throw new RuleError('stage_not_reachable', { from: lead.stage, to: move.to });
  if (isExit(lead.stage)) return reopen(lead, target, move);
  const current = stages.find(({ code }) => code === lead.stage);
  if (!current || current.code === target.code)
    throw new RuleError('stage_not_reachable', { from: lead.stage, to: move.to });
  if (target.position < current.position) return goBack(current, target, stages, move);
  checkGates(lead, stagesBetween(current, target, stages), move);
  return { direction: 'forward', from: current.code, to: target.code, stageBeforeExit: null };
}

function checkDay(lead: StageState, move: StageMove, today: string): void {
  if (move.on > today) throw new RuleError('stage_date_in_future', { today });
  if (move.on < lead.lastChangeOn)
    throw new RuleError('stage_date_before_previous', { day: lead.lastChangeOn });
}

function leave(
  lead: StageState,
  stages: readonly Stage[],
  move: StageMove,
  to: Exit,
  today: string,
): StageDecision {
  const given = { from: lead.stage, to };
  if (!isOpen(lead.stage, stages)) throw new RuleError('stage_not_reachable', given);
  if (to === 'lost') {
    if (!move.lostReason) throw new RuleError('lost_reason_required');
    if (move.lostReason === 'other' && !move.note) throw new RuleError('note_required');
  } else {
    if (!move.wakeOn) throw new RuleError('wake_on_required');
    if (move.wakeOn <= today) throw new RuleError('wake_on_not_in_future', { today });
  }
  return { direction: to, ...given, stageBeforeExit: isExit(lead.stage) ? lead.stageBeforeExit : lead.stage };
}

function reopen(lead: StageState, target: Stage, move: StageMove): StageDecision {
  if (target.code !== lead.stageBeforeExit)
    throw new RuleError('stage_not_reachable', { from: lead.stage, to: target.code });
  if (!move.note) throw new RuleError('note_required');
  return { direction: 'reopened', from: lead.stage, to: target.code, stageBeforeExit: null };
}

function goBack(current: Stage, target: Stage, stages: readonly Stage[], move: StageMove): StageDecision {
  if (stagesBetween(target, current, stages).length > 1)
    throw new RuleError('stage_not_reachable', { from: current.code, to: target.code });
  if (!move.note) throw new RuleError('note_required');
  return { direction: 'back', from: current.code, to: target.code, stageBeforeExit: null };
}

/** Evidence given with the move proves its target only: a stage passed over must have been proven before. */
function checkGates(lead: StageState, passed: readonly Stage[], move: StageMove): void {
  const target = passed.at(-1);
  for (const stage of passed) {
    if (stage.needsCluster && lead.clusters === 0)
      throw new RuleError('cluster_required', { stage: stage.code });
    const proven = lead.proven.includes(stage.code) || (stage === target && Boolean(move.evidence));
    if (stage.needsEvidence && !proven) throw new RuleError('evidence_required', { stage: stage.code });
  }
}

/** The stages after `from` up to and including `to`, in order. */
function stagesBetween(from: Stage, to: Stage, stages: readonly Stage[]): Stage[] {
  return stages
    .filter(({ position }) => position > from.position && position <= to.position)
    .sort((a, b) => a.position - b.position);
}
