import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { RuleError } from '../../platform/http/rule-error.js';
import {
  FollowUpAnswers,
  type AnswerToFollowUp,
  type MailToAnswer,
  type TaskForMail,
} from './answers.service.js';
import { byLead, type Exception } from './follow-up-exceptions.service.js';
import type { PreviewLead, PreviewLine } from './follow-up-previews.queries.js';
import { PlansQueries, type PlanRow } from './plans.queries.js';
import type { ReminderChange } from './reconcile.rules.js';
import { SequencePlanner, type PlanOutcome, type PlanTarget } from './sequence-planner.js';
import type { Attendance } from './sequence.rules.js';
import type { ReconciledSequence } from './sequences.writer.js';

/** One lead that took part in a round. */
export interface Participant {
  leadId: string;
  /** Whom the e-mails go to. */
  contactId: string | null;
  attendance: Attendance;
  /** Whether the firm asked about a cluster. */
  hasClusterInterest: boolean;
}

export interface StartInput {
  roundId: string;
  /** For mails and lists. */
  roundName: string;
  planId: string;
  /** When the round was closed. Earlier than now: the participants come late. */
  anchorAt: Date;
  participants: readonly Participant[];
  /** Instead of who is on record as left out; undefined: those on record stay. */
  except?: readonly Exception[] | undefined;
}

export interface Skipped {
  leadId: string;
  reason: string;
}

export interface StartResult {
  /** Reminders that were not there before. */
  created: number;
  /** Reminders that were there already: sent ones as they were, the others with their times of now. */
  kept: number;
  /** Each lead and reason once: the whole lead, or some of its steps. */
  skipped: Skipped[];
}

export interface FollowUpPreview extends StartResult {
  lines: PreviewLine[];
  /** Leads for which no reminder would wait. */
  without: PreviewLead[];
}

export interface MoveResult {
  /** Sequences that now follow the current version. */
  moved: number;
  created: number;
  /** Got another time, channel, text or state. */
  changed: number;
  cancelled: number;
  /** Sent, done, or the same as before. */
  kept: number;
}

interface ExistingSequence {
  id: string;
  leadId: string;
  roundId: string;
  roundName: string;
  contactId: string | null;
  planId: string;
  planVersionId: string;
  anchorAt: Date;
  startedAt: Date;
  attendance: Attendance;
  hasClusterInterest: boolean;
  status: string;
  stopReason: string | null;
}

const SEQUENCE = `
  SELECT q.id, q.lead_id AS "leadId", q.round_id AS "roundId", q.round_name AS "roundName", q.contact_id AS "contactId", v.plan_id AS "planId",
         q.plan_version_id AS "planVersionId", q.anchor_at AS "anchorAt", q.started_at AS "startedAt", q.attendance,
         q.has_cluster_interest AS "hasClusterInterest", q.status, q.stop_reason AS "stopReason"
    FROM follow_up_sequence q JOIN follow_up_plan_version v ON v.id = q.plan_version_id`;

