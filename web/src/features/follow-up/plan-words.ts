import { useTranslation } from 'react-i18next';
import { formatDay, local } from '../../lib/format';
import type { StepDraft } from './plan-form';
import type { Day, StepBody } from './plan-queries';
import { draftOf } from './plan-form';

/** A step's parts as words. */
export function usePlanWords() {
  const { t, i18n } = useTranslation('plans');
  const title = (step: Pick<StepDraft, 'titleVi' | 'titleEn'>) =>
    (i18n.language === 'en' ? step.titleEn : step.titleVi) || step.titleVi || step.titleEn;
  const offset = ({ amount, unit }: Pick<StepDraft, 'amount' | 'unit'>) =>
    amount === '' ? t('noOffset') : amount === 0 ? t('atOnce') : t(`after.${unit}`, { count: amount });
  const conditions = (step: StepDraft): string[] => [
    ...(step.leadKind ? [t(`for.${step.leadKind}`)] : []),
    ...(step.attendance ? [t(`for.${step.attendance}`)] : []),
    ...(step.interest ? [t(`for.interest_${step.interest}`)] : []),
    ...(step.noAnswerYet ? [t('for.noAnswerYet')] : []),
  ];
  const channel = (step: Pick<StepDraft, 'channel'>) => t(`channel.${step.channel}`, { ns: 'common' });
  const summary = (body: StepBody) => {
    const step = draftOf({
      id: '',
      position: 0,
      key: '',
      ...body,
      templateId: body.templateId ?? null,
      condition: body.condition ?? {},
    });
    return [offset(step), channel(step), title(step), ...conditions(step)].join(' · ');
  };
  const reason = (day: Day) => (i18n.language === 'en' ? day.reason?.en : day.reason?.vi) ?? '';
  return { title, offset, conditions, channel, summary, reason };
}

export interface DaySpan {
  from: string;
  to: string;
  days: number;
  name: string;
  kind: string;
}

const plusOne = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Days that stand side by side for the same reason, as one span. */
export function spansOf(days: Day[], nameOf: (day: Day) => string): DaySpan[] {
  const spans: DaySpan[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    const name = nameOf(day);
    if (last && last.name === name && plusOne(last.to) === day.day) {
      last.to = day.day;
      last.days += 1;
    } else spans.push({ from: day.day, to: day.day, days: 1, name, kind: day.reason?.kind ?? '' });
  }
  return spans;
}

/** @example "30/04", "02/05 – 03/05" */
export const shortSpan = ({ from, to }: DaySpan): string =>
  from === to ? formatDay(from).slice(0, 5) : `${formatDay(from).slice(0, 5)} – ${formatDay(to).slice(0, 5)}`;

/** @example "Thứ ba", "Tuesday" */
export function weekday(instant: string): string {
  const name = local(instant).format('dddd');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
