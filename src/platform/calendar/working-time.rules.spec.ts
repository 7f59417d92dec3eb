import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { DayTable, type DayException } from './day-table.rules.js';
import { plusDays } from './days.rules.js';
import { WorkingTime } from './working-time.rules.js';

const ZONE = 'Asia/Ho_Chi_Minh';
const HOURS = { start: '08:00', end: '17:00' };

function timeWith(exceptions: Pick<DayException, 'day' | 'kind'>[], zone = ZONE): WorkingTime {
  const named = exceptions.map((exception) => ({ ...exception, nameVi: '', nameEn: '', source: '' }));
  return new WorkingTime(new DayTable(named), HOURS, zone);
}

const time = timeWith([
  { day: '2026-08-22', kind: 'working_day' },
  { day: '2026-08-31', kind: 'day_off' },
]);

/** Local time in Viet Nam. */
const at = (local: string) => new Date(`${local}+07:00`);

describe('next sending moment', () => {
  const holiday = at('2026-02-17T22:00');

  test('is the next working moment, also after an outage', () => {
    expect(time.nextSendingMoment(holiday)).toEqual(at('2026-02-23T08:00'));
  });

  test('is now where the hours span the whole day; due times still go around days off', () => {
    const always = new WorkingTime(new DayTable([]), { start: '00:00', end: '23:59' }, ZONE);
    expect(always.nextSendingMoment(holiday)).toEqual(holiday);
    expect(always.nextWorkingMoment(holiday)).toEqual(at('2026-02-23T00:00'));
  });
});

describe('next working moment', () => {
  test.each([
    ['within hours it is the moment itself', '2026-03-03T10:15', '2026-03-03T10:15'],
    ['the start works', '2026-03-03T08:00', '2026-03-03T08:00'],
    ['the end does not', '2026-03-03T17:00', '2026-03-04T08:00'],
    ['before hours', '2026-03-03T05:30', '2026-03-03T08:00'],
    ['Friday evening', '2026-03-06T19:00', '2026-03-09T08:00'],
    ['Tết', '2026-02-13T17:30', '2026-02-23T08:00'],
    ['a swapped Saturday works', '2026-08-21T18:00', '2026-08-22T08:00'],
    ['the Monday that it was swapped for does not', '2026-08-29T09:00', '2026-09-03T08:00'],
    ['29 February', '2028-02-28T17:00', '2028-02-29T08:00'],
    ['over the end of the year', '2026-12-31T17:00', '2027-01-04T08:00'],
  ])('%s', (_case, from, expected) => {
    expect(time.nextWorkingMoment(at(from))).toEqual(at(expected));
  });

  test('the local day counts, not the day in UTC', () => {
    expect(time.nextWorkingMoment(new Date('2026-03-06T23:30:00Z'))).toEqual(at('2026-03-09T08:00'));
    expect(time.isWithinWorkingHours(new Date('2026-03-09T01:00:00Z'))).toBe(true);
    expect(time.isWithinWorkingHours(new Date('2026-03-09T00:59:59.999Z'))).toBe(false);
  });
});

describe('due', () => {
  const workingDays = (amount: number, atTime?: string) => ({ amount, unit: 'working_day' as const, atTime });
  const days = (amount: number, atTime?: string) => ({ amount, unit: 'day' as const, atTime });

  test.each([
    ['two working days', '2026-03-03T15:00', workingDays(2), '2026-03-05T15:00'],
    ['over a weekend', '2026-03-05T15:00', workingDays(2), '2026-03-09T15:00'],
    ['over Tết 2027', '2027-02-03T15:00', workingDays(1), '2027-02-11T15:00'],
    ['what comes on a Saturday comes on Monday', '2026-03-07T15:00', workingDays(1), '2026-03-10T08:00'],
    ['seven days', '2026-03-03T15:00', days(7), '2026-03-10T15:00'],
    ['calendar days roll off a holiday', '2026-04-20T15:00', days(10), '2026-05-04T08:00'],
    ['end of a month', '2026-01-30T10:00', days(30), '2026-03-02T08:00'],
    ['at a time of day', '2026-03-03T15:00', workingDays(2, '09:00'), '2026-03-05T09:00'],
    ['never before the start', '2026-03-06T15:00', days(0, '09:00'), '2026-03-09T09:00'],
    ['a time after hours rolls on', '2026-03-03T15:00', workingDays(1, '18:00'), '2026-03-05T08:00'],
  ])('%s', (_case, from, { atTime, ...offset }, expected) => {
    expect(time.dueAt(at(from), offset, atTime)).toEqual(at(expected));
  });

  test('clear refusals', () => {
    const from = at('2026-03-03T15:00');
    for (const amount of [-1, 1.5, Number.NaN, 3661]) {
      expect(() => time.dueAt(from, { amount, unit: 'working_day' })).toThrow('calendar_invalid_amount');
      expect(() => time.addDays(from, amount)).toThrow('calendar_invalid_amount');
    }
    for (const text of ['9:00', '24:00', '08:60', '']) {
      expect(() => time.dueAt(from, { amount: 1, unit: 'day' }, text)).toThrow('calendar_invalid_time');
    }
    for (const instant of [new Date('0001-01-01'), new Date('9999-12-31'), new Date(Number.NaN)]) {
      expect(() => time.nextWorkingMoment(instant)).toThrow('calendar_out_of_range');
    }
    expect(() => time.addWorkingDays(at('2100-12-31T10:00'), 1)).toThrow('calendar_out_of_range');
    expect(() => time.addDays(at('2100-12-30T10:00'), 2)).toThrow('calendar_out_of_range');
  });
});

