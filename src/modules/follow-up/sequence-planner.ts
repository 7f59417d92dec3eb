import { Injectable } from '@nestjs/common';
import { FollowUpExceptions, type Exceptions } from './follow-up-exceptions.service.js';
import { FollowUpPreviews, type PreviewLead, type PreviewLine } from './follow-up-previews.queries.js';
import { PlansQueries, type PlanStep } from './plans.queries.js';
import { reconcile, type ReminderRow } from './reconcile.rules.js';
import { factsKey, SequenceFactsQueries, type SequenceFacts } from './sequence-facts.queries.js';
import {
  planReminders,
  type LeadFacts,
  type LeftOut,
  type Step,
  type WorkingView,
} from './sequence.rules.js';
import type { StopReason } from './stop.rules.js';
import { StopsService } from './stops.service.js';
import { SequencesWriter, type PlannedSequence, type SequenceState } from './sequences.writer.js';

/** A sequence that shall follow a version of a plan. */
export interface PlanTarget extends Omit<SequenceState, 'ownerId'> {
  /** The round was closed anew since the sequence was last planned. */
  reanchored: boolean;
}

export interface Refused {
  leadId: string;
  reason: Refusal;
  /** Null when there was none yet. */
  sequenceId: string | null;
}

type Refusal = Extract<StopReason, 'lead_lost' | 'lead_dormant' | 'consent_withdrawn'> | 'lead_gone';

export interface PlanOutcome {
  sequences: PlannedSequence[];
  /** Every step of the versions at work, by id. */
  steps: ReadonlyMap<string, PlanStep>;
  /** Leads that get no sequence at all, or whose sequence has to end. */
  refused: Refused[];
}

/** From leads and versions to what has to change, and into the tables. */
@Injectable()
export class SequencePlanner {
  constructor(
    private readonly plans: PlansQueries,
    private readonly facts: SequenceFactsQueries,
    private readonly writer: SequencesWriter,
    private readonly stops: StopsService,
    private readonly exceptions: FollowUpExceptions,
    private readonly previews: FollowUpPreviews,
  ) {}

  /** @param assumed of the one round that is planned, instead of those on record */
  async plan(
    targets: readonly PlanTarget[],
    calendar: WorkingView,
    now: Date,
    assumed?: Exceptions,
  ): Promise<PlanOutcome> {
    const recorded = assumed ? null : await this.exceptions.read(targets);
    const steps = await this.plans.stepsOf([...new Set(targets.map((target) => target.planVersionId))]);
    const facts = await this.facts.read(targets);
    const rows = await this.writer.rowsOf(
      targets.filter((target) => !target.isNew).map((target) => target.id),
    );
    const view = remembering(calendar);
    const sequences: PlannedSequence[] = [];
    const refused: PlanOutcome['refused'] = [];
    for (const target of targets) {
      const known = facts.get(factsKey(target));
      const refusal = known ? refusalOf(known) : 'lead_gone';
      if (known === undefined || refusal !== null) {
        refused.push({
          leadId: target.leadId,
          reason: refusal ?? 'lead_gone',
          sequenceId: target.isNew ? null : target.id,
        });
      } else
        sequences.push(
          reconcileOne(target, known, {
            steps,
            rows: rows.get(target.id) ?? [],
            view,
            now,
            leftOut: (assumed ?? recorded?.get(target.roundId))?.get(target.leadId),
          }),
        );
    }
    return { sequences, refused, steps: new Map([...steps.values()].flat().map((step) => [step.id, step])) };
  }

  /** In words, before anything is written. */
  describe(
    outcome: PlanOutcome & { skipped: readonly { leadId: string; reason: string }[] },
  ): Promise<{ lines: PreviewLine[]; without: PreviewLead[] }> {
    return this.previews.describe(outcome);
  }

  async write({ sequences, steps, refused }: PlanOutcome, now: Date): Promise<void> {
    await this.writer.write(sequences, [...steps.values()], now);
    await this.stops.stop(
      refused.flatMap(({ leadId, reason, sequenceId }) =>
        sequenceId === null || reason === 'lead_gone' ? [] : [{ leadId, reason, sequenceId }],
      ),
    );
  }
}

interface PlanContext {
  /** By version. */
  steps: ReadonlyMap<string, PlanStep[]>;
  rows: readonly ReminderRow[];
  view: WorkingView;
  now: Date;
  leftOut: LeftOut | undefined;
}

function reconcileOne(
  target: PlanTarget,
  known: SequenceFacts,
  { steps, rows, view, now, leftOut }: PlanContext,
): PlannedSequence {
  const planned = planReminders({
    anchor: target.anchorAt,
    startedAt: target.startedAt,
    now,
    steps: steps.get(target.planVersionId) ?? [],
    facts: leadFactsOf(known, target),
    calendar: view,
    known: new Set(rows.filter((row) => row.status === 'pending').map((row) => row.stepKey)),
    leftOut,
  });
  const { reanchored, ...state } = target;
  const changes = reconcile({ planned, rows, reanchored, contactId: target.contactId });
  return { sequence: { ...state, ownerId: known.ownerId }, changes, noConsent: known.consent === 'none' };
}

export function leadFactsOf(
  known: SequenceFacts,
  sequence: Pick<SequenceState, 'contactId' | 'attendance' | 'hasClusterInterest' | 'anchorAt'>,
): LeadFacts {
  return {
    kind: known.kind,
    attendance: sequence.attendance,
    hasClusterInterest: sequence.hasClusterInterest,
    answered: known.lastAnswerAt !== null && known.lastAnswerAt >= sequence.anchorAt,
    email: known.email,
    hasContact: sequence.contactId !== null,
  };
}

function refusalOf(facts: SequenceFacts): Refusal | null {
  if (facts.stage === 'lost') return 'lead_lost';
  if (facts.stage === 'dormant') return 'lead_dormant';
  return facts.consent === 'withdrawn' ? 'consent_withdrawn' : null;
}

/** Thousands of leads share an anchor and a handful of offsets: each date is computed once. */
function remembering(calendar: WorkingView): WorkingView {
  const due = new Map<string, Date>();
  return {
    nextWorkingMoment: (at) => calendar.nextWorkingMoment(at),
    dueAt: (from: Date, offset: Step['offset']) => {
      const key = `${from.getTime()} ${offset.amount} ${offset.unit}`;
      const known = due.get(key) ?? calendar.dueAt(from, offset);
      due.set(key, known);
      return known;
    },
  };
}
