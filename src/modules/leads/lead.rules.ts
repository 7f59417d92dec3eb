import type { Actor } from '../../platform/database/actor.js';
import { Forbidden } from '../../platform/http/problem.js';
import type { InvestorAnswer, LeadSource } from './lead.entity.js';

const HOUR_MS = 3_600_000;

/** Officers read every lead but change only those that they own or help with. */
export function assertMayChange(
  actor: Actor,
  lead: { ownerId: string | null; helperIds: readonly string[] },
  mayChangeAny: boolean,
): void {
  if (actor.kind === 'system' || mayChangeAny) return;
  const theirs =
    actor.kind === 'user' &&
    actor.id !== null &&
    (lead.ownerId === actor.id || lead.helperIds.includes(actor.id));
  if (!theirs) throw new Forbidden('not_your_lead');
}

/** Handing over is the owner's or a manager's business, not a helper's. */
export function assertMayAssign(actor: Actor, ownerId: string | null, mayAssignAny: boolean): void {
  if (
    actor.kind === 'system' ||
    mayAssignAny ||
    (actor.kind === 'user' && actor.id !== null && ownerId === actor.id)
  )
    return;
  throw new Forbidden('not_your_lead');
}

/** A sleeping, lost or finished lead is never stale. */
export function isStale(lead: { lastActivityAt: Date }, staleAfterDays: number | null, now: Date): boolean {
  return (
    staleAfterDays !== null && now.getTime() - lead.lastActivityAt.getTime() > staleAfterDays * 24 * HOUR_MS
  );
}

/** The working days that pass after an answer before the officer should have acted on it. */
const ACT_WITHIN: Record<InvestorAnswer, number> = {
  call_me: 1,
  interested: 1,
  visit: 2,
  not_now: 2,
  not_interested: 2,
};

/**
 * What an answer asks of the lead. "Not now" with a day puts an open lead to sleep; "not interested" never
 * loses a lead by itself, since an officer may learn why: it asks to confirm the loss.
 */
export function consequenceOf(
  answer: InvestorAnswer,
  lead: { open: boolean },
  until: string | null,
  today: string,
): { wakeOn: string } | { nextAction: string; withinWorkingDays: number } | null {
  if (!lead.open) return null;
  if (answer === 'not_now' && until !== null && until > today) return { wakeOn: until };
  return { nextAction: `next_action_${answer}`, withinWorkingDays: ACT_WITHIN[answer] };
}

/** Service standard of an enquiry (default): acknowledged in 1 working day, answered in substance in 5. */
export const ACKNOWLEDGE_WITHIN = 1;
export const ANSWER_WITHIN = 5;

/** Service standard (default): two working days until a lead has an owner and a next action. */
export const OWNER_AND_NEXT_ACTION_WITHIN = 2;

export interface WorkingDays {
  addWorkingDays(from: Date, amount: number): Date;
}

export interface ServiceClock {
  dueAt: Date;
  doneAt: Date | null;
  state: 'waiting' | 'in_time' | 'late' | 'overdue';
}

export interface ServiceFacts {
  source: LeadSource;
  openedAt: Date;
  acknowledgedAt: Date | null;
  answeredAt: Date | null;
}

export function serviceClock(dueAt: Date, doneAt: Date | null, now: Date): ServiceClock {
  if (doneAt) return { dueAt, doneAt, state: doneAt <= dueAt ? 'in_time' : 'late' };
  return { dueAt, doneAt, state: now <= dueAt ? 'waiting' : 'overdue' };
}

/** Only an enquiry runs against these clocks. */
export function serviceClocks(
  lead: ServiceFacts,
  calendar: WorkingDays,
  now: Date,
): { acknowledge: ServiceClock; answer: ServiceClock } | null {
  if (lead.source !== 'enquiry') return null;
  return {
    acknowledge: serviceClock(
      calendar.addWorkingDays(lead.openedAt, ACKNOWLEDGE_WITHIN),
      lead.acknowledgedAt,
      now,
    ),
    answer: serviceClock(calendar.addWorkingDays(lead.openedAt, ANSWER_WITHIN), lead.answeredAt, now),
  };
}

/** What an open lead still lacks, once the time to settle it has passed. */
export function missingCare(
  lead: { ownerId: string | null; nextAction: string | null; nextActionAt: Date | null },
  since: Date,
  calendar: WorkingDays,
  now: Date,
): ('owner' | 'next_action')[] {
  if (now <= calendar.addWorkingDays(since, OWNER_AND_NEXT_ACTION_WITHIN)) return [];
  const missing: ('owner' | 'next_action')[] = [];
  if (lead.ownerId === null) missing.push('owner');
  if (lead.nextAction === null || lead.nextActionAt === null) missing.push('next_action');
  return missing;
}
