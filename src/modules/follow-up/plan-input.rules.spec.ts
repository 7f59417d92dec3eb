import { describe, expect, it } from '@jest/globals';
import { normalSteps, stepFaults, type StepInput } from './plan-input.rules.js';

const task = (overrides: Partial<StepInput> = {}): StepInput => ({
  offset: { amount: 1, unit: 'day' },
  channel: 'officer_task',
  titleVi: 'Gọi điện',
  titleEn: 'Call the investor',
  ...overrides,
});

describe('the steps of a plan', () => {
  it('get keys from their titles, each its own, and keep those they have', () => {
    const keys = normalSteps([
      task(),
      task(),
      task({ key: 'call-the-investor-2' }),
      task({ titleEn: '!!!' }),
      task({ titleEn: 'Điện thoại' }),
    ]);
    expect(keys.map((step) => step.key)).toEqual([
      'call-the-investor',
      'call-the-investor-3',
      'call-the-investor-2',
      'step',
      'dien-thoai',
    ]);
  });

  it('need a letter for the right reader', () => {
    const steps = normalSteps([
      task({ channel: 'investor_email' }),
      task({ channel: 'investor_email', templateId: 'notice' }),
      task({ templateId: 'letter' }),
      task({ templateId: 'gone' }),
      task({ key: 'step', templateId: 'notice' }),
      task({ key: 'step' }),
    ]);
    const faults = stepFaults(
      steps,
      new Map([
        ['letter', 'investor'],
        ['notice', 'officer'],
      ]),
    );
    expect(faults.map(({ path, code }) => [path, code])).toEqual([
      ['steps.0.templateId', 'required'],
      ['steps.1.templateId', 'template_of_other_audience'],
      ['steps.2.templateId', 'template_of_other_audience'],
      ['steps.3.templateId', 'unknown_template'],
      ['steps.5.key', 'repeated'],
    ]);
  });
});
