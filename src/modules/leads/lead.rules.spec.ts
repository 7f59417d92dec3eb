import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../platform/database/actor.js';
import {
  assertMayAssign,
  assertMayChange,
  consequenceOf,
  isStale,
  missingCare,
  serviceClocks,
} from './lead.rules.js';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-03-02T03:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const calendar = {
  addWorkingDays: (from: Date, amount: number) => new Date(from.getTime() + amount * DAY_MS),
};
const officer: Actor = { kind: 'user', id: 'an', name: 'An', role: 'officer' };
const investor: Actor = { kind: 'investor', id: 'an', name: 'Mr Kim', role: null };
const system: Actor = { kind: 'system', id: null, name: 'system', role: null };

describe('whose lead it is', () => {
  it('owner, helper, whoever may change any, and the system change it', () => {
    expect(() => assertMayChange(officer, { ownerId: 'an', helperIds: [] }, false)).not.toThrow();
    expect(() => assertMayChange(officer, { ownerId: 'binh', helperIds: ['an'] }, false)).not.toThrow();
    expect(() => assertMayChange(officer, { ownerId: 'binh', helperIds: [] }, true)).not.toThrow();
    expect(() => assertMayChange(system, { ownerId: 'binh', helperIds: [] }, false)).not.toThrow();
  });

  it('nobody else does', () => {
    expect(() => assertMayChange(officer, { ownerId: 'binh', helperIds: [] }, false)).toThrow(
      'not_your_lead',
    );
    expect(() => assertMayChange(officer, { ownerId: null, helperIds: [] }, false)).toThrow('not_your_lead');
    expect(() => assertMayChange({ ...investor, id: null }, { ownerId: null, helperIds: [] }, false)).toThrow(
      'not_your_lead',
    );
  });

  it('a helper does not hand it over', () => {
    expect(() => assertMayAssign(officer, 'binh', false)).toThrow('not_your_lead');
    expect(() => assertMayAssign(officer, 'an', false)).not.toThrow();
    expect(() => assertMayAssign(officer, 'binh', true)).not.toThrow();
  });
});

describe('staleness', () => {
  it('counts whole days of silence, where the stage has a limit', () => {
    expect(isStale({ lastActivityAt: daysAgo(7) }, 7, NOW)).toBe(false);
    expect(isStale({ lastActivityAt: daysAgo(7.01) }, 7, NOW)).toBe(true);
    expect(isStale({ lastActivityAt: daysAgo(700) }, null, NOW)).toBe(false);
  });
});

describe('what an answer asks for', () => {
  it('never loses a lead by itself', () => {
    expect(consequenceOf('not_interested', { open: true }, null, '2026-03-02')).toEqual({
      nextAction: 'next_action_not_interested',
      withinWorkingDays: 2,
    });
  });

  it('puts to sleep only until a day that is yet to come', () => {
    expect(consequenceOf('not_now', { open: true }, '2026-06-01', '2026-03-02')).toEqual({
      wakeOn: '2026-06-01',
    });
    for (const until of ['2026-03-02', null]) {
      expect(consequenceOf('not_now', { open: true }, until, '2026-03-02')).toMatchObject({
        nextAction: 'next_action_not_now',
      });
    }
  });

  it('asks nothing of a lead that is over', () => {
    expect(consequenceOf('interested', { open: false }, null, '2026-03-02')).toBeNull();
  });
});

describe('the service standard', () => {
  const enquiry = {
    source: 'enquiry' as const,
    openedAt: daysAgo(3),
    acknowledgedAt: null,
    answeredAt: null,
  };

  it('runs for enquiries only', () => {
    expect(serviceClocks({ ...enquiry, source: 'officer' }, calendar, NOW)).toBeNull();
  });

  it('tells waiting, overdue, in time and late apart', () => {
    expect(serviceClocks(enquiry, calendar, NOW)).toMatchObject({
      acknowledge: { state: 'overdue' },
      answer: { state: 'waiting' },
    });
    const done = { ...enquiry, acknowledgedAt: daysAgo(2), answeredAt: daysAgo(-2.5) };
    expect(serviceClocks(done, calendar, NOW)).toMatchObject({
      acknowledge: { state: 'in_time' },
      answer: { state: 'late' },
    });
  });

  it('names a missing owner and next action after two working days', () => {
    const bare = { ownerId: null, nextAction: null, nextActionAt: null };
    expect(missingCare(bare, daysAgo(2), calendar, NOW)).toEqual([]);
    expect(missingCare(bare, daysAgo(2.1), calendar, NOW)).toEqual(['owner', 'next_action']);
    expect(missingCare({ ...bare, ownerId: 'an', nextAction: 'Gọi' }, daysAgo(3), calendar, NOW)).toEqual([
      'next_action',
    ]);
  });
});
