import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsInstant, Text } from '../../../platform/http/fields.js';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import { emptyIsAbsent } from '../site/form-fields.js';

export const VISIT_ACTS = ['book', 'cancel', 'ask'] as const;

/** What the form of the visit page sends. */
export class VisitBody {
  /** `book` also moves what is booked; `ask`: no time suits, the officer proposes one. */
  @IsIn(VISIT_ACTS)
  act: (typeof VISIT_ACTS)[number];

  /** With `book`: one of the times offered. */
  @Transform(emptyIsAbsent)
  @IsOptional()
  @IsInstant()
  startsAt?: string;

  @Transform(emptyIsAbsent)
  @IsOptional()
  @IsUUID()
  clusterId?: string;

  /** At most 2,000 characters. */
  @Transform(emptyIsAbsent)
  @IsOptional()
  @Text(2000)
  note?: string;
}

export class VisitQuery {
  @IsOptional()
  @IsIn(LANGUAGES)
  lang?: Language;

  /** Shows the times although one is booked. */
  @IsOptional()
  @IsIn(['time'])
  change?: 'time';
}
