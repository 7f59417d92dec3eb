import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MessageBounced, MessageNotSent } from '../../src/modules/messaging/message.events.js';
import { ContactsService } from '../../src/modules/directory/contacts.service.js';
import { FollowUpService } from '../../src/modules/follow-up/follow-up.service.js';
import { RemindersService } from '../../src/modules/follow-up/reminders.service.js';
import { LeadsService } from '../../src/modules/leads/leads.service.js';
import { Events } from '../../src/platform/events/events.js';
import { RuleError } from '../../src/platform/http/rule-error.js';
import { givenPlan, remindersOf, statesOf, workOff, workOffAt } from '../factories/follow-up.js';
import {
  closeRound,
  givenParticipant,
  givenRound,
  reopenRound,
  type GivenParticipant,
} from '../factories/promotion.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());
beforeEach(() => t.clock.set(DEFAULT_NOW));

/** A mail was made of the first step, two working days after the close. */
async function mailed(): Promise<GivenParticipant & { messageId: string; reminderId: string }> {
  const roundId = await givenRound(t);
  const participant = await givenParticipant(t, roundId);
  await closeRound(t, roundId, { followUpPlanId: await givenPlan(t) });
  await workOffAt(t, '2026-03-04T03:00:00Z');
  const { id, messageId } = (await remindersOf(t, participant.leadId)).mail!;
  return { ...participant, messageId: messageId!, reminderId: id };
}

const publish = (event: object) => t.asSystem(() => t.db.transaction(() => t.get(Events).publish(event)));
const firstTwo = async (leadId: string) =>
  (await statesOf(t, leadId)).filter((state) => !state.startsWith('service:'));

describe('news of the mail', () => {
  it('an address that is dead ends the sequence and gives an officer a task', async () => {
    const { leadId, contactId, messageId, reminderId } = await mailed();
    t.clock.set(new Date('2026-03-04T03:05:00Z'));
    await t.asSystem(() => t.get(ContactsService).markBounced(contactId!, t.clock.now()));
    await publish(new MessageBounced(messageId, contactId, leadId, reminderId));
    await publish(new MessageBounced(messageId, contactId, leadId, reminderId));
    const states = await firstTwo(leadId);
    expect(states).toContain('call: stopped (bounced)');
    expect(states.filter((state) => state === `bounce:${contactId}: pending`)).toHaveLength(1);
  });

  it('a mail that was refused at the last moment shows as skipped, and the sequence goes on', async () => {
    const { leadId, messageId, reminderId } = await mailed();
    await publish(new MessageNotSent(messageId, 'cancelled', 'opted_out', leadId, reminderId));
    expect(await firstTwo(leadId)).toEqual(['mail: skipped (opted_out)', 'call: pending']);
  });

  it('a mail that could not be delivered for days gives an officer a task', async () => {
    const { leadId, messageId, reminderId } = await mailed();
    await publish(new MessageNotSent(messageId, 'failed', 'smtp_451', leadId, reminderId));
    expect(await firstTwo(leadId)).toEqual([
      'mail: skipped (smtp_451)',
      `failed:${messageId}: pending`,
      'call: pending',
    ]);
  });
});

describe('everything at once', () => {
  it('answers, completions, two workers, reopening and closing never wait for each other in a circle', async () => {
    const steps = [0, 0, 1, 2, 3].map((amount, index) => ({
      key: `s${index}`,
      offset: { amount, unit: 'day' as const },
      channel: index % 2 === 0 ? ('investor_email' as const) : ('officer_task' as const),
    }));
    const planId = await givenPlan(t, { steps });
    const refused: string[] = [];
    const tried = (work: Promise<unknown>) =>
      work.catch((error: RuleError) => void refused.push(error.code ?? error.message));
    for (let round = 0; round < 4; round += 1) {
      const roundId = await givenRound(t);
      const people: GivenParticipant[] = [];
      for (let n = 0; n < 4; n += 1) people.push(await givenParticipant(t, roundId));
      await closeRound(t, roundId, { followUpPlanId: planId });
      await workOff(t);
      t.clock.advance(3 * 86_400_000);
      const tomorrow = new Date(t.clock.now().getTime() + 86_400_000);
      const open = await t.db.query<{ id: string }>(
        `SELECT id FROM reminder WHERE round_id = $1 AND status = 'open'`,
        [roundId],
      );
      const complete = (id: string) =>
        t
          .get(RemindersService)
          .complete(id, { outcome: 'reached', nextAction: 'Gọi', nextActionAt: tomorrow });
      await Promise.all([
        tried(workOff(t)),
        tried(workOff(t)),
        ...people.map(({ leadId }) => tried(t.asSystem(() => answer(leadId)))),
        ...open.map(({ id }) => tried(t.asSystem(() => complete(id)))),
        tried(reopenRound(t, roundId)),
        tried(closeRound(t, roundId)),
      ]);
    }
    // a task that an answer has ended meanwhile cannot be completed; nothing else may go wrong
    const allowed = ['reminder_may_not_become', 'round_not_closed'];
    expect(refused.filter((code) => !allowed.includes(code))).toEqual([]);
  });
});

function answer(leadId: string): Promise<void> {
  return t.db.transaction(async () => {
    await t.get(LeadsService).settleAnswer(leadId, { answer: 'call_me' }, t.clock.now());
    await t.get(FollowUpService).stopForAnswer(leadId, { answer: 'call_me' });
  });
}
