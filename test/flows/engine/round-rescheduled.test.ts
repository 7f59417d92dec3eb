import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Reminder } from '../../../src/modules/follow-up/reminder.entity.js';
import { givenClosedRound, givenCrowd } from '../../factories/crowd.js';
import { givenPlan } from '../../factories/follow-up.js';
import { closeRound, reopenRound } from '../../factories/promotion.js';
import { liveThrough, openEngine, type Engine } from '../../support/engine.js';
import { expectEveryReminderOnce } from '../../support/every-reminder-once.js';
import { DEFAULT_NOW } from '../../support/harness.js';
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
});
