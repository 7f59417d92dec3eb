import { RuleError } from '../../platform/http/rule-error.js';
import { Word } from '../../platform/i18n/word.js';
import type { MessageStatus } from './message.entity.js';

/** Which state may follow which. What is sent, bounced or cancelled stays so. */
export const TRANSITIONS: Record<MessageStatus, readonly MessageStatus[]> = {
  queued: ['sending', 'cancelled'],
  sending: ['sent', 'queued', 'failed', 'bounced', 'unknown', 'cancelled'],
  unknown: ['queued', 'sent', 'cancelled'],
  failed: ['queued', 'cancelled'],
  sent: [],
  bounced: [],
  cancelled: [],
};

export function assertTransition(from: MessageStatus, to: MessageStatus): void {
  if (TRANSITIONS[from].includes(to)) return;
  const word = (status: MessageStatus) => new Word(`messaging:message_${status}`);
  throw new RuleError('message_transition', { from: word(from), to: word(to) });
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const BACKOFF = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR];

/** Temporary errors are tried again this long. */
export const GIVE_UP_AFTER_MS = 72 * HOUR;

/** The wait before the next attempt: 1, 5, 15 minutes, 1 hour, then every 4 hours. @param attempts made so far */
export function backoffMs(attempts: number): number {
  return BACKOFF[Math.min(Math.max(attempts, 1), BACKOFF.length) - 1]!;
}

export function givesUp(firstTriedAt: Date, now: Date): boolean {
  return now.getTime() - firstTriedAt.getTime() >= GIVE_UP_AFTER_MS;
}
