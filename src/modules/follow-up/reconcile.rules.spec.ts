import { describe, expect, it } from '@jest/globals';
import { reconcile, type ReminderRow } from './reconcile.rules.js';
import type { PlannedStep, SkipReason } from './sequence.rules.js';

const DUE = new Date('2026-03-04T03:00:00Z');
const LATER = new Date('2026-03-06T03:00:00Z');

const planned = (
  overrides: { key?: string; id?: string; dueAt?: Date; skip?: SkipReason | null } = {},
): PlannedStep => {
  const { key = 'a', id = 'step-1', dueAt = DUE, skip = null } = overrides;
  return {
    step: {
      id,
      key,
      position: 0,
      offset: { amount: 2, unit: 'working_day' },
      channel: 'investor_email',
      condition: {},
    },
    dueAt,
    skip,
  };
};

const row = (overrides: Partial<ReminderRow> = {}): ReminderRow => ({
  id: 'r',
  stepKey: 'a',
  stepId: 'step-1',
  contactId: 'c',
  ownerId: null,
  status: 'pending',
  reason: null,
  dueAt: DUE,
  originalDueAt: DUE,
  dispatchedAt: null,
  closedAt: null,
  ...overrides,
});

const run = (one: PlannedStep, known: ReminderRow | null, reanchored = false) =>
  reconcile({ planned: [one], rows: known ? [known] : [], reanchored, contactId: 'c' });

describe('a plan against what is there', () => {
  it('inserts what is missing and keeps what is the same', () => {
    expect(run(planned(), null)).toMatchObject([{ kind: 'insert' }]);
    expect(run(planned(), row())).toMatchObject([{ kind: 'keep' }]);
  });

  it.each<[string, Partial<ReminderRow>]>([
    ['sent', { status: 'sent', dispatchedAt: DUE }],
    ['done', { status: 'done', dispatchedAt: DUE }],
    ['open', { status: 'open', dispatchedAt: DUE }],
    ['put off after it was open', { status: 'pending', dispatchedAt: DUE }],
    ['stopped', { status: 'stopped', reason: 'meeting_booked' }],
    ['cancelled by a person', { status: 'cancelled', reason: 'cancelled_by_person' }],
  ])('never touches what is %s', (_name, state) => {
    expect(run(planned({ dueAt: LATER }), row(state), true)).toMatchObject([{ kind: 'keep' }]);
    expect(reconcile({ planned: [], rows: [row(state)], reanchored: true, contactId: 'c' })).toEqual([]);
  });

  it('gives back what a reopened round took, at the new time', () => {
    const taken = row({ status: 'cancelled', reason: 'round_reopened' });
    expect(run(planned({ dueAt: LATER }), taken, true)).toMatchObject([{ kind: 'update', dueAt: LATER }]);
  });

  it('lets a time that was moved stand as long as the plan gives the same', () => {
    const moved = row({ dueAt: LATER });
    expect(run(planned(), moved)).toMatchObject([{ kind: 'keep' }]);
    expect(run(planned({ id: 'step-2' }), moved)).toMatchObject([{ kind: 'update', dueAt: LATER }]);
    expect(run(planned({ dueAt: new Date('2026-03-10T03:00:00Z') }), moved)).toMatchObject([
      { kind: 'update', dueAt: new Date('2026-03-10T03:00:00Z') },
    ]);
  });

  it('cancels what the plan no longer has, and leaves a skipped step skipped when its time is past', () => {
    expect(
      reconcile({ planned: [planned({ key: 'b' })], rows: [row()], reanchored: false, contactId: 'c' }),
    ).toMatchObject([{ kind: 'insert' }, { kind: 'cancel' }]);
    expect(run(planned({ skip: 'step_past' }), row({ status: 'skipped', reason: 'no_email' }))).toMatchObject(
      [{ kind: 'keep' }],
    );
  });

  it('asks again about what was skipped when it came due only after the round was closed anew', () => {
    const skipped = row({ status: 'skipped', reason: 'no_consent', closedAt: DUE });
    expect(run(planned(), skipped, false)).toMatchObject([{ kind: 'keep' }]);
    expect(run(planned({ dueAt: LATER }), skipped, true)).toMatchObject([{ kind: 'update' }]);
  });
});
