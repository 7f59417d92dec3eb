import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Message } from '../../../src/modules/messaging/message.entity.js';
import { dispatchDueReminders } from '../../../src/modules/follow-up/follow-up.jobs.js';
import { sendMessage } from '../../../src/modules/messaging/messaging.jobs.js';
import { newId } from '../../../src/platform/database/ids.js';
import { JobQueue } from '../../../src/platform/queue/job-queue.js';
import { givenClosedRound, givenCrowd } from '../../factories/crowd.js';
import { givenPlan } from '../../factories/follow-up.js';
import { isSettled, openEngine, type Engine } from '../../support/engine.js';
import { expectEveryReminderOnce } from '../../support/every-reminder-once.js';
import { until } from '../../support/queue-stores.js';
import { queueBackends } from '../../support/redis.js';

const PEOPLE = 300;
const DISPATCHES = 8;

describe.each(queueBackends())('two worker processes compete, queue on %s', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(kind, { now: 'real', doors: 2 });
  });
  afterAll(() => engine.close());

  it('over the same due reminders and over the same mails, each given to both: each mail goes out exactly once', async () => {
    const { t, smtp } = engine;
    const steps = ['first', 'second'].map((key) => ({ key, offset: { amount: 1, unit: 'day' as const } }));
    const planId = await givenPlan(t, { steps });
    const { roundId, leadIds } = await givenClosedRound(t, await givenCrowd(t, PEOPLE), { planId });
    const release = smtp.hold();
    const workers = [await engine.startWorker(0), await engine.startWorker(1)];
    const queue = t.get(JobQueue);
    await t.db.execute(`UPDATE reminder SET due_at = $1`, [t.clock.now()]);
    await queue.addBulk(
      dispatchDueReminders,
      Array.from({ length: DISPATCHES }, () => ({ payload: {} })),
    );

    const doorsInUse = () => new Set([...smtp.held].map(({ door }) => door)).size;
    await until(() => doorsInUse() === 2, 40_000);
    const mails = await t.db.repo(Message).find({ select: { id: true } });
    await queue.addBulk(
      sendMessage,
      mails.map(({ id }) => ({ payload: { messageId: id }, jobId: `again-${newId()}` })),
    );
    release();

    await until(
      async () => (await t.db.repo(Message).count()) === 2 * PEOPLE && (await isSettled(t)),
      60_000,
    );
    expect(workers.map((worker) => worker.alive())).toEqual([true, true]);
    expect(await Promise.all(workers.map((worker) => worker.stop()))).toEqual([0, 0]);
    await expectEveryReminderOnce(t, smtp, { planned: [{ roundId, leadIds, steps: ['first', 'second'] }] });
    expect(smtp.accepted.length).toBe(2 * PEOPLE);
    expect(new Set(smtp.accepted.map(({ door }) => door)).size).toBe(2);
  }, 180_000);
});
