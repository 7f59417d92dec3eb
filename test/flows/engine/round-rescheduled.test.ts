import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Reminder } from '../../../src/modules/follow-up/reminder.entity.js';
import { givenClosedRound, givenCrowd } from '../../factories/crowd.js';
import { givenPlan } from '../../factories/follow-up.js';
import { closeRound, reopenRound } from '../../factories/promotion.js';
import { liveThrough, nudge, openEngine, type Engine } from '../../support/engine.js';
import { expectEveryReminderOnce } from '../../support/every-reminder-once.js';
import { DEFAULT_NOW } from '../../support/harness.js';
import { until } from '../../support/queue-stores.js';
import { queueBackends } from '../../support/redis.js';

const PEOPLE = 50;
const DAY = 86_400_000;
const KEYS = ['first', 'second', 'third'];

describe.each(queueBackends())('a round is rescheduled, queue on %s', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(kind, { worker: true });
  });
  afterAll(() => engine.close());

  const day = (number: number): Date => new Date(DEFAULT_NOW.getTime() + number * DAY);
  const dueOf = async (stepKey: string): Promise<string[]> => [
    ...new Set(
      (await engine.t.db.repo(Reminder).findBy({ stepKey })).map(({ dueAt }) => dueAt.toISOString()),
    ),
  ];

  it('what was sent stays, what was not waits and comes at its new time: none lost, none twice', async () => {
    const { t, smtp } = engine;
    const planId = await givenPlan(t, {
      steps: KEYS.map((key, index) => ({
        key,
        offset: { amount: [1, 8, 15][index]!, unit: 'day' as const },
      })),
    });
    const { roundId, leadIds } = await givenClosedRound(t, await givenCrowd(t, PEOPLE), { planId });
    await liveThrough(t, day(1));
    expect(smtp.accepted).toHaveLength(PEOPLE);

    await reopenRound(t, roundId);
    await liveThrough(t, day(8));
    expect(smtp.accepted).toHaveLength(PEOPLE);
    expect(await t.db.repo(Reminder).countBy({ status: 'cancelled', reason: 'round_reopened' })).toBe(
      2 * PEOPLE,
    );

    await Promise.all([
      closeRound(t, roundId, { followUpPlanId: planId }),
      closeRound(t, roundId, { followUpPlanId: planId }),
    ]);
    expect(await dueOf('first')).toEqual([day(1).toISOString()]);
    expect(await dueOf('second')).toEqual([day(16).toISOString()]);
    expect(await dueOf('third')).toEqual([day(23).toISOString()]);

    for (const number of [16, 23, 40]) await liveThrough(t, day(number));
    expect(smtp.accepted).toHaveLength(3 * PEOPLE);
    await expectEveryReminderOnce(t, smtp, { planned: [{ roundId, leadIds, steps: KEYS }] });
  }, 120_000);

  it('with another plan, while its mails are under way and dispatch runs: the same', async () => {
    const { t, smtp } = engine;
    const plan = (steps: Record<string, number>) =>
      givenPlan(t, {
        steps: Object.entries(steps).map(([key, amount]) => ({
          key,
          offset: { amount, unit: 'day' as const },
        })),
      });
    const before = smtp.accepted.length;
    const monday = new Date('2026-06-01T03:00:00Z').getTime();
    const later = (days: number) => new Date(monday + days * DAY);
    t.clock.set(later(0));
    const planId = await plan({ first: 1, second: 8, third: 15 });
    const { roundId, leadIds } = await givenClosedRound(t, await givenCrowd(t, PEOPLE), { planId });
    const release = smtp.hold();
    t.clock.set(later(1));
    await nudge(t);
    await until(() => smtp.held.size > 0);

    await Promise.all([reopenRound(t, roundId), nudge(t)]);
    const followUpPlanId = await plan({ first: 3, second: 4, extra: 9 });
    await Promise.all([closeRound(t, roundId, { followUpPlanId }), nudge(t)]);
    release();
    for (const days of [2, 6, 11, 20]) await liveThrough(t, later(days));

    const keys = ['first', 'second', 'third', 'extra'];
    await expectEveryReminderOnce(t, smtp, { planned: [{ roundId, leadIds, steps: keys }] });
    expect(smtp.accepted).toHaveLength(before + 3 * PEOPLE);
    expect(await t.db.repo(Reminder).countBy({ roundId, stepKey: 'third', status: 'cancelled' })).toBe(
      PEOPLE,
    );
  }, 120_000);
});
