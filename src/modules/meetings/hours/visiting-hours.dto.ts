import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { IsDay, Line } from '../../../platform/http/fields.js';
import type { WeeklyHours } from './free-times.rules.js';
import type { OfficerAbsence } from './officer-hours.entity.js';
import type { HoursOfOfficer } from './visiting-hours.service.js';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

export class VisitingSpan implements WeeklyHours {
  /** 1 is Monday, 7 is Sunday. Days off of the calendar are never offered; a Saturday that works in place of another day keeps Monday's hours. */
  @IsInt()
  @Min(1)
  @Max(7)
  weekday: number;

  /** Local time. @example "08:00" */
  @Matches(TIME)
  from: string;

  /** Local time, after `from`. @example "11:30" */
  @Matches(TIME)
  to: string;
}

export class SetVisitingHours {
  /** In which visits may lie, at most 28; none: no time is ever offered. */
  @IsArray()
  @ArrayMaxSize(28)
  @ValidateNested({ each: true })
  @Type(() => VisitingSpan)
  weekly: VisitingSpan[];

  /** How long a visit takes, in minutes, 15 to 480. */
  @IsInt()
  @Min(15)
  @Max(480)
  visitMinutes: number;

  /** The first day offered is this many working days after today, 0 to 30. */
  @IsInt()
  @Min(0)
  @Max(30)
  noticeWorkingDays: number;

  /** The last day offered is this many working days after today, 1 to 60. */
  @IsInt()
  @Min(1)
  @Max(60)
  horizonWorkingDays: number;
}

export class VisitingHoursAnswer extends SetVisitingHours {
  /** Nobody set these hours: they are the agency's working hours without the lunch break. */
  usual: boolean;
  /** For `If-Match`; 0 while they are the usual ones. */
  version: number;
}

export class AddAbsence {
  /** First local day. */
  @IsDay()
  fromDay: string;

  /** Last local day, included. */
  @IsDay()
  toDay: string;

  /** Shown to colleagues, never to investors; at most 200 characters. */
  @IsOptional()
  @Line(200)
  reason?: string | null;
}

export class AbsenceAnswer {
  id: string;
  /** `YYYY-MM-DD` */
  fromDay: string;
  /** Included. */
  toDay: string;
  reason: string | null;
}

export class AbsenceList {
  /** Those that are not over, earliest first. */
  items: AbsenceAnswer[];
}

export function toHoursAnswer({ weekly, ...hours }: HoursOfOfficer): VisitingHoursAnswer {
  return { ...hours, weekly: [...weekly], usual: hours.version === 0 };
}

export function toAbsenceAnswer({ id, fromDay, toDay, reason }: OfficerAbsence): AbsenceAnswer {
  return { id, fromDay, toDay, reason };
}
