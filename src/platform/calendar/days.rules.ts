import { RuleError } from '../http/rule-error.js';

export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2100;

const DAY_MS = 86_400_000;

/** Days are `YYYY-MM-DD` texts and counted in UTC, where every day has 24 hours. */
export function plusDays(day: string, amount: number): string {
  return new Date(Date.parse(day) + amount * DAY_MS).toISOString().slice(0, 10);
}

/** How many days `to` lies after `from`; negative when before. */
export function daysApart(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7;
}

/** Saturday and Sunday: the weekly days off of the administration. */
export function isWeeklyDayOff(day: string): boolean {
  return weekdayOf(day) >= 6;
}

/** Both ends included; empty when `to` is earlier. */
export function daysFrom(from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, daysApart(from, to) + 1) }, (_, index) => plusDays(from, index));
}

/** The year of a day that the calendar knows. A day that is no day, or lies outside 1900–2100, is refused. */
export function knownYearOf(day: string): number {
  const year = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Number(day.slice(0, 4)) : NaN;
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR) || !isRealDay(day)) {
    throw new RuleError('calendar_out_of_range', { from: FIRST_YEAR, to: LAST_YEAR });
  }
  return year;
}

/** Some engines read 30 February as 2 March. */
function isRealDay(day: string): boolean {
  return !Number.isNaN(Date.parse(day)) && plusDays(day, 0) === day;
}
