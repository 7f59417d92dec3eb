import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import type { Moment } from '../../components/moment-field';
import { instantOf, local } from '../../lib/format';
import type { Lead } from './lead-queries';

export type LeadChange = components['schemas']['ChangeLead'];
type Money = components['schemas']['Money'];

export const CAPITAL = ['committed', 'registered', 'disbursed'] as const;
export type CapitalName = (typeof CAPITAL)[number];
export const CURRENCIES = ['VND', 'USD'] as const;

export interface MoneyTyped {
  amount: string | number;
  currency: string;
}

interface Fields extends Record<string, unknown> {
  primaryContactId: string | null;
  clusterIds: string[];
  partnerFirmIds: string[];
  helperIds: string[];
  summary: string;
  sector: string;
  areaHa: string | number;
  capital: Record<CapitalName, MoneyTyped>;
  jobsPromised: string | number;
  jobsDelivered: string | number;
  nextAction: string;
  next: Moment;
}

export interface EditForm extends Fields {
  /** What the form was filled from: a draft that comes back later still knows which version it changes. */
  read: { version: number; fields: Fields };
}

export type EditFormReturn = UseFormReturnType<EditForm>;

const typed = (money: Money | null): MoneyTyped => ({
  amount: money?.amount ?? '',
  currency: money?.currency ?? 'VND',
});

function toFields(lead: Lead): Fields {
  const at = lead.nextActionAt ? local(lead.nextActionAt) : null;
  return {
    primaryContactId: lead.primaryContact?.id ?? null,
    clusterIds: lead.clusters.map(({ id }) => id),
    partnerFirmIds: lead.partners.map(({ id }) => id),
    helperIds: lead.helpers.map(({ id }) => id),
    summary: lead.summary ?? '',
    sector: lead.sector ?? '',
    areaHa: lead.areaHa ?? '',
    capital: {
      committed: typed(lead.capital.committed),
      registered: typed(lead.capital.registered),
      disbursed: typed(lead.capital.disbursed),
    },
    jobsPromised: lead.jobsPromised ?? '',
    jobsDelivered: lead.jobsDelivered ?? '',
    nextAction: lead.nextAction ?? '',
    next: { day: at?.format('YYYY-MM-DD') ?? null, time: at?.format('HH:mm') ?? '09:00' },
  };
}

const toForm = (lead: Lead): EditForm => {
  const fields = toFields(lead);
  return { ...fields, read: { version: lead.version, fields } };
};

export function useEditForm(lead: Lead): EditFormReturn {
  const { t } = useTranslation('lead');
  return useForm<EditForm>({
    initialValues: toForm(lead),
    validate: {
      next: ({ day, time }, { nextAction }) =>
        nextAction.trim() && day && !time ? t('log.missing.next') : null,
    },
  });
}

const words = (value: string): string | null => value.trim() || null;
const number = (value: string | number): number | null => (value === '' ? null : Number(value));
const money = ({ amount, currency }: MoneyTyped): Money | null =>
  amount === '' ? null : { amount: String(amount), currency: currency as Money['currency'] };

/** The whole lead as the form has it. */
function toBody(values: Fields): Required<LeadChange> {
  const { primaryContactId, clusterIds, partnerFirmIds, helperIds, capital, next } = values;
  return {
    primaryContactId,
    clusterIds,
    partnerFirmIds,
    helperIds,
    summary: words(values.summary),
    sector: words(values.sector),
    areaHa: number(values.areaHa),
    capital: {
      committed: money(capital.committed),
      registered: money(capital.registered),
      disbursed: money(capital.disbursed),
    },
    jobsPromised: number(values.jobsPromised),
    jobsDelivered: number(values.jobsDelivered),
    nextAction: words(values.nextAction),
    nextActionAt: next.day ? instantOf(next.day, next.time) : null,
  };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Only what the person changed: what others change meanwhile in other fields stays. */
export function changesOf({ read, ...values }: EditForm): LeadChange {
  const [mine, before] = [toBody(values as unknown as Fields), toBody(read.fields)];
  const fields = Object.keys(mine) as (keyof LeadChange)[];
  const changed: Record<string, unknown> = {};
  for (const field of fields) {
    if (same(mine[field], before[field])) continue;
    changed[field] =
      field === 'capital'
        ? Object.fromEntries(
            CAPITAL.filter((name) => !same(mine.capital[name], before.capital[name])).map((name) => [
              name,
              mine.capital[name],
            ]),
          )
        : mine[field];
  }
  return changed as LeadChange;
}
