import { describe, expect, it } from '@jest/globals';
import { lastSensible, nextAllowed } from './mail-preference.rules.js';

const ZONE = 'Asia/Ho_Chi_Minh';
const last = new Date('2026-03-02T02:15:00Z');

describe('how often a mailbox gets promotion mail', () => {
  it.each([
    ['each', '2026-03-02T03:00:00Z', '2026-03-02T03:00:00Z'],
    ['weekly', '2026-03-02T03:00:00Z', '2026-03-08T17:00:00Z'],
    ['weekly', '2026-03-09T01:00:00Z', '2026-03-09T01:00:00Z'],
    ['monthly', '2026-03-09T01:00:00Z', '2026-03-31T17:00:00Z'],
  ] as const)('%s, asked at %s: from %s', (frequency, at, from) => {
    expect(nextAllowed(frequency, last, new Date(at), ZONE)).toEqual(new Date(from));
  });

  it('the first one is never too many', () => {
    expect(nextAllowed('monthly', null, last, ZONE)).toBe(last);
  });

  it('an invitation makes sense until its event begins, other mail for 45 days', () => {
    const event = new Date('2026-03-20T01:00:00Z');
    expect(lastSensible(last, event)).toBe(event);
    expect(lastSensible(last, undefined)).toEqual(new Date('2026-04-16T02:15:00Z'));
  });
});
