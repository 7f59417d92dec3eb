import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsDay, Line, MayBeAbsent } from '../http/fields.js';
import { PageQuery, type Page } from '../http/pages.js';
import { translate, type Language } from '../i18n/i18n.js';
import {
  CALENDAR_EXCEPTION_KINDS,
  type CalendarException,
  type CalendarExceptionKind,
} from './calendar-exception.entity.js';
import type { DayNote, DayReason } from './day-table.rules.js';
import { FIRST_YEAR, LAST_YEAR } from './days.rules.js';
import type { Holiday } from './holidays.rules.js';

export class CreateCalendarException {
  /** The day that departs from the rule, 1900 to 2100. @example "2026-08-22" */
  @IsDay()
  day: string;

  /** `day_off`: off although it would work; `working_day`: works although it would be off. */
  @IsIn(CALENDAR_EXCEPTION_KINDS)
  kind: CalendarExceptionKind;

  /** Vietnamese name, at most 200 characters. @example "Làm bù cho thứ Hai 31/8/2026" */
  @Line(200)
  nameVi: string;

  /** English name, at most 200 characters. */
  @Line(200)
  nameEn: string;

  /** Number, date and address of the official announcement, at most 500 characters. */
  @Line(500)
  source: string;
}

export class ChangeCalendarException {
  /** The day that departs from the rule, 1900 to 2100. */
  @MayBeAbsent()
  @IsDay()
  day?: string;

  /** `day_off` or `working_day`. */
  @MayBeAbsent()
  @IsIn(CALENDAR_EXCEPTION_KINDS)
  kind?: CalendarExceptionKind;

  /** Vietnamese name, at most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  nameVi?: string;

  /** English name, at most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  nameEn?: string;

  /** Number, date and address of the official announcement, at most 500 characters. */
  @MayBeAbsent()
  @Line(500)
  source?: string;
}

export class CalendarExceptionsQuery extends PageQuery {
  /** Only the exceptions of this year. @example 2026 */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(FIRST_YEAR)
  @Max(LAST_YEAR)
  year?: number;

  /** Only this kind. */
  @IsOptional()
  @IsIn(CALENDAR_EXCEPTION_KINDS)
  kind?: CalendarExceptionKind;
}

export class CalendarExceptionAnswer {
  id: string;
  /** `YYYY-MM-DD` */
  day: string;
  kind: CalendarExceptionKind;
  nameVi: string;
  nameEn: string;
  /** Number, date and address of the official announcement. */
  source: string;
  version: number;
  /** UTC. */
  createdAt: string;
  updatedAt: string;
}

export class CalendarExceptionPage implements Page<CalendarExceptionAnswer> {
  items: CalendarExceptionAnswer[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}

export class WorkingDaysQuery {
  /** First day, included. @example "2026-02-01" */
  @IsDay()
  from: string;

  /** Last day, included; at most 366 days in all. @example "2026-02-28" */
  @IsDay()
  to: string;
}

export class DayReasonAnswer {
  /** `compensation` makes up for a holiday on a weekly day off; `day_off` and `working_day` are announced exceptions. */
  kind: DayReason['kind'];
  /** The name in Vietnamese. @example "Tết Nguyên đán" */
  vi: string;
  /** The name in English. */
  en: string;
  /** The legal text or the announcement; absent for a weekly day off. */
  source?: string;
}

export class DayAnswer {
  /** `YYYY-MM-DD` */
  day: string;
  working: boolean;
  /** Why the day is off, or works out of turn; absent for an ordinary working day. */
  reason?: DayReasonAnswer;
}

export class WorkingDaysAnswer {
  /** Every day asked for. */
  items: DayAnswer[];
  /** How many of them work. */
  workingDays: number;
}

export function toExceptionAnswer(exception: CalendarException): CalendarExceptionAnswer {
  const { id, day, kind, nameVi, nameEn, source, version } = exception;
  const createdAt = exception.createdAt.toISOString();
  return {
    id,
    day,
    kind,
    nameVi,
    nameEn,
    source,
    version,
    createdAt,
    updatedAt: exception.updatedAt.toISOString(),
  };
}

export function toWorkingDaysAnswer(notes: DayNote[]): WorkingDaysAnswer {
  const items = notes.map(({ day, working, reason }): DayAnswer => ({
    day,
    working,
    ...(reason && { reason: toReasonAnswer(reason) }),
  }));
  return { items, workingDays: items.filter((item) => item.working).length };
}

function toReasonAnswer(reason: DayReason): DayReasonAnswer {
  if (reason.kind === 'weekly_day_off') {
    return { kind: reason.kind, vi: words('vi', reason.kind), en: words('en', reason.kind) };
  }
  const { kind, source } = reason;
  if ('nameVi' in reason) return { kind, vi: reason.nameVi, en: reason.nameEn, source };
  return { kind, vi: holidayName(reason, 'vi'), en: holidayName(reason, 'en'), source };
}

function holidayName({ kind, key }: Pick<Holiday, 'kind' | 'key'>, language: Language): string {
  const holiday = words(language, `holiday_${key}`);
  return kind === 'compensation' ? words(language, kind, { holiday }) : holiday;
}

function words(language: Language, key: string, params?: Record<string, unknown>): string {
  return translate(language, `calendar:${key}`, params);
}
