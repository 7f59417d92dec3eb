import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { Group, IsPhone, Line, Nested, Text } from '../../../platform/http/fields.js';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import { emptyIsAbsent } from '../site/form-fields.js';

export class EnquiryFirm {
  @Line(200)
  name: string;

  /** Vietnamese tax code, 10 digits or 10-3. */
  @Transform(emptyIsAbsent)
  @IsOptional()
  @Line(20)
  taxCode?: string;

  /** ISO 3166-1, two capital letters. @example "VN" */
  @IsOptional()
  @Matches(/^[A-Z]{2}$/)
  country?: string;
}

export class EnquiryContact {
  @Line(120)
  fullName: string;

  @MaxLength(254)
  @IsEmail()
  email: string;

  @Transform(emptyIsAbsent)
  @IsOptional()
  @IsPhone()
  phone?: string;

  /** The language to be written to. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;
}

export class EnquiryConsent {
  /** Agrees to news and invitations by e-mail. Never assumed: absent is no. */
  @IsOptional()
  @IsBoolean()
  promotionMail?: boolean;
}

/** A question of a firm that has no account. It becomes firm, contact, lead and consent. */
export class EnquiryBody {
  @Nested(() => EnquiryFirm)
  firm: EnquiryFirm;

  @Nested(() => EnquiryContact)
  contact: EnquiryContact;

  /** What the firm would build: a cluster's infrastructure, or a factory inside one. */
  @IsIn(['infrastructure', 'secondary'])
  kind: 'infrastructure' | 'secondary';

  /** Codes of the clusters asked about, at most 20. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(80, { each: true })
  clusterCodes?: string[];

  @Text(4000)
  message: string;

  @IsOptional()
  @Group(() => EnquiryConsent)
  consent?: EnquiryConsent;

  /** A field that people do not see: whatever fills it is a program. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  website?: string;
}

export class EnquiryReceipt {
  /** Ours, for the firm to quote. @example "YC-2026-000123" */
  reference: string;
}
