import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { api, once, take } from '../../lib/api';
import type { LeadKind } from '../../lib/pipelines';

type CreateLead = components['schemas']['CreateLead'];
type Currency = components['schemas']['Money']['currency'];
type CreateFirm = components['schemas']['CreateFirm'];

/** Empty texts are what was not given. */
export interface NewLead extends Record<string, unknown> {
  /** Makes the creation happen once, however often it is sent; kept with the draft. */
  key: string;
  firm: { id: string; name: string } | null;
  /** A firm that is not known yet is being written. */
  making: boolean;
  name: string;
  taxCode: string;
  phone: string;
  email: string;
  kind: LeadKind;
  source: 'officer' | 'enquiry';
  ownerId: string | null;
  clusterIds: string[];
  areaHa: number | string;
  amount: number | string;
  currency: Currency;
  summary: string;
}

export type NewLeadForm = UseFormReturnType<NewLead>;

const emptyLead = (kind: LeadKind, ownerId: string): NewLead => ({
  key: crypto.randomUUID(),
  firm: null,
  making: false,
  name: '',
  taxCode: '',
  phone: '',
  email: '',
  kind,
  source: 'officer',
  ownerId,
  clusterIds: [],
  areaHa: '',
  amount: '',
  currency: 'VND',
  summary: '',
});

export function useNewLeadForm(kind: LeadKind, ownerId: string): NewLeadForm {
  const { t } = useTranslation('new-lead');
  return useForm<NewLead>({
    initialValues: emptyLead(kind, ownerId),
    validate: {
      firm: (firm, { making }) => (making || firm ? null : t('missing.firm')),
      name: (name, { making }) => (!making || name.trim() ? null : t('missing.name')),
    },
  });
}

export function toFirmBody({ name, taxCode, phone, email }: NewLead): CreateFirm {
  return {
    name: name.trim(),
    ...(taxCode.trim() && { taxCode: taxCode.trim() }),
    ...(phone.trim() && { phone: phone.trim() }),
    ...(email.trim() && { email: email.trim() }),
  };
}

/** The amount in words of the contract: digits only, whatever separators were typed. */
export const toMoney = ({ amount, currency }: Pick<NewLead, 'amount' | 'currency'>) =>
  amount === '' ? null : { amount: String(amount), currency };

function toLeadBody(values: NewLead, firmId: string): CreateLead {
  const { kind, source, ownerId, clusterIds, areaHa, summary } = values;
  const committed = toMoney(values);
  return {
    firmId,
    kind,
    source,
    ownerId,
    ...(clusterIds.length > 0 && { clusterIds }),
    ...(areaHa !== '' && { areaHa: Number(areaHa) }),
    ...(committed && { capital: { committed } }),
    ...(summary.trim() && { summary: summary.trim() }),
  };
}

/** Makes the firm where it is new, then the lead; what was made once is not made again when one has to retry. */
export function useCreateLead(form: NewLeadForm) {
  const client = useQueryClient();
  const makeFirm = async (values: NewLead): Promise<string> => {
    const firm = await take(
      api.POST('/api/v1/firms', { body: toFirmBody(values), headers: once(`${values.key}-firm`) }),
    );
    form.setValues({ firm: { id: firm.id, name: firm.name }, making: false });
    return firm.id;
  };
  return useMutation({
    mutationFn: async (values: NewLead) => {
      const firmId = values.making || !values.firm ? await makeFirm(values) : values.firm.id;
      return take(api.POST('/api/v1/leads', { body: toLeadBody(values, firmId), headers: once(values.key) }));
    },
    onSettled: () => {
      for (const topic of ['lead', 'report', 'firm', 'today'])
        void client.invalidateQueries({ queryKey: [topic] });
    },
  });
}