/** Follows up leads after a round. Rounds themselves belong to a module above: only their id is known here. */
@Injectable()
export class FollowUpService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly plans: PlansQueries,
    private readonly planner: SequencePlanner,
    private readonly answers: FollowUpAnswers,
  ) {}

  /** What `start` would do; writes nothing. */
  preview(input: StartInput): Promise<FollowUpPreview> {
    return this.db.transaction(async () => {
      const planned = await this.plan(input);
      const { skipped, ...counts } = resultOf(planned);
      return { ...counts, skipped, ...(await this.planner.describe({ ...planned, skipped })) };
    });
  }

  /**
   * Sequences and reminders for every participant, in a fixed number of statements. Started again, by whatever path, it
   * creates nothing twice: what is unsent follows the plan from the new anchor, what is sent stays.
   */
  start(input: StartInput): Promise<StartResult> {
    return this.db.transaction(async () => {
      const planned = await this.plan(input);
      await this.planner.write(planned, this.clock.now());
      return resultOf(planned);
    });
  }

  /** The round is open again: what is not sent waits until it is closed anew. Answers how many reminders that took back. */
  cancelRound(roundId: string): Promise<number> {
    return this.db.transaction(async () => {
      await this.db.execute(
        `UPDATE follow_up_sequence SET status = 'paused'
          WHERE id IN (SELECT id FROM follow_up_sequence WHERE round_id = $1 AND status IN ('running', 'completed') ORDER BY id FOR UPDATE)`,
        [roundId],
      );
      return this.db.execute(
        `UPDATE reminder SET status = 'cancelled', reason = 'round_reopened', version = version + 1, updated_at = $2
          WHERE round_id = $1 AND sequence_id IS NOT NULL AND status = 'pending' AND dispatched_at IS NULL`,
        [roundId, this.clock.now()],
      );
    });
  }

  /** By when an officer reacts to the investor's last answer; null when nothing is to be done. */
  reactionDue(leadId: string): Promise<Date | null> {
    return this.answers.reactionDue(leadId);
  }

  /**
   * The investor answered: every sequence of the lead stops for that reason, and an officer gets a task, unless the
   * answer names a day to ask again. Call it after `LeadsService.settleAnswer`, in the same transaction.
   */
  stopForAnswer(leadId: string, given: AnswerToFollowUp): Promise<void> {
    return this.answers.settle(leadId, given);
  }

  /**
   * The investor wrote: every sequence of the lead stops, and to answer is a task within one working day; null for a
   * lead that is lost. Call it once the mail is on record with the lead, in the same transaction.
   */
  stopForMail(leadId: string, mail: MailToAnswer): Promise<TaskForMail | null> {
    return this.answers.settleMail(leadId, mail);
  }

  /**
   * Undoes `stopForMail` where the mail was another lead's; answers when its task was due. 409
   * `inbound_mail_stopped_follow_up` or `inbound_mail_answered` when that cannot be undone.
   */
  takeBackMail(leadId: string, key: string): Promise<Date | null> {
    return this.answers.unsettleMail(leadId, key);
  }

  /** Running sequences of older versions go over to the current one: sent steps stay, the others are matched by key. */
  moveSequences(planId: string, options: { roundId?: string; dryRun?: boolean } = {}): Promise<MoveResult> {
    return this.db.transaction(async () => {
      const plan = await this.plans.get(planId);
      const existing = await this.db.query<ExistingSequence>(
        `${SEQUENCE} WHERE v.plan_id = $1 AND q.plan_version_id <> $2 AND q.status = 'running' AND ($3::uuid IS NULL OR q.round_id = $3)
            ORDER BY q.id FOR UPDATE OF q`,
        [planId, plan.versionId, options.roundId ?? null],
      );
      const targets = existing.map((sequence): PlanTarget => ({
        ...sequence,
        planVersionId: plan.versionId,
        isNew: false,
        reanchored: false,
      }));
      const outcome = await this.planner.plan(targets, await this.calendar.view(), this.clock.now());
      if (options.dryRun !== true) await this.planner.write(outcome, this.clock.now());
      const { sequences } = outcome;
      const count = (kind: ReminderChange['kind']) => sum(sequences, (change) => change.kind === kind);
      return {
        moved: sequences.length,
        created: count('insert'),
        changed: count('update'),
        cancelled: count('cancel'),
        kept: count('keep'),
      };
    });
  }

  private async plan(input: StartInput): Promise<Planned> {
    const plan = await this.plans.get(input.planId);
    const existing = await this.lockExisting(input);
    if (plan.archivedAt !== null && existing.size === 0) throw new RuleError('plan_archived');
    const now = this.clock.now();
    const skipped: Skipped[] = [];
    const targets: PlanTarget[] = [];
    for (const participant of input.participants) {
      const before = existing.get(participant.leadId);
      if (before?.status === 'stopped')
        skipped.push({ leadId: participant.leadId, reason: before.stopReason! });
      else targets.push(targetOf(participant, before, { input, plan, now }));
    }
    const outcome = await this.planner.plan(
      targets,
      await this.calendar.view(),
      now,
      input.except && byLead(input.except),
    );
    return {
      ...outcome,
      skipped: [...skipped, ...outcome.refused.map(({ leadId, reason }) => ({ leadId, reason }))],
    };
  }

  /** Locked, so that an answer that comes meanwhile waits and then finds every reminder. */
  private async lockExisting(input: StartInput): Promise<Map<string, ExistingSequence>> {
    const rows = await this.db.query<ExistingSequence>(
      `${SEQUENCE} WHERE q.round_id = $1 AND q.lead_id = ANY($2::uuid[]) ORDER BY q.id FOR UPDATE OF q`,
      [input.roundId, input.participants.map((participant) => participant.leadId)],
    );
    return new Map(rows.map((row) => [row.leadId, row]));
  }
}

interface Planned extends PlanOutcome {
  skipped: Skipped[];
}

/** A sequence keeps its version as long as the round keeps its plan, and its start as long as the round is not closed anew. */
function targetOf(
  participant: Participant,
  before: ExistingSequence | undefined,
  { input, plan, now }: { input: StartInput; plan: PlanRow; now: Date },
): PlanTarget {
  const reanchored = before !== undefined && before.anchorAt.getTime() !== input.anchorAt.getTime();
  return {
    ...participant,
    id: before?.id ?? newId(),
    isNew: before === undefined,
    roundId: input.roundId,
    roundName: input.roundName,
    planVersionId: before?.planId === plan.id ? before.planVersionId : plan.versionId,
    anchorAt: input.anchorAt,
    startedAt: before && !reanchored ? before.startedAt : now,
    reanchored,
  };
}

function resultOf({ sequences, skipped }: Planned): StartResult {
  const stepReasons = sequences.flatMap(({ sequence, changes }) => {
    const reasons = new Set(changes.flatMap((change) => reasonOf(change) ?? []));
    return [...reasons].map((reason) => ({ leadId: sequence.leadId, reason }));
  });
  return {
    created: sum(sequences, (change) => change.kind === 'insert' && change.planned.skip === null),
    kept: sum(
      sequences,
      (change) => (change.kind === 'keep' || change.kind === 'update') && reasonOf(change) === null,
    ),
    skipped: [...skipped, ...stepReasons],
  };
}

/** Why a step will not be done, if so; null for what is pending, open, sent or done. */
function reasonOf(change: ReminderChange): string | null {
  if (change.kind === 'cancel') return null;
  if (change.kind !== 'keep') return change.planned.skip;
  return change.row.status === 'skipped' || change.row.status === 'cancelled' ? change.row.reason : null;
}

function sum(sequences: readonly ReconciledSequence[], test: (change: ReminderChange) => boolean): number {
  return sequences.reduce((total, item) => total + item.changes.filter(test).length, 0);
}
