import { IsOptional } from 'class-validator';
import {
  CommaList,
  Hectares,
  IsPhone,
  Line,
  MayBeAbsent,
  QueryFlag,
  Text,
} from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import { translate, type Language } from '../../platform/i18n/i18n.js';
import { Email, IsCountry, IsTaxCode, OptionalLine, Sectors, Website } from './directory.fields.js';
import { isPersonalTaxCode, taxCodeWarnings } from './tax-code.rules.js';

class FirmFields {
  /** The name it goes by. */
  @OptionalLine(100)
  shortName?: string | null;

  /**
   * Vietnamese tax code: 10 digits, 10-3 for a branch, or a household's 12-digit personal number. A doubtful check
   * digit is answered in `warnings`, never refused. @example "0100109106"
   */
  @IsOptional()
  @IsTaxCode()
  taxCode?: string | null;

  /** ISO 3166-1 alpha-2; `VN` when left out. @example "CN" */
  @MayBeAbsent()
  @IsCountry()
  country?: string;

  /** Industries it works in. */
  @MayBeAbsent()
  @Sectors()
  sectors?: string[];

  /** `https://` is put before a bare host name. */
  @IsOptional()
  @Website()
  website?: string | null;

  /** Stored in small letters. */
  @IsOptional()
  @Email()
  email?: string | null;

  /** National numbers are read as Vietnamese; stored as E.164. */
  @IsOptional()
  @IsPhone()
  phone?: string | null;

  /** At most 500 characters. */
  @IsOptional()
  @Text(500)
  address?: string | null;

  /** What it has shown it can do as an infrastructure developer; at most 5,000 characters. */
  @IsOptional()
  @Text(5000)
  developerCapacity?: string | null;

  /** Industrial land that it has developed before, in hectares. */
  @IsOptional()
  @Hectares()
  developedAreaHa?: number | null;

  /** At most 5,000 characters. */
  @IsOptional()
  @Text(5000)
  note?: string | null;
}

export class CreateFirm extends FirmFields {
  /** At most 300 characters. @example "Công ty TNHH Hoàng Gia" */
  @Line(300)
  name: string;
}

export class ChangeFirm extends FirmFields {
  /** At most 300 characters. */
  @MayBeAbsent()
  @Line(300)
  name?: string;
}

export class FirmsQuery extends PageQuery {
  /** Has any of these industries, as written. */
  @CommaList({ max: 20 })
  sector?: string[];

  /** ISO 3166-1 alpha-2. */
  @IsOptional()
  @IsCountry()
  country?: string;

  /** Exactly this tax code. */
  @IsOptional()
  @IsTaxCode()
  taxCode?: string;

  /** Exactly this number, of the firm or of one of its contacts. */
  @IsOptional()
  @IsPhone()
  phone?: string;

  /** Exactly this address, of the firm or of one of its contacts. */
  @IsOptional()
  @Email()
  email?: string;

  /** Only what the demo made up, or only what is real. */
  @QueryFlag()
  sample?: boolean;
}

export class DuplicatesQuery {
  @IsOptional()
  @Line(300)
  name?: string;

  @IsOptional()
  @IsTaxCode()
  taxCode?: string;

  @IsOptional()
  @IsPhone()
  phone?: string;

  @IsOptional()
  @Email()
  email?: string;
}

export const DUPLICATE_REASONS = [
  'same_tax_code',
  'same_tax_code_base',
  'same_phone',
  'same_email',
  'same_email_domain',
  'near_name',
] as const;
export type DuplicateReason = (typeof DUPLICATE_REASONS)[number];

export class FirmDuplicate {
  id: string;
  name: string;
  taxCode: string | null;
  /** Why it may be the same, the strongest first. */
  reasons: DuplicateReason[];
  /** How near the names are, from 0 to 1; null when no name was given. */
  similarity: number | null;
}

export class FieldWarning {
  path: string;
  /** Stable. @example "tax_code_check_digit" */
  code: string;
  /** In the caller's language. */
  message: string;
}

export class FirmDuplicates {
  /** At most 20, the likeliest first. */
  items: FirmDuplicate[];
  /** What is worth a second look in what was asked about; it is never refused because of it. */
  warnings: FieldWarning[];
}

export class FirmAnswer {
  id: string;
  name: string;
  shortName: string | null;
  taxCode: string | null;
  /** The tax code is a household's personal number: personal data. */
  personal: boolean;
  country: string;
  sectors: string[];
  website: string | null;
  email: string | null;
  /** E.164 */
  phone: string | null;
  address: string | null;
  developerCapacity: string | null;
  /** Hectares. */
  developedAreaHa: number | null;
  note: string | null;
  /** Made up for the demo. */
  sample: boolean;
  /** What is worth a second look; nothing was refused because of it. */
  warnings: FieldWarning[];
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class FirmListItem {
  id: string;
  name: string;
  shortName: string | null;
  taxCode: string | null;
  country: string;
  sectors: string[];
  email: string | null;
  phone: string | null;
  sample: boolean;
  /** Its people, those who were erased left out. */
  contactCount: number;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class FirmPage implements Page<FirmListItem> {
  items: FirmListItem[];
  nextCursor: string | null;
  /** Exact up to 10,000; with `q` and no `sort` at most 500 firms are ranked. */
  total: number;
  totalIsEstimate?: true;
}

type FirmView = Omit<FirmAnswer, 'personal' | 'warnings' | 'createdAt' | 'updatedAt'> & {
  createdAt: Date;
  updatedAt: Date;
};

/** @param taxCode of the right form; null: none */
export function taxCodeFieldWarnings(taxCode: string | null, language: Language): FieldWarning[] {
  return (taxCode === null ? [] : taxCodeWarnings(taxCode)).map((code) => ({
    path: 'taxCode',
    code,
    message: translate(language, `errors:${code}`),
  }));
}

export function toFirmAnswer(firm: FirmView, language: Language): FirmAnswer {
  const { id, name, shortName, taxCode, country, sectors, website, email, phone, address } = firm;
  const { developerCapacity, developedAreaHa, note, sample, version } = firm;
  return {
    id,
    name,
    shortName,
    taxCode,
    personal: taxCode !== null && isPersonalTaxCode(taxCode),
    country,
    sectors,
    website,
    email,
    phone,
    address,
    developerCapacity,
    developedAreaHa,
    note,
    sample,
    warnings: taxCodeFieldWarnings(taxCode, language),
    version,
    createdAt: firm.createdAt.toISOString(),
    updatedAt: firm.updatedAt.toISOString(),
  };
}
