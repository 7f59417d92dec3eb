import { useForm } from '@mantine/form';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';
import { useDraft } from '../../lib/drafts';
import { plansQuery, type Closing, type PreviewLine, type Round } from './round-queries';

export type LeftOut = components['schemas']['ExceptField'];

interface Values extends Record<string, unknown> {
  outcome: string;
  /** Null: the round's own or the default plan. */
  planId: string | null;
  /** Null: nobody has changed who is left out. */
  except: LeftOut[] | null;
}

/** What would happen, from the server. Without `except`: as it is on record. */
function usePreview(roundId: string, planId: string | null, except: LeftOut[] | null) {
  return useQuery({
    queryKey: ['round', roundId, 'closing', planId, except],
    queryFn: ({ signal }) =>
      take(
        api.POST('/api/v1/rounds/{id}/close', {
          signal,
          params: { path: { id: roundId } },
          body: { dryRun: true, ...(planId && { followUpPlanId: planId }), ...(except && { except }) },
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

export const lineKey = ({ leadId, stepKey }: Pick<PreviewLine, 'leadId' | 'stepKey'>) =>
  `${leadId} ${stepKey}`;

/** With or without what is left out, as a person switches it. */
function switched(
  except: readonly LeftOut[],
  leadId: string,
  stepKey: string | null,
  all: PreviewLine[],
): LeftOut[] {
  const others = except.filter((one) => one.leadId !== leadId);
  const own = except.filter((one) => one.leadId === leadId);
  const isWhole = own.some((one) => !one.stepKey);
  if (stepKey === null) return isWhole ? others : [...others, { leadId }];
  const keys = all.filter((line) => line.leadId === leadId).map((line) => line.stepKey);
  const out = new Set(isWhole ? keys : own.map((one) => one.stepKey ?? ''));
  if (!out.delete(stepKey)) out.add(stepKey);
  return keys.length > 0 && keys.every((key) => out.has(key))
    ? [...others, { leadId }]
    : [...others, ...[...out].map((key) => ({ leadId, stepKey: key }))];
}

export interface Totals {
  firms: number;
  mails: number;
  tasks: number;
  /** When the first is due. */
  first: string | null;
  last: string | null;
}

export function totalsOf({ preview }: Closing): Totals {
  const due = preview.map((line) => line.dueAt).sort();
  const mails = preview.filter((line) => line.channel === 'investor_email').length;
  return {
    firms: new Set(preview.map((line) => line.firm.id)).size,
    mails,
    tasks: preview.length - mails,
    first: due[0] ?? null,
    last: due.at(-1) ?? null,
  };
}

/** What is decided before a round is closed, and what follows from it. */
export function useClosing(round: Round) {
  const { t } = useTranslation('close-round');
  const form = useForm<Values>({
    initialValues: { outcome: round.outcome ?? '', planId: null, except: null },
    validate: { outcome: (value) => (value.length <= 10_000 ? null : t('outcomeLong')) },
  });
  const draft = useDraft(`close-round:${round.id}`, form);
  const { planId: chosen, except } = form.values;
  const plans = useQuery(plansQuery).data?.items;
  const planId = chosen ?? round.followUpPlanId ?? plans?.find(({ isDefault }) => isDefault)?.id ?? null;
  const everything = usePreview(round.id, planId, []);
  const actual = usePreview(round.id, planId, except);
  const out = except ?? actual.data?.except ?? [];
  const whole = new Set(out.filter((one) => !one.stepKey).map((one) => one.leadId));
  const steps = new Set(
    out.flatMap(({ leadId, stepKey }) => (stepKey ? [lineKey({ leadId, stepKey })] : [])),
  );
  return {
    form,
    draft,
    planId,
    everything,
    actual,
    out,
    isLeadOut: (leadId: string) => whole.has(leadId),
    isLineOut: (line: PreviewLine) => whole.has(line.leadId) || steps.has(lineKey(line)),
    switchLead: (leadId: string) =>
      form.setFieldValue('except', switched(out, leadId, null, everything.data?.preview ?? [])),
    switchLine: ({ leadId, stepKey }: PreviewLine) =>
      form.setFieldValue('except', switched(out, leadId, stepKey, everything.data?.preview ?? [])),
    /** Another plan has other steps: whole leads stay left out, single steps do not. */
    choosePlan: (id: string | null) =>
      form.setValues({
        planId: id,
        except: out.filter((one) => !one.stepKey).map(({ leadId }) => ({ leadId })),
      }),
  };
}

export type ClosingState = ReturnType<typeof useClosing>;
