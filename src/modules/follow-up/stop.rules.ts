import type { InvestorAnswer } from '../leads/lead.entity.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';

/** By kind of lead, the code of the stage from which on the plan is no longer needed; null: no such stage. */
export type StopStages = Record<LeadKind, string | null>;

export const DEFAULT_STOP_STAGES: StopStages = { infrastructure: 'proposal', secondary: 'memorandum' };

export type StopReason =
  | `answered_${InvestorAnswer}`
  | 'answered_by_mail'
  | 'meeting_booked'
  | 'stage_advanced'
  | 'lead_lost'
  | 'lead_dormant'
  | 'consent_withdrawn'
  | 'bounced';

/** What is known of a lead when a step comes due. Times are instants; all later than the start of the sequence count. */
export interface StopFacts {
  stage: string;
  /** Position of `stage` in its pipeline; null for lost and dormant. */
  stagePosition: number | null;
  stageSince: Date;
  /** Position of the plan's stop stage for this kind of lead. */
  stopPosition: number | null;
  lastAnswer: InvestorAnswer | null;
  lastAnswerAt: Date | null;
  /** The latest mail that the investor wrote. */
  lastMailAt: Date | null;
  /** The latest meeting or visit. */
  lastMeetingAt: Date | null;
  consent: 'given' | 'withdrawn' | 'none';
  /** When the contact's address was found to be dead. */
  bouncedAt: Date | null;
}

interface StopRule {
  /** @param since when the round was closed */
  applies(facts: StopFacts, since: Date): boolean;
  reason(facts: StopFacts): StopReason;
}

/** The first that applies gives the reason: what the investor said comes before what we noted of him. */
const STOP_RULES: readonly StopRule[] = [
  {
    applies: (facts, since) => facts.lastAnswer !== null && isSince(facts.lastAnswerAt, since),
    reason: (facts) => `answered_${facts.lastAnswer!}`,
  },
  { applies: (facts, since) => isSince(facts.lastMailAt, since), reason: () => 'answered_by_mail' },
  { applies: (facts) => facts.consent === 'withdrawn', reason: () => 'consent_withdrawn' },
  { applies: (facts) => facts.stage === 'lost', reason: () => 'lead_lost' },
  { applies: (facts) => facts.stage === 'dormant', reason: () => 'lead_dormant' },
  { applies: (facts, since) => isSince(facts.lastMeetingAt, since), reason: () => 'meeting_booked' },
  {
    applies: (facts, since) =>
      facts.stopPosition !== null &&
      facts.stagePosition !== null &&
      facts.stagePosition >= facts.stopPosition &&
      isSince(facts.stageSince, since),
    reason: () => 'stage_advanced',
  },
  { applies: (facts, since) => isSince(facts.bouncedAt, since), reason: () => 'bounced' },
];

/** Why a sequence that began at `since` has to stop, or null when it goes on. */
export function stopReasonOf(facts: StopFacts, since: Date): StopReason | null {
  return STOP_RULES.find((rule) => rule.applies(facts, since))?.reason(facts) ?? null;
}

function isSince(at: Date | null, since: Date): boolean {
  return at !== null && at >= since;
}
