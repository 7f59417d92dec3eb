import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DayTable } from '../../platform/calendar/day-table.rules.js';
import { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { workingCutoff } from './working-cutoff.rules.js';

const calendar = new WorkingTime(new DayTable([]), { start: '08:00', end: '17:00' }, 'Asia/Ho_Chi_Minh');

describe('the cutoff of working days', () => {
  it('lies before Tết for a task that has been open for two working days on the first Tuesday after it', () => {
    const cutoff = workingCutoff(calendar, new Date('2026-02-24T02:00:00Z'), 2);
    expect(cutoff.toISOString().slice(0, 10)).toBe('2026-02-13');
  });

  it('separates what is old enough from what is not', () => {
    const moments = fc.date({
      min: new Date('2024-01-01T00:00:00Z'),
      max: new Date('2028-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        moments,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 20 * 86_400 }),
        (now, amount, secondsAgo) => {
          const cutoff = workingCutoff(calendar, now, amount);
          expect(calendar.addWorkingDays(cutoff, amount) <= now).toBe(true);
          const from = new Date(now.getTime() - secondsAgo * 1000);
          if (Math.abs(from.getTime() - cutoff.getTime()) > 1000) {
            expect(calendar.addWorkingDays(from, amount) <= now).toBe(from <= cutoff);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
