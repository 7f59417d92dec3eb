import { DateTime } from 'luxon';
import { plusDays, weekdayOf } from '../../../platform/calendar/days.rules.js';
import type { CalendarView } from '../../../platform/calendar/working-time.rules.js';
import type { WorkingHours } from '../../../platform/config/config.js';

/** A span of a weekday in which visits may lie. Local times `HH:mm`. */
export interface WeeklyHours {
  /** 1 is Monday, 7 is Sunday. */
  weekday: number;
  from: string;
  to: string;
}

export interface VisitingHours {
  weekly: readonly WeeklyHours[];
  visitMinutes: number;
  /** The first day offered is this many working days after today; 0: today already. */
  noticeWorkingDays: number;
  /** The last day offered is this many working days after today. */
  horizonWorkingDays: number;
}

export interface Span {
  startsAt: Date;
  endsAt: Date;
}

/** Local days, both included. */
export interface Absence {
  fromDay: string;
  toDay: string;
}

export interface OfficerTime {
  hours: VisitingHours;
  booked: readonly Span[];
  absences: readonly Absence[];
}

export interface Moment {
  now: Date;
  timeZone: string;
  calendar: CalendarView;
}

const LUNCH: WorkingHours = { start: '11:30', end: '13:30' };
const MONDAY = 1;
/** However many days off lie ahead, nobody looks farther than this. */
const FARTHEST_DAYS = 180;

/** The defaults: the agency's working hours from Monday to Friday without the lunch break. */
export function usualHours({ start, end }: WorkingHours): VisitingHours {
  const spans = [
    { from: start, to: end < LUNCH.start ? end : LUNCH.start },
    { from: start > LUNCH.end ? start : LUNCH.end, to: end },
  ].filter(({ from, to }) => from < to);
  const weekly = [1, 2, 3, 4, 5].flatMap((weekday) => spans.map((span) => ({ weekday, ...span })));
  return { weekly, visitMinutes: 90, noticeWorkingDays: 2, horizonWorkingDays: 15 };
}

/** Every time at which the officer could receive somebody, earliest first; visits follow one another without a gap. */
export function freeTimes({ hours, booked, absences }: OfficerTime, moment: Moment): Span[] {
  return daysAhead(hours, moment)
    .filter((day) => !absences.some(({ fromDay, toDay }) => fromDay <= day && day <= toDay))
    .flatMap((day) => timesOf(day, hours, moment.timeZone))
    .filter((time) => time.startsAt > moment.now && !booked.some((one) => overlaps(one, time)));
}

/** From the first working day that keeps the notice to the last within the horizon. */
function daysAhead(
  { noticeWorkingDays, horizonWorkingDays }: VisitingHours,
  { now, timeZone, calendar }: Moment,
): string[] {
  const today = DateTime.fromJSDate(now, { zone: timeZone }).toISODate()!;
  const after: string[] = [];
  for (let n = 1; n <= FARTHEST_DAYS && after.length < horizonWorkingDays; n++) {
    const day = plusDays(today, n);
    if (calendar.isWorkingDay(day)) after.push(day);
  }
  if (noticeWorkingDays > 0) return after.slice(noticeWorkingDays - 1);
  return calendar.isWorkingDay(today) ? [today, ...after] : after;
}

/** A Saturday that works in place of another day keeps Monday's hours, unless it has hours of its own. */
function timesOf(day: string, { weekly, visitMinutes }: VisitingHours, zone: string): Span[] {
  const own = weekly.filter(({ weekday }) => weekday === weekdayOf(day));
  const spans =
    own.length > 0 || weekdayOf(day) < 6 ? own : weekly.filter(({ weekday }) => weekday === MONDAY);
  return spans.flatMap(({ from, to }) => {
    const times: Span[] = [];
    const end = DateTime.fromISO(`${day}T${to}`, { zone });
    let at = DateTime.fromISO(`${day}T${from}`, { zone });
    for (; at.plus({ minutes: visitMinutes }) <= end; at = at.plus({ minutes: visitMinutes }))
      times.push({ startsAt: at.toJSDate(), endsAt: at.plus({ minutes: visitMinutes }).toJSDate() });
    return times;
  });
}

export function overlaps(one: Span, other: Span): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

const CHOICES = 12;
const DAYS = 4;

/** At most twelve of them, spread over at least four days where there are as many, and over each day. */
export function choicesOf(times: readonly Span[], dayOf: (at: Date) => string): Span[] {
  const days = new Map<string, Span[]>();
  for (const time of times) {
    const day = dayOf(time.startsAt);
    days.set(day, [...(days.get(day) ?? []), time]);
  }
  const perDay = Math.ceil(CHOICES / Math.max(1, Math.min(DAYS, days.size)));
  return [...days.values()].flatMap((ofDay) => spread(ofDay, perDay)).slice(0, CHOICES);
}

/** The first, the last, and what lies evenly between. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  const step = count === 1 ? 0 : (items.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, index) => items[Math.round(index * step)]!);
}
