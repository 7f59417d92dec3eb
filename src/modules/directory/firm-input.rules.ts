import { isEmail, isISO31661Alpha2 } from 'class-validator';
import { toE164 } from '../../platform/http/fields.js';
import { ProblemError, type FieldFault } from '../../platform/http/problem.js';
import { normalTaxCode } from './tax-code.rules.js';

/** A firm as it arrives, by request, enquiry or file. */
export interface FirmInput {
  name: string;
  shortName?: string | null;
  taxCode?: string | null;
  /** ISO 3166-1 alpha-2; VN when left out. */
  country?: string;
  sectors?: string[];
  website?: string | null;
  email?: string | null;
  phone?: string | null;
  address?: string | null;
  developerCapacity?: string | null;
  developedAreaHa?: number | null;
  note?: string | null;
  /** Made up for the demo. */
  sample?: boolean;
}

const MOST_FAULTS = 100;

/** For callers without a DTO in front, such as a file: the same faults, all of them at once. */
export function assertFirms(firms: readonly FirmInput[], prefix: (index: number) => string): void {
  const faults = firms.flatMap((firm, index) =>
    firmFaults(firm).map((fault) => ({ ...fault, path: `${prefix(index)}${fault.path}` })),
  );
  if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults.slice(0, MOST_FAULTS));
}

function firmFaults({ name, taxCode, country, email, phone }: FirmInput): FieldFault[] {
  return [
    ...(name.trim() ? [] : [{ path: 'name', code: 'required' }]),
    ...(name.length > 300 ? [{ path: 'name', code: 'too_long', params: { limit: 300 } }] : []),
    ...(taxCode && !normalTaxCode(taxCode) ? [{ path: 'taxCode', code: 'invalid_tax_code' }] : []),
    ...(country && !isISO31661Alpha2(country) ? [{ path: 'country', code: 'invalid_country' }] : []),
    ...(email && !isEmail(email.trim()) ? [{ path: 'email', code: 'invalid_email' }] : []),
    ...(phone && !toE164(phone) ? [{ path: 'phone', code: 'invalid_phone' }] : []),
  ];
}

/** As it is stored: E.164, small letters, no blanks around, nothing for an empty text. */
export function normalFirm(input: FirmInput) {
  return {
    name: input.name.trim(),
    shortName: text(input.shortName),
    taxCode: input.taxCode ? normalTaxCode(input.taxCode) : null,
    country: (input.country ?? 'VN').toUpperCase(),
    sectors: [...new Set((input.sectors ?? []).map((sector) => sector.trim()).filter(Boolean))],
    website: text(input.website),
    email: text(input.email)?.toLowerCase() ?? null,
    phone: input.phone ? toE164(input.phone) : null,
    address: text(input.address),
    developerCapacity: text(input.developerCapacity),
    developedAreaHa: input.developedAreaHa ?? null,
    note: text(input.note),
    sample: input.sample ?? false,
  };
}

function text(value: string | null | undefined): string | null {
  return value?.trim() || null;
}
