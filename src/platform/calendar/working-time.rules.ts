import { DateTime } from 'luxon';
import type { WorkingHours } from '../config/config.js';
import { RuleError } from '../http/rule-error.js';
import { daysFrom, knownYearOf, plusDays } from './days.rules.js';

export interface CalendarView {
  /** @param day local, `YYYY-MM-DD`, 1900–2100 */
  isWorkingDay(day: string): boolean;
}

/** How long after a moment: working days, or calendar days. */
export interface Offset {
  amount: number;
  unit: 'working_day' | 'day';
}

/** Ten years of days. */
export const MAX_OFFSET = 3660;

/**
 * Arithmetic over working days and hours, without I/O. A moment works when its local day does and
 * `start <= time < end`. Whatever happens outside working time counts from the next working moment: what
 * arrives on a Saturday arrives, for every count, on Monday when work starts.
 */
export class WorkingTime implements CalendarView {
  constructor(
    private readonly view: CalendarView,
    private readonly hours: WorkingHours,
    private readonly timeZone: string,
  ) {}

  isWorkingDay(day: string): boolean {
    return this.view.isWorkingDay(day);
  }

  isWithinWorkingHours(at: Date): boolean {
    const { day, time } = this.localOf(at);
    return this.isWorkingDay(day) && time >= this.hours.start && time < this.hours.end;
  }

  /** The moment itself when it works, otherwise the next start of work. */
  nextWorkingMoment(at: Date): Date {
    const { day, time } = this.localOf(at);
    if (!this.isWorkingDay(day) || time >= this.hours.end)
      return this.at(this.nextWorkingDay(day), this.hours.start);
    return time < this.hours.start ? this.at(day, this.hours.start) : at;
  }

  /**
   * When what may only go out in working hours may go: now or at the next working moment. Hours that span the whole
   * day (00:00-23:59) mean at any time, days off included; due times are still planned around those.
   */
  nextSendingMoment(at: Date): Date {
    return this.hours.start === '00:00' && this.hours.end === '23:59' ? at : this.nextWorkingMoment(at);
  }

  /**
   * The same time of day, `amount` working days after the next working moment. Always a working moment;
   * adding a and then b is adding a + b.
   */
  addWorkingDays(from: Date, amount: number): Date {
    assertAmount(amount);
    const start = this.nextWorkingMoment(from);
    let { day } = this.localOf(start);
    for (let left = amount; left > 0; left--) day = this.nextWorkingDay(day);
    return amount === 0 ? start : this.nextWorkingMoment(this.moveTo(start, day));
  }

  /** The same local time of day, `amount` calendar days later, working or not. */
  addDays(from: Date, amount: number): Date {
    assertAmount(amount);
    const day = plusDays(this.localOf(from).day, amount);
    knownYearOf(day);
    return this.moveTo(from, day);
  }

  /**
   * When a step is due: the offset, then forward to working time. With `atTime` (local `HH:mm`) at that
   * time of the resulting day, or of the next working day where that would lie before the start.
   */
  dueAt(from: Date, offset: Offset, atTime?: string): Date {
    const due =
      offset.unit === 'working_day'
        ? this.addWorkingDays(from, offset.amount)
        : this.nextWorkingMoment(this.addDays(from, offset.amount));
    if (atTime === undefined) return due;
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(atTime))
      throw new RuleError('calendar_invalid_time', { time: atTime });
    const { day } = this.localOf(due);
    const wished = this.at(day, atTime);
    const tooEarly = wished < this.nextWorkingMoment(from);
    return this.nextWorkingMoment(tooEarly ? this.at(this.nextWorkingDay(day), atTime) : wished);
  }

  /** Whole working days that have passed: the largest n with `addWorkingDays(from, n) <= to`; negative backwards. */
  workingDaysBetween(from: Date, to: Date): number {
    if (to < from) return 0 - this.workingDaysBetween(to, from);
    const start = this.localOf(this.nextWorkingMoment(from));
    const end = this.localOf(to);
    if (end.day <= start.day) return 0;
    const days = this.workingDays(plusDays(start.day, 1), end.day);
    return days.at(-1) === end.day && end.time < start.time ? days.length - 1 : days.length;
  }

  /** The working days from one day to another, both included. */
  workingDays(from: string, to: string): string[] {
    knownYearOf(from);
    knownYearOf(to);
    return daysFrom(from, to).filter((day) => this.isWorkingDay(day));
  }

  /** Ends: behind 2100 the view refuses. */
  private nextWorkingDay(day: string): string {
    let next = plusDays(day, 1);
    while (!this.isWorkingDay(next)) next = plusDays(next, 1);
    return next;
  }

  /** `time` has milliseconds, so that texts compare as times do. */
  private localOf(at: Date): { day: string; time: string } {
    const local = DateTime.fromJSDate(at, { zone: this.timeZone });
    const [day = '', time = ''] = (local.toISO({ includeOffset: false }) ?? '').split('T');
    knownYearOf(day);
    return { day, time };
  }

  private at(day: string, time: string): Date {
    return DateTime.fromISO(`${day}T${time}`, { zone: this.timeZone }).toJSDate();
  }

  private moveTo(at: Date, day: string): Date {
    return this.at(day, this.localOf(at).time);
  }
}

function assertAmount(amount: number): void {
  if (!Number.isInteger(amount) || amount < 0 || amount > MAX_OFFSET) {
    throw new RuleError('calendar_invalid_amount', { amount, max: MAX_OFFSET });
  }
}
