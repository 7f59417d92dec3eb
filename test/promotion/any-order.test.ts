import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConsentService } from '../../src/modules/directory/consent.service.js';
import { Reminder } from '../../src/modules/follow-up/reminder.entity.js';
import { FollowUpService } from '../../src/modules/follow-up/follow-up.service.js';
import { givenPlan, workOff } from '../factories/follow-up.js';
import {
  closeRound,
  givenParticipant,
  givenRound,
  reopenRound,
  type GivenParticipant,
} from '../factories/promotion.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

const KEYS = ['call', 'mail', 'task'];
const DAY = 86_400_000;

type Action =
  | { kind: 'close' | 'closeTwiceAtOnce' | 'reopen' | 'late' | 'dispatch' }
  | { kind: 'wait'; days: number }
  | { kind: 'optOut' | 'answer' | 'snooze'; who: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<Action>({ kind: 'close' }, { kind: 'reopen' }, { kind: 'dispatch' }),
  },
  { weight: 1, arbitrary: fc.constant<Action>({ kind: 'closeTwiceAtOnce' }) },
  { weight: 2, arbitrary: fc.constant<Action>({ kind: 'late' }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('optOut' as const, 'answer' as const, 'snooze' as const),
      who: fc.nat(3),
    }),
  },
);

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

/** The rows as they were, so that what was sent can be seen not to change. */
class Witness {
  private readonly seen = new Map<string, Reminder>();

  constructor(readonly roundId: string) {}

  async look(): Promise<Reminder[]> {
    const rows = await t.db.repo(Reminder).find({ where: { roundId: this.roundId } });
    for (const row of rows) {
      const before = this.seen.get(row.id);
      if (before?.status === 'sent') await this.expectUnchanged(before, row);
      if (before?.dispatchedAt) expect(row.dispatchedAt).toEqual(before.dispatchedAt);
      this.seen.set(row.id, row);
    }
    for (const id of this.seen.keys()) expect(rows.some((row) => row.id === id)).toBe(true);
    return rows;
  }

  /** What was handed to the mail never changes, except that a mail which still waited is taken back with its reminder. */
  private async expectUnchanged(before: Reminder, row: Reminder): Promise<void> {
    expect({ dueAt: row.dueAt, messageId: row.messageId }).toEqual({
      dueAt: before.dueAt,
      messageId: before.messageId,
    });
    if (row.status === 'sent') return;
    const [mail] = await t.db.query<{ status: string }>(`SELECT status FROM message WHERE id = $1`, [
      row.messageId,
    ]);
    expect({ reminder: row.status, mail: mail?.status }).toEqual({ reminder: 'stopped', mail: 'cancelled' });
  }
}

async function act(
  one: Action,
  world: { roundId: string; planId: string; people: GivenParticipant[]; closed: boolean },
): Promise<void> {
  const { roundId, planId, people } = world;
  switch (one.kind) {
    case 'close':
      await closeRound(t, roundId, { followUpPlanId: planId });
      world.closed = true;
      return;
    case 'closeTwiceAtOnce':
      await Promise.all([
        closeRound(t, roundId, { followUpPlanId: planId }),
        closeRound(t, roundId, { followUpPlanId: planId }),
      ]);
      world.closed = true;
      return;
    case 'reopen':
      if (world.closed) await reopenRound(t, roundId);
      world.closed = false;
      return;
    case 'late':
      people.push(await givenParticipant(t, roundId));
      return;
    case 'dispatch':
      await workOff(t);
      return;
    case 'wait':
      t.clock.advance(one.days * DAY);
      return;
    case 'optOut':
      await optOut(people[one.who]);
      return;
    case 'answer':
      if (people[one.who])
        await t.asSystem(() =>
          t.get(FollowUpService).stopForAnswer(people[one.who]!.leadId, { answer: 'interested' }),
        );
      return;
    case 'snooze':
      await t.db.execute(
        `UPDATE reminder SET due_at = due_at + interval '1 day', snooze_count = snooze_count + 1 WHERE lead_id = $1 AND status = 'pending' AND round_id = $2`,
        [people[one.who]?.leadId ?? null, roundId],
      );
  }
}

async function optOut(person: GivenParticipant | undefined): Promise<void> {
  if (!person?.contactId) return;
  const { contactId } = person;
  await t.asSystem(() =>
    t
      .get(ConsentService)
      .record({ contactId, purpose: 'promotion_mail', action: 'withdrawn', channel: 'opt_out_page' }),
  );
}

describe('closing, reopening and closing again in any order, with late participants, sent steps, answers and opt-outs between', () => {
  it('creates no reminder twice and loses none', async () => {
    const planId = await givenPlan(t, {
      steps: [
        { key: 'mail', offset: { amount: 2, unit: 'working_day' } },
        { key: 'call', offset: { amount: 4, unit: 'day' }, channel: 'officer_task' },
        { key: 'task', offset: { amount: 9, unit: 'day' }, channel: 'officer_task' },
      ],
    });
    const run = async (actions: Action[]) => {
      t.clock.set(DEFAULT_NOW);
      const roundId = await givenRound(t);
      const world = {
        roundId,
        planId,
        people: [await givenParticipant(t, roundId), await givenParticipant(t, roundId)],
        closed: false,
      };
      const witness = new Witness(roundId);
      for (const one of actions) {
        await act(one, world);
        const rows = await witness.look();
        const keys = rows.map((row) => `${row.leadId} ${row.stepKey}`);
        expect(new Set(keys).size).toBe(keys.length);
        if (!world.closed)
          expect(rows.filter((row) => row.status === 'pending' && row.dispatchedAt === null)).toEqual([]);
      }
      await act({ kind: 'close' }, world);
      await expectComplete(await witness.look(), world.people);
      // nothing is left waiting for ever, and each mail was made once
      t.clock.advance(120 * DAY);
      await workOff(t);
      const rows = await witness.look();
      expect(rows.filter((row) => row.status === 'pending')).toEqual([]);
      const [mails] = await t.db.query<{ n: number; keys: number }>(
        `SELECT count(*)::int AS n, count(DISTINCT reminder_id)::int AS keys FROM message WHERE round_id = $1 AND audience = 'investor'`,
        [roundId],
      );
      expect(mails!.n).toBe(mails!.keys);
    };
    await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 12 }), run), {
      numRuns: 25,
      endOnFailure: true,
    });
  }, 240_000);
});

/** After a close every lead has every step, or its sequence stopped, or it may not be followed up at all. */
async function expectComplete(rows: Reminder[], people: readonly GivenParticipant[]): Promise<void> {
  for (const { leadId, contactId } of people) {
    const own = rows.filter((row) => row.leadId === leadId);
    if (own.length === 0) {
      const [last] = await t.db.query<{ action: string }>(
        `SELECT action FROM consent WHERE contact_id = $1 ORDER BY recorded_at DESC, id DESC LIMIT 1`,
        [contactId],
      );
      expect(last!.action).toBe('withdrawn');
      continue;
    }
    expect(own.map((row) => row.stepKey).sort()).toEqual(KEYS);
    const [sequence] = await t.db.query<{ status: string }>(
      `SELECT status FROM follow_up_sequence WHERE id = $1`,
      [own[0]!.sequenceId],
    );
    const untouched = own.filter((row) => row.status === 'cancelled' && row.reason === 'round_reopened');
    if (sequence!.status !== 'stopped') expect(untouched).toEqual([]);
    expect(['running', 'completed', 'stopped']).toContain(sequence!.status);
  }
}
