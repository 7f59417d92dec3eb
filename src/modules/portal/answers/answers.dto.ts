import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, MaxLength, ValidateIf } from 'class-validator';
import { IsDay, Text } from '../../../platform/http/fields.js';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import { ANSWERS, type Answer } from '../../messaging/message.entity.js';
import { emptyIsAbsent } from '../site/form-fields.js';

/** Easy choices for when to ask again, in months. */
export const WAIT_MONTHS = [1, 3, 6] as const;

/** What the investor answers on the page behind a follow-up's link. */
export class AnswerBody {
  @IsIn(ANSWERS)
  answer: Answer;

  /** The investor's own words, at most 2,000 characters. */
  @Transform(emptyIsAbsent)
  @IsOptional()
  @Text(2000)
  text?: string;

  /** With `not_now`: the day from which to ask again. */
  @Transform(emptyIsAbsent)
  @ValidateIf((body: AnswerBody) => body.until !== undefined)
  @IsDay()
  until?: string;

  /** With `not_now`, in place of `until`: ask again after so many months. */
  @Transform(emptyIsAbsent)
  @ValidateIf((body: AnswerBody) => body.wait !== undefined)
  @IsIn(WAIT_MONTHS.map(String))
  wait?: string;
}

/** Mail programs post `List-Unsubscribe=One-Click` (RFC 8058); our page posts `from=page`. */
export class OptOutBody {
  @IsOptional()
  @IsString()
  @MaxLength(40)
  'List-Unsubscribe'?: string;

  @IsOptional()
  @IsIn(['page'])
  from?: 'page';
}

export class PageLanguageQuery {
  @IsOptional()
  @IsIn(LANGUAGES)
  lang?: Language;

  /** The answer chosen in the mail: shown as chosen, recorded only by the form. */
  @IsOptional()
  @IsIn(ANSWERS)
  answer?: Answer;
}
