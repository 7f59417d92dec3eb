import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DayTable } from '../../platform/calendar/day-table.rules.js';
import { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { planReminders, type LeadFacts, type PlanInput, type Step } from './sequence.rules.js';

const calendar = new WorkingTime(new DayTable([]), { start: '08:00', end: '17:00' }, 'Asia/Ho_Chi_Minh');
const FACTS: LeadFacts = {
  kind: 'secondary',
  attendance: 'attended',
  hasClusterInterest: true,
  answered: false,
  email: 'ok',
  hasContact: true,
};

const step = (key: string, amount: number, overrides: Partial<Step> = {}): Step => ({
  id: key,
  key,
  position: amount,
  offset: { amount, unit: 'day' },
  channel: 'investor_email',
  condition: {},
  ...overrides,
});

const DEFAULT_PLAN = [
  step('thank-you', 2, { offset: { amount: 2, unit: 'working_day' } }),
  step('call', 7, { channel: 'officer_task' }),
  step('sheet', 14),
  step('interim', 30, { channel: 'officer_task' }),
  step('review', 60, { channel: 'manager_escalation' }),
];

function plan(overrides: Partial<PlanInput> = {}) {
  const anchor = overrides.anchor ?? new Date('2026-02-06T03:00:00Z');
  return planReminders({
    anchor,
    startedAt: anchor,
    now: anchor,
    steps: DEFAULT_PLAN,
    facts: FACTS,
    calendar,
    ...overrides,
  });
}

const local = (at: Date) => at.toLocaleString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).slice(0, 16);

describe('a plan from the day the round was closed', () => {
  it('crosses Tết 2026: two working days after Friday 6 February, and a call put off from the break', () => {
    expect(plan().map(({ step: { key }, dueAt }) => [key, local(dueAt)])).toEqual([
      ['thank-you', '2026-02-10 10:00'],
      ['call', '2026-02-13 10:00'],
      ['sheet', '2026-02-23 08:00'],
      ['interim', '2026-03-09 08:00'],
      ['review', '2026-04-07 10:00'],
    ]);
  });

  it('closed on a Saturday night it counts from Monday morning', () => {
    const [first] = plan({ anchor: new Date('2026-03-07T16:00:00Z') });
    expect(local(first!.dueAt)).toBe('2026-03-11 08:00');
  });

  it('answers each step once, in working hours, never before the offset, and in the order of the offsets of a unit', () => {
    const offsets = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 8 });
    const anchors = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        anchors,
        offsets,
        fc.constantFrom('day' as const, 'working_day' as const),
        (anchor, amounts, unit) => {
          const steps = amounts.map((amount) => step(`s${amount}`, amount, { offset: { amount, unit } }));
          const planned = plan({ anchor, startedAt: anchor, now: anchor, steps });
          expect(planned.map((one) => one.step.key)).toEqual(steps.map((one) => one.key));
          for (const {
            dueAt,
            step: { offset },
            skip,
          } of planned) {
            expect(skip).toBeNull();
            expect(calendar.isWithinWorkingHours(dueAt)).toBe(true);
            expect(dueAt >= anchor).toBe(true);
            if (unit === 'working_day')
              expect(calendar.workingDaysBetween(anchor, dueAt)).toBe(offset.amount);
            else
              expect(dueAt.getTime() - anchor.getTime()).toBeGreaterThanOrEqual(offset.amount * 86_400_000);
          }
          const byAmount = [...planned].sort((a, b) => a.step.offset.amount - b.step.offset.amount);
          expect(byAmount.every((one, index) => index === 0 || one.dueAt >= byAmount[index - 1]!.dueAt)).toBe(
            true,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('whom a step is for', () => {
  const reasons = (facts: Partial<LeadFacts>, steps: Step[]) =>
    plan({ facts: { ...FACTS, ...facts }, steps }).map((one) => one.skip);

  it.each([
    [{ leadKind: 'infrastructure' as const }, {}, 'condition_not_met'],
    [{ leadKind: 'secondary' as const }, {}, null],
    [{ attendance: 'no_show' as const }, {}, 'condition_not_met'],
    [{ attendance: 'no_show' as const }, { attendance: 'no_show' as const }, null],
    [{ interestInCluster: true }, { hasClusterInterest: false }, 'condition_not_met'],
    [{ interestInCluster: false }, { hasClusterInterest: false }, null],
    [{ noAnswerYet: true }, { answered: true }, 'answered'],
    [{ noAnswerYet: false }, { answered: true }, null],
  ])('%j with %j: %s', (condition, facts, reason) => {
    expect(reasons(facts, [step('one', 1, { condition, channel: 'officer_task' })])).toEqual([reason]);
  });

  it('leaves out e-mails to nobody, but not the tasks', () => {
    const steps = [step('mail', 1), step('task', 1, { channel: 'officer_task' })];
    expect(reasons({ hasContact: false, email: 'none' }, steps)).toEqual(['no_contact', null]);
    expect(reasons({ email: 'none' }, steps)).toEqual(['no_email', null]);
    expect(reasons({ email: 'bounced' }, steps)).toEqual(['bounced', null]);
  });
});

describe('a late participant', () => {
  const anchor = new Date('2026-03-02T03:00:00Z');
  const startedAt = new Date('2026-03-17T03:00:00Z');

  it('gets the first e-mail at the next working moment, the rest from the close, and nothing of what is past', () => {
    const planned = plan({ anchor, startedAt, now: startedAt });
    expect(planned.map(({ step: { key }, skip, dueAt }) => [key, skip, local(dueAt)])).toEqual([
      ['thank-you', null, '2026-03-17 10:00'],
      ['call', 'late_participant', '2026-03-09 10:00'],
      ['sheet', 'late_participant', '2026-03-16 10:00'],
      ['interim', null, '2026-04-01 10:00'],
      ['review', null, '2026-05-04 08:00'],
    ]);
  });

  it('gets the same when planned again later', () => {
    const later = plan({
      anchor,
      startedAt,
      now: new Date('2026-03-30T03:00:00Z'),
      known: new Set(['thank-you']),
    });
    expect(later.map((one) => one.dueAt)).toEqual(
      plan({ anchor, startedAt, now: startedAt }).map((one) => one.dueAt),
    );
  });
});

describe('a step that a newer plan puts into the past', () => {
  const anchor = new Date('2026-03-02T03:00:00Z');
  const now = new Date('2026-03-20T03:00:00Z');

  it('is left out when it is new, and due at once when it was waiting', () => {
    const steps = [step('new', 5), step('known', 6)];
    const planned = plan({ anchor, startedAt: anchor, now, steps, known: new Set(['known']) });
    expect(planned.map((one) => one.skip)).toEqual(['step_past', null]);
  });
});
