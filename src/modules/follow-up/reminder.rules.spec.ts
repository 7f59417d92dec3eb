import { describe, expect, it } from '@jest/globals';
import { RuleError } from '../../platform/http/rule-error.js';
import {
  assertMayBecome,
  assertUndoable,
  mayBecome,
  REMINDER_STATUSES,
  TRANSITIONS,
} from './reminder.rules.js';

const NOW = new Date('2026-03-20T03:00:00Z');
const code = (work: () => void): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return (error as RuleError).code;
  }
};

describe('the states of a reminder', () => {
  it('never takes back what was sent', () => {
    expect(TRANSITIONS.sent.some((to) => ['pending', 'open', 'done', 'cancelled'].includes(to))).toBe(false);
    expect(REMINDER_STATUSES.every((status) => !mayBecome(status, status))).toBe(true);
  });

  it('says why a step is not allowed', () => {
    expect(code(() => assertMayBecome('done', 'cancelled'))).toBe('reminder_may_not_become');
    expect(code(() => assertMayBecome('open', 'done'))).toBeNull();
  });
});

describe('taking back', () => {
  const done = {
    status: 'done' as const,
    channel: 'officer_task',
    reason: null,
    closedAt: new Date('2026-03-19T03:00:00Z'),
  };

  it.each([
    ['what a person did', done, null],
    [
      'what a person cancelled',
      { ...done, status: 'cancelled' as const, reason: 'cancelled_by_person' },
      null,
    ],
    [
      'not what a reopened round took',
      { ...done, status: 'cancelled' as const, reason: 'round_reopened' },
      'reminder_not_undoable',
    ],
    ['not what was sent', { ...done, status: 'sent' as const }, 'reminder_not_undoable'],
    ['not after a week', { ...done, closedAt: new Date('2026-03-12T03:00:00Z') }, 'reminder_undo_too_late'],
  ])('%s', (_name, reminder, expected) => {
    expect(code(() => assertUndoable(reminder, NOW))).toBe(expected);
  });
});
