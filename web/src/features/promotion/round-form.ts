import { useForm, type UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { formatMoneyInFull } from '../../lib/format';
import { ROUND_KINDS, type Round } from './round-queries';

export const CURRENCIES = ['VND', 'USD', 'CNY', 'EUR', 'JPY', 'KRW', 'TWD', 'SGD', 'HKD'] as const;

export interface RoundValues extends Record<string, unknown> {
  code: string;
  name: string;
  kind: string | null;
  startsOn: string | null;
  endsOn: string | null;
  amount: string;
  currency: string;
  firms: number | '';
  leads: number | '';
  meetings: number | '';
  goalNote: string;
  clusterIds: string[];
  followUpPlanId: string | null;
  ownerId: string | null;
}

export type RoundForm = UseFormReturnType<RoundValues>;

export const emptyRound = (ownerId: string): RoundValues => ({
  code: '',
  name: '',
  kind: null,
  startsOn: null,
  endsOn: null,
  amount: '',
  currency: 'VND',
  firms: '',
  leads: '',
  meetings: '',
  goalNote: '',
  clusterIds: [],
  followUpPlanId: null,
  ownerId,
});

export const valuesOf = (round: Round): RoundValues => ({
  code: round.code,
  name: round.name,
  kind: round.kind,
  startsOn: round.startsOn,
  endsOn: round.endsOn,
  amount: round.budget?.amount.replace(/\.0+$/, '') ?? '',
  currency: round.budget?.currency ?? 'VND',
  firms: round.goals.firms ?? '',
  leads: round.goals.leads ?? '',
  meetings: round.goals.meetings ?? '',
  goalNote: round.goals.note ?? '',
  clusterIds: round.clusters.map(({ id }) => id),
  followUpPlanId: round.followUpPlanId,
  ownerId: round.owner?.id ?? null,
});

export function useRoundForm(initialValues: RoundValues): RoundForm {
  const { t } = useTranslation('rounds');
  const required = (value: unknown) => (value ? null : t('required', { ns: 'common' }));
  return useForm<RoundValues>({
    initialValues,
    validate: {
      code: (value) =>
        /^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,38}[A-Za-z0-9])?$/.test(value) ? null : t('form.codeWrong'),
      name: (value) => required(value.trim()),
      startsOn: required,
      endsOn: (value, { startsOn }) =>
        required(value) ?? (startsOn && value && value < startsOn ? t('form.endsEarly') : null),
    },
  });
}

const number = (value: number | ''): number | null => (value === '' ? null : value);

export function toRoundBody(values: RoundValues): components['schemas']['CreateRound'] {
  return {
    code: values.code.trim(),
    name: values.name.trim(),
    kind: ROUND_KINDS.find((kind) => kind === values.kind) ?? null,
    startsOn: values.startsOn ?? '',
    endsOn: values.endsOn ?? '',
    budget:
      values.amount === '' ? null : { amount: String(values.amount), currency: values.currency as 'VND' },
    goals: {
      firms: number(values.firms),
      leads: number(values.leads),
      meetings: number(values.meetings),
      note: values.goalNote.trim() || null,
    },
    clusterIds: values.clusterIds,
    followUpPlanId: values.followUpPlanId,
    ownerId: values.ownerId,
  };
}

/** Where the contract names a field otherwise than the form. */
export const FORM_NAMES: Record<string, string> = {
  budget: 'amount',
  'budget.amount': 'amount',
  'budget.currency': 'currency',
  'goals.firms': 'firms',
  'goals.leads': 'leads',
  'goals.meetings': 'meetings',
  'goals.note': 'goalNote',
};

export const budgetInFull = (values: RoundValues): string =>
  /^\d+(\.\d+)?$/.test(String(values.amount))
    ? formatMoneyInFull({ amount: String(values.amount), currency: values.currency })
    : '';
