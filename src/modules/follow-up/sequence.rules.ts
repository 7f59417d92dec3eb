import type { Offset } from '../../platform/calendar/working-time.rules.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';

export const CHANNELS = ['investor_email', 'officer_task', 'manager_escalation'] as const;
export type Channel = (typeof CHANNELS)[number];

export const OFFSET_UNITS = ['working_day', 'day'] as const satisfies readonly Offset['unit'][];
export type OffsetUnit = (typeof OFFSET_UNITS)[number];

export const ATTENDANCES = ['attended', 'no_show'] as const;
/** Whoever was invited or registered and did not come is a no-show. */
export type Attendance = (typeof ATTENDANCES)[number];

/** Whom a step is meant for; a missing key asks for nothing. */
export interface StepCondition {
  leadKind?: LeadKind;
  attendance?: Attendance;
  /** True: only firms that asked about a cluster; false: only those that asked about none. */
  interestInCluster?: boolean;
  /** Only while the investor has not answered since the round was closed. */
  noAnswerYet?: boolean;
}

export interface Step {
  id: string;
  key: string;
  position: number;
  offset: Offset;
  channel: Channel;
  condition: StepCondition;
}

/** The part of `WorkingTime` that planning needs. */
export interface WorkingView {
  dueAt(from: Date, offset: Offset): Date;
  nextWorkingMoment(at: Date): Date;
}

export type EmailState = 'none' | 'ok' | 'bounced';

export interface LeadFacts {
  kind: LeadKind;
  attendance: Attendance;
  hasClusterInterest: boolean;
  answered: boolean;
  /** `none`: no contact, or one without an address. */
  email: EmailState;
  hasContact: boolean;
}

export type SkipReason =
  | 'left_out'
  | 'condition_not_met'
  | 'answered'
  | 'no_contact'
  | 'no_email'
  | 'bounced'
  | 'late_participant'
  | 'step_past';

/** Keys of the steps that somebody decided a lead shall not get. */
export type LeftOut = 'all' | ReadonlySet<string>;

export interface PlanInput {
  /** When the round was closed: every offset counts from here. */
  anchor: Date;
  /** When the sequence began; later than the anchor for a late participant. */
  startedAt: Date;
  now: Date;
  steps: readonly Step[];
  facts: LeadFacts;
  calendar: WorkingView;
  /** Keys of steps that already have a row: a plan changed later does not take their past from them. */
  known?: ReadonlySet<string>;
  leftOut?: LeftOut | undefined;
}

export interface PlannedStep {
  step: Step;
  dueAt: Date;
  /** Null when the step is to be done. */
  skip: SkipReason | null;
}

/**
 * What a plan asks of one lead: every step once, with its time or the reason why it does not apply. A late participant
 * gets what is still to come, and the first e-mail at once; a step that a newer plan puts into the past is left out.
 */
export function planReminders(input: PlanInput): PlannedStep[] {
  const first = input.steps
    .filter((step) => step.channel === 'investor_email')
    .sort((a, b) => a.position - b.position)[0];
  return input.steps.map((step) => {
    const dueAt = input.calendar.dueAt(input.anchor, step.offset);
    if (input.leftOut === 'all' || input.leftOut?.has(step.key)) return { step, dueAt, skip: 'left_out' };
    const unfit = unfitReason(step, input.facts);
    if (unfit) return { step, dueAt, skip: unfit };
    return timely(input, step, dueAt, step === first);
  });
}

function timely(input: PlanInput, step: Step, dueAt: Date, isFirstMail: boolean): PlannedStep {
  const isLate = input.startedAt > input.anchor;
  if (isLate && dueAt < input.startedAt) {
    if (isFirstMail) return { step, dueAt: input.calendar.nextWorkingMoment(input.startedAt), skip: null };
    return { step, dueAt, skip: 'late_participant' };
  }
  const isNew = !input.known?.has(step.key);
  return { step, dueAt, skip: isNew && dueAt < input.now ? 'step_past' : null };
}

/** Why the step is not for this lead at all; asked again when it comes due. */
export function unfitReason(step: Pick<Step, 'channel' | 'condition'>, facts: LeadFacts): SkipReason | null {
  if (!isMeantFor(step.condition, facts)) return 'condition_not_met';
  if (step.condition.noAnswerYet === true && facts.answered) return 'answered';
  if (step.channel !== 'investor_email') return null;
  if (!facts.hasContact) return 'no_contact';
  if (facts.email === 'none') return 'no_email';
  return facts.email === 'bounced' ? 'bounced' : null;
}

function isMeantFor(condition: StepCondition, facts: LeadFacts): boolean {
  return (
    (condition.leadKind === undefined || condition.leadKind === facts.kind) &&
    (condition.attendance === undefined || condition.attendance === facts.attendance) &&
    (condition.interestInCluster === undefined || condition.interestInCluster === facts.hasClusterInterest)
  );
}
