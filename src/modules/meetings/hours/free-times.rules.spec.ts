import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { DayTable } from '../../../platform/calendar/day-table.rules.js';
import { weekdayOf } from '../../../platform/calendar/days.rules.js';
import {
  choicesOf,
  freeTimes,
  overlaps,
  usualHours,
  type OfficerTime,
  type Span,
} from './free-times.rules.js';

const ZONE = 'Asia/Ho_Chi_Minh';
const HOURS = usualHours({ start: '08:00', end: '17:00' });
const calendar = new DayTable([
  { day: '2026-03-05', kind: 'day_off', nameVi: 'Nghỉ', nameEn: 'Off', source: 'test' },
  { day: '2026-03-14', kind: 'working_day', nameVi: 'Làm bù', nameEn: 'Swapped', source: 'test' },
]);
/** Monday 2 March 2026, 10:00 in Viet Nam. */
const now = new Date('2026-03-02T03:00:00Z');
const moment = { now, timeZone: ZONE, calendar };
const local = (at: Date) => DateTime.fromJSDate(at, { zone: ZONE });
const dayOf = (at: Date) => local(at).toISODate()!;
const idle: OfficerTime = { hours: HOURS, booked: [], absences: [] };

describe('free times', () => {
  test('are the working hours without lunch, from the second working day on', () => {
    const times = freeTimes(idle, moment);
    const first = times.filter(({ startsAt }) => dayOf(startsAt) === '2026-03-04');
    expect(times[0]).toBe(first[0]);
    expect(first.map(({ startsAt }) => local(startsAt).toFormat('HH:mm'))).toEqual([
      '08:00',
      '09:30',
      '13:30',
      '15:00',
    ]);
  });

  test('leave out holidays and the week’s days off, and take a swapped Saturday', () => {
    const days = new Set(freeTimes(idle, moment).map(({ startsAt }) => dayOf(startsAt)));
    expect(days.has('2026-03-05')).toBe(false);
    expect(days.has('2026-03-07')).toBe(false);
    expect(days.has('2026-03-14')).toBe(true);
  });

  test('end at the horizon', () => {
    const days = [...new Set(freeTimes(idle, moment).map(({ startsAt }) => dayOf(startsAt)))];
    expect(days).toHaveLength(HOURS.horizonWorkingDays - HOURS.noticeWorkingDays + 1);
  });

  test('without notice begin later the same day', () => {
    const hours = { ...HOURS, noticeWorkingDays: 0 };
    expect(local(freeTimes({ ...idle, hours }, moment)[0]!.startsAt).toFormat('yyyy-MM-dd HH:mm')).toBe(
      '2026-03-02 13:30',
    );
  });

  test('of an officer who is away all the time are none', () => {
    const absences = [{ fromDay: '2026-03-01', toDay: '2026-12-31' }];
    expect(freeTimes({ ...idle, absences }, moment)).toEqual([]);
  });
});

const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const minutes = String((quarter % 4) * 15).padStart(2, '0');
  return `${String(Math.trunc(quarter / 4)).padStart(2, '0')}:${minutes}`;
});
const span = fc
  .tuple(fc.integer({ min: 1, max: 7 }), time, time)
  .filter(([, one, other]) => one !== other)
  .map(([weekday, one, other]) => ({
    weekday,
    from: one < other ? one : other,
    to: one < other ? other : one,
  }));
const booked = fc
  .tuple(fc.integer({ min: 0, max: 30 * 96 }), fc.integer({ min: 1, max: 16 }))
  .map(([from, length]): Span => {
    const startsAt = new Date(now.getTime() + from * 900_000);
    return { startsAt, endsAt: new Date(startsAt.getTime() + length * 900_000) };
  });
const absence = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 5 }))
  .map(([from, days]) => ({
    fromDay: local(now).plus({ days: from }).toISODate()!,
    toDay: local(now)
      .plus({ days: from + days })
      .toISODate()!,
  }));
const officer = fc.record({
  hours: fc.record({
    weekly: fc.array(span, { maxLength: 10 }),
    visitMinutes: fc.integer({ min: 15, max: 240 }),
    noticeWorkingDays: fc.integer({ min: 0, max: 5 }),
    horizonWorkingDays: fc.integer({ min: 1, max: 20 }),
  }),
  booked: fc.array(booked, { maxLength: 12 }),
  absences: fc.array(absence, { maxLength: 3 }),
});

describe('whatever hours, bookings and absences an officer has, a free time', () => {
  const all = (holds: (time: Span, given: OfficerTime) => boolean) =>
    fc.assert(
      fc.property(officer, (given) => freeTimes(given, moment).every((free) => holds(free, given))),
      { numRuns: 60 },
    );

  test('lies within the hours of its weekday', () => {
    all(({ startsAt, endsAt }, { hours }) => {
      const weekday = weekdayOf(dayOf(startsAt));
      const own = hours.weekly.some((one) => one.weekday === weekday);
      const [from, to] = [local(startsAt).toFormat('HH:mm'), local(endsAt).toFormat('HH:mm')];
      return hours.weekly.some(
        (one) =>
          one.weekday === (own || weekday < 6 ? weekday : 1) &&
          one.from <= from &&
          to <= one.to &&
          dayOf(startsAt) === dayOf(endsAt),
      );
    });
  });

  test('collides with nothing booked', () => {
    all((free, given) => !given.booked.some((one) => overlaps(one, free)));
  });

  test('is on a working day on which the officer is there', () => {
    all(({ startsAt }, given) => {
      const day = dayOf(startsAt);
      return (
        calendar.isWorkingDay(day) &&
        !given.absences.some(({ fromDay, toDay }) => fromDay <= day && day <= toDay)
      );
    });
  });

  test('lies ahead, no nearer than the notice', () => {
    all(({ startsAt }, { hours }) => {
      const days = [];
      for (
        let day = local(now).plus({ days: 1 });
        day.toISODate()! <= dayOf(startsAt);
        day = day.plus({ days: 1 })
      )
        if (calendar.isWorkingDay(day.toISODate()!)) days.push(day);
      return (
        startsAt > now && days.length >= hours.noticeWorkingDays && days.length <= hours.horizonWorkingDays
      );
    });
  });

  test('is offered as one of at most twelve, over at least four days where there are as many', () => {
    fc.assert(
      fc.property(officer, (given) => {
        const times = freeTimes(given, moment);
        const offered = choicesOf(times, dayOf);
        const days = (list: Span[]) => new Set(list.map(({ startsAt }) => dayOf(startsAt))).size;
        return (
          offered.length <= 12 &&
          offered.every((one) => times.includes(one)) &&
          days(offered) >= Math.min(4, days(times)) &&
          (times.length === 0 || offered.length > 0)
        );
      }),
      { numRuns: 60 },
    );
  });
});
