import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Message } from '../../../src/modules/messaging/message.entity.js';
import { definedJobs } from '../../../src/platform/queue/define-job.js';
import { QueueBackend } from '../../../src/platform/queue/queue-backend.js';
import { givenClosedRound, givenCrowd } from '../../factories/crowd.js';
import { givenPlan } from '../../factories/follow-up.js';
import { openEngine, type Engine } from '../../support/engine.js';
import { expectEveryReminderOnce } from '../../support/every-reminder-once.js';
import { until } from '../../support/queue-stores.js';
import { queueBackends } from '../../support/redis.js';

const MANY = 1_000;

describe.each(queueBackends())('the queue on %s is emptied', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(kind, { worker: true });
  });
  afterAll(() => engine.close());

  async function emptyTheQueue(): Promise<void> {
    const backend = engine.t.get(QueueBackend);
    for (const { name } of definedJobs()) await backend.queue(name).obliterate({ force: true });
    expect(await backend.queue('follow-up.dispatch').getJobScheduler('follow-up.dispatch')).toBeFalsy();
  }

  it('with 1,000 reminders pending, and again with their mails waiting: each goes out once, by itself', async () => {
    const { t, smtp } = engine;
    const planId = await givenPlan(t, { steps: [{ key: 'mail', offset: { amount: 1, unit: 'day' } }] });
    const { roundId, leadIds } = await givenClosedRound(t, await givenCrowd(t, MANY), { planId });
    await emptyTheQueue();

    const release = smtp.hold();
    t.clock.set(new Date('2026-03-03T04:00:00Z'));
    await until(async () => smtp.held.size > 0 && (await t.db.repo(Message).count()) === MANY, 90_000);
    await emptyTheQueue();
    release();

    await until(async () => (await t.db.repo(Message).countBy({ status: 'sent' })) === MANY, 90_000);
    await expectEveryReminderOnce(t, smtp, { planned: [{ roundId, leadIds, steps: ['mail'] }] });
    expect(smtp.accepted.length).toBe(MANY);
  }, 240_000);
});
