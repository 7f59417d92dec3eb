import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SampleDatesAnswer } from '../../src/modules/follow-up/sample-dates.dto.js';
import { defaultPlan, remindersOf } from '../factories/follow-up.js';
import { closeRound, givenParticipant, givenRound } from '../factories/promotion.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

/** Tuesday 28 April 2026, 10:00: two holidays and a weekend follow. */
const CLOSED_AT = '2026-04-28T03:00:00Z';
const ask = async (body: unknown) =>
  (await t.http.as('officer')).post<SampleDatesAnswer>('/api/v1/follow-up-plans/sample-dates', body);

describe('the dates of a plan that is being written', () => {
  it('are those that a closed round would get', async () => {
    t.clock.set(new Date(CLOSED_AT));
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    const plan = await defaultPlan(t);
    await closeRound(t, roundId, { followUpPlanId: plan });
    const { body } = await (
      await t.http.as('officer')
    ).get<{ steps: { key: string; offset: unknown }[] }>(`/api/v1/follow-up-plans/${plan}`);
    const answer = await ask({
      closedAt: CLOSED_AT,
      steps: body.steps.map(({ key, offset }) => ({ key, offset })),
    });
    expect(answer.status).toBe(200);
    const reminders = await remindersOf(t, leadId);
    expect(Object.fromEntries(answer.body.steps.map(({ key, dueAt }) => [key, dueAt]))).toEqual(
      Object.fromEntries(Object.entries(reminders).map(([key, row]) => [key, row.dueAt.toISOString()])),
    );
  });

  it('say what moved a step, and name the days off on the way', async () => {
    const { body } = await ask({
      closedAt: CLOSED_AT,
      steps: [
        { offset: { amount: 2, unit: 'day' } },
        { key: 'b', offset: { amount: 1, unit: 'working_day' } },
      ],
    });
    expect(body.steps).toMatchObject([
      { key: null, movedFrom: '2026-04-30' },
      { key: 'b', day: '2026-04-29', movedFrom: null, dueAt: '2026-04-29T03:00:00.000Z' },
    ]);
    expect(body.steps[0]!.day > '2026-05-01').toBe(true);
    expect(body.days.slice(0, 2)).toMatchObject([
      { day: '2026-04-30', working: false, reason: { kind: 'holiday' } },
      { day: '2026-05-01', working: false, reason: { kind: 'holiday' } },
    ]);
    expect(body.days[0]!.reason!.vi).not.toBe('');
  });

  it('refuse what no plan may have', async () => {
    expect((await ask({ closedAt: CLOSED_AT, steps: [] })).status).toBe(400);
    expect(
      (await ask({ closedAt: CLOSED_AT, steps: [{ offset: { amount: 731, unit: 'day' } }] })).status,
    ).toBe(400);
    expect((await ask({ closedAt: CLOSED_AT, steps: [{}] })).status).toBe(400);
    expect((await ask({ closedAt: 'heute', steps: [{ offset: { amount: 1, unit: 'day' } }] })).status).toBe(
      400,
    );
    expect(
      (
        await ask({
          closedAt: '2100-12-31T03:00:00Z',
          steps: [{ offset: { amount: 730, unit: 'working_day' } }],
        })
      ).status,
    ).toBeLessThan(500);
  });
});
