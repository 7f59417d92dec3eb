import { FollowUpDesk, type WorkedOff } from '../../src/modules/follow-up/follow-up-desk.service.js';
import { PlansQueries } from '../../src/modules/follow-up/plans.queries.js';
import { PlansService, type NewPlan } from '../../src/modules/follow-up/plans.service.js';
import { Reminder } from '../../src/modules/follow-up/reminder.entity.js';
import type { StepInput } from '../../src/modules/follow-up/plan-input.rules.js';
import type { TestApp } from '../support/harness.js';

let counter = 0;

export async function templateId(t: TestApp, code: string): Promise<string> {
  const [row] = await t.db.query<{ id: string }>(`SELECT id FROM template WHERE code = $1`, [code]);
  return row!.id;
}

/** The seeded plan: +2 working days, +7, +14, +30, +60 twice. */
export async function defaultPlan(t: TestApp): Promise<string> {
  return (await t.get(PlansQueries).findDefault())!.id;
}

export interface PlanOverrides extends Omit<Partial<NewPlan>, 'steps'> {
  steps?: Partial<StepInput>[];
}

/** A plan of two steps, an e-mail and a task, unless others are named. E-mails thank for the round. */
export async function givenPlan(t: TestApp, overrides: PlanOverrides = {}): Promise<string> {
  const number = ++counter;
  const thanks = await templateId(t, 'round-thank-you');
  const given: Partial<StepInput>[] = overrides.steps ?? [
    { key: 'mail', offset: { amount: 2, unit: 'working_day' } },
    { key: 'call', offset: { amount: 7, unit: 'day' }, channel: 'officer_task' },
  ];
  const steps = given.map((step, index): StepInput => {
    const channel = step.channel ?? 'investor_email';
    return {
      offset: { amount: index + 1, unit: 'day' },
      channel,
      templateId: channel === 'investor_email' ? thanks : null,
      titleVi: `Bước ${step.key ?? index}`,
      titleEn: `Step ${step.key ?? index}`,
      ...step,
    };
  });
  return t.asSystem(() =>
    t
      .get(PlansService)
      .create({ code: `mau-${number}`, name: `Kế hoạch mẫu ${number}`, ...overrides, steps }),
  );
}

/** What the scheduler does every minute. */
export function workOff(t: TestApp): Promise<WorkedOff> {
  return t.asSystem(() => t.get(FollowUpDesk).workOff());
}

export async function workOffAt(t: TestApp, moment: string): Promise<WorkedOff> {
  t.clock.set(new Date(moment));
  return workOff(t);
}

/** By key, of one lead. */
export async function remindersOf(t: TestApp, leadId: string): Promise<Record<string, Reminder>> {
  const rows = await t.db.repo(Reminder).find({ where: { leadId }, order: { dueAt: 'ASC', id: 'ASC' } });
  return Object.fromEntries(rows.map((row) => [row.stepKey, row]));
}

/** `key: status` or `key: status (reason)`, in the order of the times. */
export async function statesOf(t: TestApp, leadId: string): Promise<string[]> {
  return Object.values(await remindersOf(t, leadId)).map(
    ({ stepKey, status, reason }) => `${stepKey}: ${status}${reason ? ` (${reason})` : ''}`,
  );
}
