import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenLink } from '../../../src/modules/messaging/answer-token.rules.js';
import { Message } from '../../../src/modules/messaging/message.entity.js';
import { Reminder } from '../../../src/modules/follow-up/reminder.entity.js';
import { givenClosedRound, givenCrowd } from '../../factories/crowd.js';
import { givenPlan } from '../../factories/follow-up.js';
import { isSettled, openEngine, type Engine } from '../../support/engine.js';
import { expectEveryReminderOnce } from '../../support/every-reminder-once.js';
import { DEFAULT_NOW } from '../../support/harness.js';
import { until } from '../../support/queue-stores.js';
import { queueBackends } from '../../support/redis.js';

const PEOPLE = 80;
const DAY = 86_400_000;

describe.each(queueBackends())('a contact opts out in the middle of a batch, queue on %s', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(kind, { worker: true });
  });
  afterAll(() => engine.close());

  it('gets nothing after that moment, and everybody else what was planned', async () => {
    const { t, smtp } = engine;
    const steps = [1, 2].map((amount) => ({
      key: `day-${amount}`,
      offset: { amount, unit: 'day' as const },
    }));
    const planId = await givenPlan(t, { steps });
    const crowd = await givenCrowd(t, PEOPLE);
    const { roundId, leadIds } = await givenClosedRound(t, crowd, { planId });

    const release = smtp.hold();
    t.clock.set(new Date(DEFAULT_NOW.getTime() + DAY));
    await until(async () => smtp.held.size > 0 && (await t.db.repo(Message).count()) === PEOPLE);
    const waiting = await t.db.repo(Message).findOneByOrFail({ status: 'queued' });
    const [link] = [...smtp.held].map(({ optOutLink }) => optOutLink);
    const underWay = crowd.find(({ email }) => email === [...smtp.held][0]!.to)!;
    const ownLink = tokenLink(t.config.appUrl, waiting.id, 'opt_out', t.config.secretKey);
    for (const url of [link!, ownLink]) {
      const answer = await t.http.anonymous.post(new URL(url).pathname, 'List-Unsubscribe=One-Click', {
        'content-type': 'application/x-www-form-urlencoded',
      });
      expect(answer.status).toBe(200);
    }
    release();
    await until(() => isSettled(t), 60_000);
    t.clock.set(new Date(DEFAULT_NOW.getTime() + 2 * DAY));
    await until(async () => (await isSettled(t)) && smtp.accepted.length >= 2 * (PEOPLE - 2) + 1, 60_000);

    // one mail had been handed over before its reader refused; the other one had not, and never went out
    const mailsTo = (email: string) => smtp.accepted.filter(({ to }) => to === email).length;
    expect(mailsTo(underWay.email)).toBe(1);
    expect(mailsTo(waiting.toAddress)).toBe(0);
    expect(await t.db.repo(Message).findOneByOrFail({ id: waiting.id })).toMatchObject({
      status: 'cancelled',
      errorCode: 'opted_out',
    });
    const stopped = await t.db.repo(Reminder).findBy({ status: 'stopped' });
    expect(new Set(stopped.map(({ reason }) => reason))).toEqual(new Set(['consent_withdrawn']));
    expect(stopped).toHaveLength(3);
    const others = crowd.filter(({ email }) => email !== underWay.email && email !== waiting.toAddress);
    expect(others.every(({ email }) => mailsTo(email) === 2)).toBe(true);
    await expectEveryReminderOnce(t, smtp, { planned: [{ roundId, leadIds, steps: ['day-1', 'day-2'] }] });
  }, 180_000);
});
