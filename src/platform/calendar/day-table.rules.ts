import type { CalendarExceptionKind } from './calendar-exception.entity.js';
import { isWeeklyDayOff, knownYearOf } from './days.rules.js';
import { holidaysOf, type HolidayKey } from './holidays.rules.js';
import type { CalendarView } from './working-time.rules.js';

/** What the table needs of an exception. */
export interface DayException {
  /** `YYYY-MM-DD` */
  day: string;
  kind: CalendarExceptionKind;
  nameVi: string;
  nameEn: string;
  /** The announcement. */
  source: string;
}

/** Why a day is off, or a Saturday is not. */
export type DayReason =
  | { kind: 'weekly_day_off' }
  | { kind: 'holiday' | 'compensation'; key: HolidayKey; source: string }
  | { kind: CalendarExceptionKind; nameVi: string; nameEn: string; source: string };

export interface DayNote {
  day: string;
  working: boolean;
  /** Null for an ordinary working day. */
  reason: DayReason | null;
}

/** Every day from 1900 to 2100: the exception has the last word, then the law, then the weekly days off. */
export class DayTable implements CalendarView {
  private readonly exceptions: ReadonlyMap<string, DayException>;

  constructor(exceptions: readonly DayException[]) {
    this.exceptions = new Map(exceptions.map((exception) => [exception.day, exception]));
  }

  isWorkingDay(day: string): boolean {
    const year = knownYearOf(day);
    const exception = this.exceptions.get(day);
    if (exception) return exception.kind === 'working_day';
    return !isWeeklyDayOff(day) && !holidaysOf(year).has(day);
  }

  describe(day: string): DayNote {
    const working = this.isWorkingDay(day);
    const exception = this.exceptions.get(day);
    if (exception) {
      const { kind, nameVi, nameEn, source } = exception;
      return { day, working, reason: { kind, nameVi, nameEn, source } };
    }
    const holiday = holidaysOf(knownYearOf(day)).get(day);
    if (holiday)
      return { day, working, reason: { kind: holiday.kind, key: holiday.key, source: holiday.source } };
    return { day, working, reason: working ? null : { kind: 'weekly_day_off' } };
  }
}
