import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Message } from '../../../src/modules/messaging/message.entity.js';
import { Reminder } from '../../../src/modules/follow-up/reminder.entity.js';
import { givenClosedRound, givenCrowd } from '../../factories/crowd.js';
import { givenPlan, templateId } from '../../factories/follow-up.js';
import { isSettled, liveThrough, nudge, openEngine, type Engine } from '../../support/engine.js';
import { expectEveryReminderOnce } from '../../support/every-reminder-once.js';
import { DEFAULT_NOW } from '../../support/harness.js';
import { until } from '../../support/queue-stores.js';
import { queueBackends } from '../../support/redis.js';

const PEOPLE = 30;
const DAY = 86_400_000;

describe.each(queueBackends())('the clock jumps two days, queue on %s', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine(kind, { worker: true });
  });
  afterAll(() => engine.close());

  it('all that came due meanwhile is done once, late; a mail that was under way is not taken for lost', async () => {
    const { t, smtp } = engine;
    const officer = await t.http.as('officer', 'An');
    const manager = await t.http.as('manager', 'Binh');
    const task = { channel: 'officer_task' as const, templateId: await templateId(t, 'officer-task') };
    const planId = await givenPlan(t, {
      steps: [
        { key: 'today', offset: { amount: 1, unit: 'day' } },
        { key: 'mail', offset: { amount: 2, unit: 'day' } },
        { key: 'call', offset: { amount: 2, unit: 'day' }, ...task },
        { key: 'mail-too', offset: { amount: 3, unit: 'day' } },
        {
          key: 'review',
          offset: { amount: 3, unit: 'day' },
          channel: 'manager_escalation',
          templateId: null,
        },
        { key: 'later', offset: { amount: 9, unit: 'day' } },
      ],
    });
    const crowd = await givenCrowd(t, PEOPLE);
    const { roundId, leadIds } = await givenClosedRound(t, crowd, { planId, ownerId: officer.userId! });

    const release = smtp.hold();
    t.clock.set(new Date(DEFAULT_NOW.getTime() + DAY));
    await until(() => smtp.held.size > 0);
    const jumped = new Date(DEFAULT_NOW.getTime() + 3 * DAY);
    t.clock.set(jumped);
    await nudge(t);
    await nudge(t);
    expect(await t.db.repo(Message).countBy({ status: 'unknown' })).toBe(0);
    release();
    await until(() => isSettled(t));

    const keys = ['today', 'mail', 'call', 'mail-too', 'review', 'later'];
    await expectEveryReminderOnce(t, smtp, { planned: [{ roundId, leadIds, steps: keys }] });
    for (const stepKey of ['mail', 'call', 'mail-too', 'review']) {
      const done = await t.db.repo(Reminder).findBy({ stepKey });
      expect(done.map(({ dispatchedAt }) => dispatchedAt)).toEqual(done.map(() => jumped));
      expect(done.every(({ dueAt, originalDueAt }) => dueAt.getTime() === originalDueAt.getTime())).toBe(
        true,
      );
    }
    expect(await t.db.repo(Reminder).countBy({ stepKey: 'later', status: 'pending' })).toBe(PEOPLE);
    expect(await t.db.repo(Message).countBy({ userId: manager.userId!, status: 'sent' })).toBe(PEOPLE);

    const mails = smtp.accepted.length;
    await liveThrough(t, new Date(jumped.getTime() + 60_000));
    expect(smtp.accepted.length).toBe(mails);
  }, 120_000);
});
