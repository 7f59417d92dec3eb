import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { In } from 'typeorm';
import { tokenLink } from '../../../src/modules/messaging/answer-token.rules.js';
import { DeliverySettings } from '../../../src/modules/messaging/delivery-settings.js';
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
/** As many as the worker opens at most. */
const SMTP_CONNECTIONS = 5;
const DAY = 86_400_000;

describe.each(queueBackends())('a contact opts out in the middle of a batch, queue on %s', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(kind, { worker: true });
  });
  afterAll(() => engine.close());

  /** Claimed by the worker, and still waiting for its turn at the mail server. */
  async function claimedInVain(): Promise<Message[]> {
    const { t, smtp } = engine;
    const held = new Set([...smtp.held].map(({ messageId }) => messageId));
    if (held.size < SMTP_CONNECTIONS) return [];
    const claimed = await t.db.repo(Message).findBy({ status: 'sending' });
    return claimed.filter(({ messageIdHeader }) => !held.has(messageIdHeader));
  }

  function messageBehind(messageIdHeader: string): Promise<Message> {
    return engine.t.db.repo(Message).findOneByOrFail({ messageIdHeader });
  }

  /** As the reader's mail program does it. */
  async function optOut(messageId: string): Promise<void> {
    const { config, http } = engine.t;
    const link = tokenLink(config.appUrl, messageId, 'opt_out', config.secretKey);
    const answer = await http.anonymous.post(new URL(link).pathname, 'List-Unsubscribe=One-Click', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer.status).toBe(200);
  }

  it('gets nothing after that moment, and everybody else what was planned', async () => {
    const { t, smtp } = engine;
    const steps = [1, 2].map((amount) => ({
      key: `day-${amount}`,
      offset: { amount, unit: 'day' as const },
    }));
    const planId = await givenPlan(t, { steps });
    const crowd = await givenCrowd(t, PEOPLE);
    const { roundId, leadIds } = await givenClosedRound(t, crowd, { planId });

    t.get(DeliverySettings).askAgainAfterMs = 0;
    const release = smtp.hold();
    t.clock.set(new Date(DEFAULT_NOW.getTime() + DAY));
    await until(
      async () => (await claimedInVain()).length > 0 && (await t.db.repo(Message).count()) === PEOPLE,
    );
    const underWay = messageBehind([...smtp.held][0]!.messageId);
    const claimed = (await claimedInVain())[0]!;
    const waiting = await t.db.repo(Message).findOneByOrFail({ status: 'queued' });
    for (const { id } of [await underWay, claimed, waiting]) await optOut(id);
    const refusedAt = performance.now();
    release();
    await until(() => isSettled(t), 60_000);
    t.clock.set(new Date(DEFAULT_NOW.getTime() + 2 * DAY));
    await until(async () => (await isSettled(t)) && smtp.accepted.length >= 2 * (PEOPLE - 3) + 1, 60_000);

    // one had been handed over before its reader refused; of the others nothing ever began
    const mailsTo = (email: string) => smtp.accepted.filter(({ to }) => to === email);
    expect(mailsTo((await underWay).toAddress).every(({ begunAt }) => begunAt < refusedAt)).toBe(true);
    expect([claimed, waiting].flatMap(({ toAddress }) => mailsTo(toAddress))).toEqual([]);
    for (const { id } of [claimed, waiting]) {
      expect(await t.db.repo(Message).findOneByOrFail({ id })).toMatchObject({
        status: 'cancelled',
        errorCode: 'opted_out',
      });
    }
    const ended = await t.db.repo(Reminder).findBy({ status: In(['stopped', 'skipped']) });
    expect(ended.map(({ status, reason }) => `${status}: ${reason}`).sort()).toEqual([
      'skipped: opted_out',
      ...Array.from({ length: 4 }, () => 'stopped: consent_withdrawn'),
    ]);
    const gone = [await underWay, claimed, waiting].map(({ toAddress }) => toAddress);
    const others = crowd.filter(({ email }) => !gone.includes(email));
    expect(others.every(({ email }) => mailsTo(email).length === 2)).toBe(true);
    await expectEveryReminderOnce(t, smtp, { planned: [{ roundId, leadIds, steps: ['day-1', 'day-2'] }] });
  }, 180_000);
});
