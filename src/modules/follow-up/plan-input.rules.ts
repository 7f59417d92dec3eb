import type { FieldFault } from '../../platform/http/problem.js';
import { Word } from '../../platform/i18n/word.js';
import type { MailAudience } from '../messaging/templates/template.entity.js';
import type { Channel, StepCondition } from './sequence.rules.js';
import type { Offset } from '../../platform/calendar/working-time.rules.js';

/** A step as an administrator writes it. */
export interface StepInput {
  /** Left out: made from the English title. */
  key?: string;
  offset: Offset;
  channel: Channel;
  templateId?: string | null;
  titleVi: string;
  titleEn: string;
  condition?: StepCondition | null;
}

export interface NormalStep extends StepInput {
  key: string;
  templateId: string | null;
  condition: StepCondition;
}

export const MAX_STEPS = 30;

/** What is wrong with the steps beyond their single fields. @param audiences of the templates that exist, by id */
export function stepFaults(
  steps: readonly NormalStep[],
  audiences: ReadonlyMap<string, MailAudience>,
): FieldFault[] {
  const faults: FieldFault[] = [];
  const seen = new Set<string>();
  steps.forEach((step, index) => {
    const at = (field: string) => `steps.${index}.${field}`;
    if (seen.has(step.key)) faults.push({ path: at('key'), code: 'repeated' });
    seen.add(step.key);
    const wanted: MailAudience = step.channel === 'investor_email' ? 'investor' : 'officer';
    if (step.templateId === null) {
      if (wanted === 'investor') faults.push({ path: at('templateId'), code: 'required' });
    } else if (!audiences.has(step.templateId))
      faults.push({ path: at('templateId'), code: 'unknown_template' });
    else if (audiences.get(step.templateId) !== wanted)
      faults.push({
        path: at('templateId'),
        code: 'template_of_other_audience',
        params: { audience: new Word(`messaging:audience_${wanted}`) },
      });
  });
  if (steps.length === 0) faults.push({ path: 'steps', code: 'too_few', params: { limit: 1 } });
  if (steps.length > MAX_STEPS)
    faults.push({ path: 'steps', code: 'too_many', params: { limit: MAX_STEPS } });
  return faults;
}

/** Keys are made once, and kept by whoever sends them back: a moved sequence finds its steps by them. */
export function normalSteps(steps: readonly StepInput[]): NormalStep[] {
  const taken = new Set(steps.flatMap((step) => step.key ?? []));
  return steps.map((step) => {
    const key = step.key ?? freeKey(slugOf(step.titleEn), taken);
    taken.add(key);
    return { ...step, key, templateId: step.templateId ?? null, condition: step.condition ?? {} };
  });
}

function slugOf(title: string): string {
  const plain = title.replace(/[đĐ]/g, 'd').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'step'
  );
}

function freeKey(wish: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? wish : `${wish}-${number}`;
    if (!taken.has(key)) return key;
  }
}
