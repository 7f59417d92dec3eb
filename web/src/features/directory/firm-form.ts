import i18n from 'i18next';
import type { components } from '../../api/schema';
import type { Difference } from '../../components/conflict';
import { countryName } from '../../lib/countries';
import { formatHa } from '../../lib/format';
import { formatPhone } from '../../lib/phones';
import type { Firm } from './directory-queries';

export type FirmBody = components['schemas']['ChangeFirm'];

/** As typed; an empty text is nothing. `version` is that of the firm whose values were read. */
export type FirmValues = {
  version: number;
  name: string;
  shortName: string;
  taxCode: string;
  country: string;
  sectors: string[];
  website: string;
  email: string;
  phone: string;
  address: string;
  developerCapacity: string;
  developedAreaHa: number | '';
  note: string;
};

export function firmValues(firm: Firm | null): FirmValues {
  return {
    version: firm?.version ?? 0,
    name: firm?.name ?? '',
    shortName: firm?.shortName ?? '',
    taxCode: firm?.taxCode ?? '',
    country: firm?.country ?? 'VN',
    sectors: firm?.sectors ?? [],
    website: firm?.website ?? '',
    email: firm?.email ?? '',
    phone: firm?.phone ? formatPhone(firm.phone) : '',
    address: firm?.address ?? '',
    developerCapacity: firm?.developerCapacity ?? '',
    developedAreaHa: firm?.developedAreaHa ?? '',
    note: firm?.note ?? '',
  };
}

/** What was typed as the contract has it. */
export function firmBody({ version: _version, ...values }: FirmValues): FirmBody & { name: string } {
  const text = (value: string) => value.trim() || null;
  return {
    name: values.name.trim(),
    shortName: text(values.shortName),
    taxCode: text(values.taxCode),
    country: values.country,
    sectors: values.sectors,
    website: text(values.website),
    email: text(values.email),
    phone: text(values.phone),
    address: text(values.address),
    developerCapacity: text(values.developerCapacity),
    developedAreaHa: values.developedAreaHa === '' ? null : values.developedAreaHa,
    note: text(values.note),
  };
}

const shown = (field: string, value: unknown): string => {
  if (value === null || value === undefined || value === '') return i18n.t('unknown');
  if (Array.isArray(value)) return value.join(', ') || i18n.t('none');
  if (field === 'country') return countryName(String(value));
  if (field === 'phone') return formatPhone(String(value));
  if (field === 'developedAreaHa') return formatHa(Number(value));
  return String(value);
};

/** Where a change and what is saved now are not the same, in words. */
export function firmDifferences(mine: FirmBody, theirs: Firm): Difference[] {
  return Object.entries(mine)
    .map(([field, value]) => ({
      field: i18n.t(field, { ns: 'firms' }),
      mine: shown(field, value),
      theirs: shown(field, theirs[field as keyof Firm]),
    }))
    .filter(({ mine: one, theirs: other }) => one !== other);
}