describe('working days between', () => {
  test.each([
    ['not yet a whole one', '2026-03-03T15:00', '2026-03-04T14:59', 0],
    ['one', '2026-03-03T15:00', '2026-03-04T15:00', 1],
    ['over a weekend', '2026-03-06T15:00', '2026-03-09T15:00', 1],
    ['the weekend itself is none', '2026-03-07T09:00', '2026-03-08T20:00', 0],
    ['backwards', '2026-03-04T15:00', '2026-03-03T15:00', -1],
    ['over Tết', '2026-02-13T10:00', '2026-02-23T10:00', 1],
  ])('%s', (_case, from, to, expected) => {
    expect(time.workingDaysBetween(at(from), at(to))).toBe(expected);
  });

  test('a month has its working days', () => {
    expect(time.workingDays('2026-02-01', '2026-02-28')).toHaveLength(15);
    expect(time.workingDays('2026-08-01', '2026-08-31')).toHaveLength(21);
    expect(time.workingDays('2026-03-07', '2026-03-08')).toEqual([]);
    expect(time.workingDays('2026-03-08', '2026-03-07')).toEqual([]);
  });
});

describe('for any exceptions, zone and start', () => {
  const FIRST = '2026-01-01';
  const day = fc.integer({ min: 0, max: 800 }).map((offset) => plusDays(FIRST, offset));
  const exceptions = fc.uniqueArray(
    fc.record({ day, kind: fc.constantFrom('day_off' as const, 'working_day' as const) }),
    { maxLength: 40, selector: (exception) => exception.day },
  );
  const zones = fc.constantFrom(ZONE, 'UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati');
  const times = fc.tuple(exceptions, zones).map(([list, zone]) => timeWith(list, zone));
  const starts = fc.date({ min: new Date('2026-01-02'), max: new Date('2028-01-31'), noInvalidDate: true });
  const amounts = fc.integer({ min: 0, max: 60 });
  const offsets = fc.record({
    amount: amounts,
    unit: fc.constantFrom('working_day' as const, 'day' as const),
  });
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const atTimes = fc.option(clock, { nil: undefined });

  const thorough = { numRuns: 300 };

  test('due is a working moment and never before the start', () => {
    fc.assert(
      fc.property(times, starts, offsets, atTimes, (calendar, from, offset, atTime) => {
        const due = calendar.dueAt(from, offset, atTime);
        expect(calendar.isWithinWorkingHours(due)).toBe(true);
        expect(due >= from).toBe(true);
      }),
      thorough,
    );
  });

  test('a later start or a larger amount is never due earlier', () => {
    fc.assert(
      fc.property(
        times,
        fc.tuple(starts, starts),
        fc.tuple(offsets, amounts),
        atTimes,
        (calendar, ...given) => {
          const [[a, b], [offset, more], atTime] = given;
          const [early, late] = a < b ? [a, b] : [b, a];
          const due = calendar.dueAt(early, offset, atTime);
          expect(calendar.dueAt(late, offset, atTime) >= due).toBe(true);
          expect(calendar.dueAt(early, { ...offset, amount: offset.amount + more }, atTime) >= due).toBe(
            true,
          );
        },
      ),
      thorough,
    );
  });

  test('adding a and then b is adding a + b, and counting gives a back', () => {
    fc.assert(
      fc.property(times, starts, amounts, amounts, (calendar, from, a, b) => {
        const step = calendar.addWorkingDays(from, a);
        expect(calendar.addWorkingDays(step, b)).toEqual(calendar.addWorkingDays(from, a + b));
        expect(calendar.workingDaysBetween(from, step)).toBe(a);
        expect(calendar.workingDaysBetween(from, new Date(step.getTime() - 1))).toBe(Math.max(0, a - 1));
      }),
      thorough,
    );
  });

  test('working days are at least as long as calendar days', () => {
    fc.assert(
      fc.property(times, starts, amounts, (calendar, from, amount) => {
        const byDay = calendar.dueAt(from, { amount, unit: 'day' });
        expect(calendar.dueAt(from, { amount, unit: 'working_day' }) >= byDay).toBe(true);
      }),
      thorough,
    );
  });
});
