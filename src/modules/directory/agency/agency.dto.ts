import { IsOptional, IsUrl } from 'class-validator';
import { Group, IsPhone, Line, MayBeAbsent } from '../../../platform/http/fields.js';
import { Email, Website } from '../directory.fields.js';
import { TranslatedLine } from '../translated.dto.js';

export class OpenDataAnswer {
  /** The terms under which anybody may use the published data. */
  licence: { name: string; url: string };
}

/** The agency as the public pages show it. */
export class AgencyAnswer {
  /** Until somebody enters it: the sender's name of the mails. */
  name: TranslatedLine;
  /** The name is the mails' sender's, entered by nobody. */
  nameIsAssumed: boolean;
  address: TranslatedLine | null;
  /** E.164. */
  phone: string | null;
  email: string | null;
  website: string | null;
  workingHours: TranslatedLine | null;
  openData: OpenDataAnswer;
  version: number;
}

/** What is left out stays; null takes away. */
export class ChangeAgency {
  @IsOptional()
  @Group(() => TranslatedLine)
  name?: TranslatedLine | null;

  @IsOptional()
  @Group(() => TranslatedLine)
  address?: TranslatedLine | null;

  @IsOptional()
  @IsPhone()
  phone?: string | null;

  @IsOptional()
  @Email()
  email?: string | null;

  @IsOptional()
  @Website()
  website?: string | null;

  /** In words. @example "Thứ Hai – thứ Sáu, 7:30–11:30 và 13:30–17:00" */
  @IsOptional()
  @Group(() => TranslatedLine)
  workingHours?: TranslatedLine | null;

  /** The open data's licence. @example "CC BY 4.0" */
  @MayBeAbsent()
  @Line(100)
  licenceName?: string;

  @MayBeAbsent()
  @Line(300)
  @IsUrl({ protocols: ['https'], require_protocol: true })
  licenceUrl?: string;
}
