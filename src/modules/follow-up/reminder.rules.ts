import { RuleError } from '../../platform/http/rule-error.js';
import { Word } from '../../platform/i18n/word.js';

export const REMINDER_STATUSES = [
  'pending',
  'open',
  'sent',
  'done',
  'skipped',
  'stopped',
  'cancelled',
] as const;

/**
 * `pending` waits for its time; `open` lies before a person; `sent` was handed to the mail, `done` closed by a person;
 * `skipped` did not apply, or the mail would not go out; `stopped` ended with its sequence; `cancelled` was taken back by a person, a reopened round or a changed plan.
 */
export type ReminderStatus = (typeof REMINDER_STATUSES)[number];

export const TRANSITIONS: Readonly<Record<ReminderStatus, readonly ReminderStatus[]>> = {
  pending: ['open', 'sent', 'done', 'skipped', 'stopped', 'cancelled'],
  open: ['pending', 'done', 'stopped', 'cancelled'],
  sent: ['skipped', 'stopped'],
  done: ['open'],
  skipped: ['pending'],
  stopped: ['pending'],
  cancelled: ['pending', 'open'],
};

export function mayBecome(from: ReminderStatus, to: ReminderStatus): boolean {
  return TRANSITIONS[from].includes(to);
}

export function assertMayBecome(from: ReminderStatus, to: ReminderStatus): void {
  if (!mayBecome(from, to))
    throw new RuleError('reminder_may_not_become', { from: statusWord(from), to: statusWord(to) });
}

/** Whether anybody may still move it to another day or person. */
export function assertLive(status: ReminderStatus): void {
  if (status !== 'pending' && status !== 'open')
    throw new RuleError('reminder_is_over', { status: statusWord(status) });
}

function statusWord(status: ReminderStatus): Word {
  return new Word(`follow:status_${status}`);
}

export const TASK_OUTCOMES = [
  'reached',
  'not_reached',
  'meeting_agreed',
  'information_sent',
  'not_needed',
  'other',
] as const;
export type TaskOutcome = (typeof TASK_OUTCOMES)[number];

/** How long a completed or cancelled task may be taken up again. */
export const UNDO_DAYS = 7;

/** A task that is put off again and again is forgotten by another name. */
export const MAX_SNOOZES = 5;
export const MAX_SNOOZE_DAYS = 90;

/** Reasons of a cancellation that belong to the machinery: what cancelled by them may come back by itself. */
export const REVIVABLE_REASONS = ['round_reopened', 'plan_changed'] as const;

export interface Undoable {
  status: ReminderStatus;
  channel: string;
  reason: string | null;
  closedAt: Date | null;
}

/** Undoing is for a slip of the hand: only a person's own closing of a task, and only for some days. */
export function assertUndoable(reminder: Undoable, now: Date): void {
  const byPerson =
    reminder.status === 'done' ||
    (reminder.status === 'cancelled' && !REVIVABLE_REASONS.some((reason) => reason === reminder.reason));
  if (!byPerson || reminder.closedAt === null) throw new RuleError('reminder_not_undoable');
  if (now.getTime() - reminder.closedAt.getTime() > UNDO_DAYS * 86_400_000) {
    throw new RuleError('reminder_undo_too_late', { days: UNDO_DAYS });
  }
}
