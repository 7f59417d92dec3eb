import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Message } from '../../../src/modules/messaging/message.entity.js';
import { givenClosedRound, givenCrowd } from '../../factories/crowd.js';
import { givenPlan, templateId } from '../../factories/follow-up.js';
import { liveThrough, openEngine, type Engine } from '../../support/engine.js';
import { expectEveryReminderOnce } from '../../support/every-reminder-once.js';
import { queueBackends } from '../../support/redis.js';

const PEOPLE = 40;
const HOUR = 3_600_000;

describe.each(queueBackends())('the mail server is down for a day, queue on %s', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(kind, { worker: true });
  });
  afterAll(() => engine.close());

  it('everything goes out once when it is back, and nothing failed for good', async () => {
    const { t, smtp } = engine;
    const officer = await t.http.as('officer', 'An');
    const day = { amount: 1, unit: 'day' as const };
    const notice = { channel: 'officer_task' as const, templateId: await templateId(t, 'officer-task') };
    const planId = await givenPlan(t, {
      steps: [
        { key: 'mail', offset: day },
        { key: 'call', offset: day, ...notice },
      ],
    });
    const crowd = await givenCrowd(t, PEOPLE);
    const { roundId, leadIds } = await givenClosedRound(t, crowd, { planId, ownerId: officer.userId! });

    await smtp.goDown();
    const outage = new Date('2026-03-03T03:00:00Z').getTime();
    for (const hours of [0, 0.1, 0.5, 1, 2, 4, 8, 12, 16, 20]) {
      await liveThrough(t, new Date(outage + hours * HOUR));
    }
    const waiting = await t.db.repo(Message).find();
    expect(waiting.length).toBe(2 * PEOPLE);
    expect(new Set(waiting.map(({ status }) => status))).toEqual(new Set(['queued']));
    expect(Math.min(...waiting.map(({ attempts }) => attempts))).toBeGreaterThan(2);
    expect(smtp.accepted.length).toBe(0);

    await smtp.comeBack();
    // busy for a while, as a server is that was away for long
    smtp.judge = () => ({ refuse: 451 });
    await liveThrough(t, new Date(outage + 24 * HOUR));
    expect(smtp.accepted.length).toBe(0);
    smtp.acceptAll();
    await liveThrough(t, new Date(outage + 28 * HOUR));
    await liveThrough(t, new Date(outage + 52 * HOUR));
    await expectEveryReminderOnce(t, smtp, { planned: [{ roundId, leadIds, steps: ['mail', 'call'] }] });
    expect(smtp.accepted.length).toBe(2 * PEOPLE);
    expect(await t.db.repo(Message).countBy({ status: 'sent' })).toBe(2 * PEOPLE);
  }, 120_000);
});
