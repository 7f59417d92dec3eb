import { useForm, type UseFormReturnType } from '@mantine/form';
import { newKey } from '../../lib/api';
import type { Plan, Step, StepBody, StopStages } from './plan-queries';

export const CHANNELS = ['investor_email', 'officer_task', 'manager_escalation'] as const;
export const MOST_STEPS = 30;
const LATEST_DAY = 730;

/** A step while it is written; words, so that an empty choice is a choice. */
export interface StepDraft {
  /** Only for the page: tells the rows apart. */
  row: string;
  /** Absent until it is saved. */
  key?: string;
  amount: number | '';
  unit: 'working_day' | 'day';
  channel: (typeof CHANNELS)[number];
  templateId: string | null;
  titleVi: string;
  titleEn: string;
  leadKind: '' | 'infrastructure' | 'secondary';
  attendance: '' | 'attended' | 'no_show';
  interest: '' | 'yes' | 'no';
  noAnswerYet: boolean;
}

export interface PlanDraft extends Record<string, unknown> {
  /** The version that was read: what is saved is compared with it. */
  version: number;
  name: string;
  infrastructure: string | null;
  secondary: string | null;
  steps: StepDraft[];
}

export type PlanForm = UseFormReturnType<PlanDraft>;

export function draftOf(step: Step): StepDraft {
  const { leadKind, attendance, interestInCluster, noAnswerYet } = step.condition;
  return {
    row: step.key,
    key: step.key,
    amount: step.offset.amount,
    unit: step.offset.unit,
    channel: step.channel,
    templateId: step.templateId,
    titleVi: step.titleVi,
    titleEn: step.titleEn,
    leadKind: leadKind ?? '',
    attendance: attendance ?? '',
    interest: interestInCluster === undefined ? '' : interestInCluster ? 'yes' : 'no',
    noAnswerYet: noAnswerYet ?? false,
  };
}

export const newStep = (after: StepDraft | undefined): StepDraft => ({
  row: newKey(),
  amount: typeof after?.amount === 'number' ? Math.min(after.amount + 7, LATEST_DAY) : 7,
  unit: after?.unit ?? 'day',
  channel: 'officer_task',
  templateId: null,
  titleVi: '',
  titleEn: '',
  leadKind: '',
  attendance: '',
  interest: '',
  noAnswerYet: false,
});

export function toStepBody(step: StepDraft): StepBody {
  const condition = {
    ...(step.leadKind && { leadKind: step.leadKind }),
    ...(step.attendance && { attendance: step.attendance }),
    ...(step.interest && { interestInCluster: step.interest === 'yes' }),
    ...(step.noAnswerYet && { noAnswerYet: true }),
  };
  return {
    ...(step.key && { key: step.key }),
    offset: { amount: step.amount === '' ? 0 : step.amount, unit: step.unit },
    channel: step.channel,
    templateId: step.templateId,
    titleVi: step.titleVi.trim(),
    titleEn: step.titleEn.trim(),
    condition,
  };
}

export const planDraft = (plan: Plan): PlanDraft => ({
  version: plan.version,
  name: plan.name,
  infrastructure: plan.stopStages.infrastructure,
  secondary: plan.stopStages.secondary,
  steps: plan.steps.map(draftOf),
});

/** What one save sends; a part that is left out stays as it is. */
export interface PlanChange {
  name?: string;
  stopStages?: StopStages;
  steps?: StepBody[];
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Only what differs from what was read. */
export function changesOf(values: PlanDraft, read: PlanDraft): PlanChange {
  const { infrastructure, secondary } = values;
  const steps = values.steps.map(toStepBody);
  return {
    ...(values.name.trim() !== read.name && { name: values.name.trim() }),
    ...(!same([infrastructure, secondary], [read.infrastructure, read.secondary]) && {
      stopStages: { infrastructure, secondary },
    }),
    ...(!same(steps, read.steps.map(toStepBody)) && { steps }),
  };
}

export function usePlanForm(plan: Plan, say: (key: string) => string): PlanForm {
  const missing = (value: string) => (value.trim() ? null : say('required'));
  return useForm<PlanDraft>({
    initialValues: planDraft(plan),
    validate: {
      name: missing,
      steps: {
        amount: (value) =>
          typeof value === 'number' && value >= 0 && value <= LATEST_DAY ? null : say('amountRange'),
        titleVi: missing,
        titleEn: missing,
        templateId: (value, { steps }, path) =>
          value || steps[Number(path.split('.')[1])]?.channel !== 'investor_email'
            ? null
            : say('templateNeeded'),
      },
    },
  });
}
