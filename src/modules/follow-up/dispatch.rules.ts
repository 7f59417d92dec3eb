import type { Channel, LeadFacts, SkipReason, StepCondition } from './sequence.rules.js';
import { unfitReason } from './sequence.rules.js';
import { stopReasonOf, type StopFacts, type StopReason } from './stop.rules.js';

/** A reminder that has come due, with what its sequence remembers. */
export interface DueReminder {
  channel: Channel;
  /** Null outside a sequence: nothing but the lead's loss ends it. */
  sequence: { anchorAt: Date; status: string; stopReason: string | null } | null;
  condition: StepCondition;
}

export type DispatchDecision =
  | { kind: 'stop'; reason: StopReason | 'lead_lost' }
  | { kind: 'skip'; reason: SkipReason | 'lead_gone' }
  | { kind: 'hold' }
  | { kind: 'mail' }
  | { kind: 'open' };

/**
 * What becomes of a due reminder, by what is true now and not when it was planned: first whether the whole sequence
 * ends, then whether this step still applies.
 */
export function decideDispatch(
  due: DueReminder,
  lead: { stop: StopFacts; fit: LeadFacts } | null,
): DispatchDecision {
  if (lead === null) return { kind: 'skip', reason: 'lead_gone' };
  if (due.sequence === null)
    return lead.stop.stage === 'lost' ? { kind: 'stop', reason: 'lead_lost' } : { kind: 'open' };
  if (due.sequence.status === 'paused') return { kind: 'hold' };
  if (due.sequence.status === 'stopped')
    return { kind: 'stop', reason: due.sequence.stopReason as StopReason };
  const stop = stopReasonOf(lead.stop, due.sequence.anchorAt);
  if (stop) return { kind: 'stop', reason: stop };
  const unfit = unfitReason(due, lead.fit);
  if (unfit) return { kind: 'skip', reason: unfit };
  return { kind: due.channel === 'investor_email' ? 'mail' : 'open' };
}
