import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, ValidateIf } from 'class-validator';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import { MAIL_FREQUENCIES, type MailFrequency } from '../../messaging/preferences/mail-preference.entity.js';
import { MAIL_TOPICS, type MailTopic } from '../../messaging/templates/template.entity.js';

/** A form sends nothing for no box, a text for one, a list for several. */
const asList = ({ value }: { value: unknown }): unknown =>
  value === undefined || Array.isArray(value) ? (value ?? []) : [value];

/** What the reader of a mailbox chose to get; `stop` stands alone. */
export class PreferencesBody {
  @Transform(asList, { toClassOnly: true })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAIL_TOPICS.length)
  @ArrayUnique()
  @IsIn(MAIL_TOPICS, { each: true })
  topics?: MailTopic[];

  @ValidateIf(({ stop }: PreferencesBody) => stop === undefined)
  @IsIn(LANGUAGES)
  language?: Language;

  @ValidateIf(({ stop }: PreferencesBody) => stop === undefined)
  @IsIn(MAIL_FREQUENCIES)
  frequency?: MailFrequency;

  /** No promotion mail any more, at once. */
  @IsOptional()
  @IsIn(['all'])
  stop?: 'all';
}
