import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { DayAnswer } from '../../platform/calendar/calendar.dto.js';
import { Group, IsInstant, Line, MayBeAbsent } from '../../platform/http/fields.js';
import { MAX_STEPS } from './plan-input.rules.js';
import { OffsetField } from './plans.dto.js';

export class SampleStep {
  /** Whatever the caller knows it by; comes back as it is. */
  @MayBeAbsent()
  @Line(100)
  key?: string;

  /** How long after the round was closed. */
  @Group(() => OffsetField)
  offset: OffsetField;
}

export class SampleDates {
  /** When the sample round is closed. @example "2026-04-28T03:00:00Z" */
  @IsInstant()
  closedAt: string;

  /** In order, 1 to 30; they need not be saved. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_STEPS)
  @ValidateNested({ each: true })
  @Type(() => SampleStep)
  steps: SampleStep[];
}

export class SampleStepAnswer {
  key: string | null;
  /** When it would be due. */
  dueAt: string;
  /** The same, as a local day. `YYYY-MM-DD` */
  day: string;
  /** Of a step in calendar days: the day it would have fallen on, if that does not work; null: not moved. */
  movedFrom: string | null;
}

export class SampleDatesAnswer {
  /** In the order given. */
  steps: SampleStepAnswer[];
  /** From the close to the last step: days that do not work, and days that work out of turn, with the reason. */
  days: DayAnswer[];
}
