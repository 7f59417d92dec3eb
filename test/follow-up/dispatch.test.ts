import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsentService } from '../../src/modules/directory/consent.service.js';
import { FollowUpDesk } from '../../src/modules/follow-up/follow-up-desk.service.js';
import { LeadsService } from '../../src/modules/leads/leads.service.js';
import { FollowUpService } from '../../src/modules/follow-up/follow-up.service.js';
import { Message } from '../../src/modules/messaging/message.entity.js';
import { defaultPlan, givenPlan, remindersOf, statesOf, workOff, workOffAt } from '../factories/follow-up.js';
import { givenActivity } from '../factories/leads.js';
import {
  closeRound,
  givenParticipant,
  givenRound,
  type GivenParticipant,
  type ParticipantOverrides,
} from '../factories/promotion.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

let t: TestApp;
let officer: HttpClient;
let manager: HttpClient;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer', 'An');
  manager = await t.http.as('manager', 'Binh');
});
afterAll(() => t.close());
beforeEach(() => t.clock.set(DEFAULT_NOW));

/** One participant of a round that was closed on Monday 2 March 2026, 10:00. */
async function closedWith(
  overrides: ParticipantOverrides = {},
  planId?: string,
): Promise<GivenParticipant & { roundId: string }> {
  const roundId = await givenRound(t, { ownerId: officer.userId });
  const participant = await givenParticipant(t, roundId, overrides);
  await closeRound(t, roundId, { followUpPlanId: planId ?? (await defaultPlan(t)) });
  return { ...participant, roundId };
}

const mailsTo = (leadId: string) =>
  t.db.repo(Message).find({ where: { leadId }, order: { createdAt: 'ASC', id: 'ASC' } });
const storyOf = async (leadId: string) =>
  (
    await t.db.query<{ kind: string }>(`SELECT kind FROM timeline_entry WHERE lead_id = $1 ORDER BY id`, [
      leadId,
    ])
  ).map(({ kind }) => kind);

describe('dispatch', () => {
  it('works off the default plan over sixty days, each step once', async () => {
    const { leadId } = await closedWith();
    expect(await statesOf(t, leadId)).toEqual([
      'thank-you: pending',
      'officer-call: pending',
      'cluster-sheet: pending',
      'interim-result: pending',
      'final-check: pending',
      'manager-review: pending',
    ]);
    await workOffAt(t, '2026-03-04T02:59:00Z');
    expect((await mailsTo(leadId)).length).toBe(0);
    await workOffAt(t, '2026-03-04T03:00:00Z');
    await workOff(t);
    expect(await mailsTo(leadId)).toMatchObject([
      { dedupeKey: `reminder:${(await remindersOf(t, leadId))['thank-you']!.id}`, purpose: 'promotion' },
    ]);
    await workOffAt(t, '2026-03-09T03:00:00Z');
    const call = (await remindersOf(t, leadId))['officer-call']!;
    expect(call).toMatchObject({ status: 'open', ownerId: officer.userId, dispatchedAt: t.clock.now() });
    await officer.post(`/api/v1/reminders/${call.id}/complete`, { outcome: 'reached', note: 'Sẽ quay lại' });
    await workOffAt(t, '2026-03-16T03:00:00Z');
    await workOffAt(t, '2026-04-01T03:00:00Z');
    await officer.post(`/api/v1/reminders/${(await remindersOf(t, leadId))['interim-result']!.id}/complete`, {
      outcome: 'reached',
    });
    await workOffAt(t, '2026-05-04T03:00:00Z');
    expect((await statesOf(t, leadId)).slice(0, 6)).toEqual([
      'thank-you: sent',
      'officer-call: done',
      'cluster-sheet: sent',
      'interim-result: done',
      'final-check: open',
      'manager-review: open',
    ]);
    expect((await remindersOf(t, leadId))['manager-review']!.ownerId).toBe(manager.userId);
    const { body } = await officer.get<{ items: { status: string }[] }>(`/api/v1/leads/${leadId}/sequences`);
    expect(body.items).toMatchObject([
      {
        status: 'running',
        plan: { version: 1 },
        steps: [{ stepKey: 'thank-you', message: { status: 'queued' } }, {}, {}, {}, {}, {}],
      },
    ]);
  });

  it('after a jump of two days handles everything once, late', async () => {
    const plan = await givenPlan(t, {
      steps: [
        { key: 'a', offset: { amount: 1, unit: 'day' } },
        { key: 'b', offset: { amount: 2, unit: 'day' }, channel: 'officer_task' },
      ],
    });
    const { leadId } = await closedWith({}, plan);
    await workOffAt(t, '2026-03-05T09:00:00Z');
    await Promise.all([workOff(t), workOff(t)]);
    expect(await statesOf(t, leadId)).toEqual(['a: sent', 'b: open']);
    expect((await mailsTo(leadId)).filter((mail) => mail.reminderId !== null)).toHaveLength(1);
  });

  it('knows how late it is', async () => {
    await workOffAt(t, '2026-04-30T03:00:00Z');
    t.clock.set(DEFAULT_NOW);
    const plan = await givenPlan(t, { steps: [{ key: 'a', offset: { amount: 1, unit: 'day' } }] });
    const { leadId } = await closedWith({}, plan);
    t.clock.set(new Date('2026-03-03T03:00:30Z'));
    expect(await t.get(FollowUpDesk).lag()).toBe(30);
    await workOff(t);
    expect(await t.get(FollowUpDesk).lag()).toBe(0);
    expect(await statesOf(t, leadId)).toEqual(['a: sent']);
  });

  it('handles more than a batch, two workers at once, each reminder once', async () => {
    const plan = await givenPlan(t, {
      steps: [{ key: 'a', offset: { amount: 0, unit: 'day' }, channel: 'officer_task' }],
    });
    const leadIds: string[] = [];
    const roundId = await givenRound(t);
    for (let n = 0; n < 3; n += 1) leadIds.push((await givenParticipant(t, roundId)).leadId);
    await closeRound(t, roundId, { followUpPlanId: plan });
    await t.db.execute(
      `INSERT INTO reminder (id, lead_id, step_key, channel, title_vi, title_en, due_at, original_due_at, status, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 'manual:' || n, 'officer_task', 'x', 'x', $2, $2, 'pending', $2, $2 FROM generate_series(1, 650) n`,
      [leadIds[0], t.clock.now()],
    );
    const results = await Promise.all([workOff(t), workOff(t)]);
    expect(results[0]!.dispatched + results[1]!.dispatched).toBe(653);
    const [left] = await t.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM reminder WHERE status = 'pending' AND due_at <= $1`,
      [t.clock.now()],
    );
    expect(left!.n).toBe(0);
  });

  it('leaves out the e-mail to a person who never agreed, and goes on with the tasks', async () => {
    const { leadId } = await closedWith({ consent: undefined });
    await workOffAt(t, '2026-03-09T03:00:00Z');
    expect((await statesOf(t, leadId)).slice(0, 2)).toEqual([
      'thank-you: skipped (no_consent)',
      'officer-call: open',
    ]);
    expect(await storyOf(leadId)).toContain('step_skipped');
  });
});

describe('a sequence stops', () => {
  const rest = (reason: string) =>
    ['officer-call', 'cluster-sheet', 'interim-result', 'final-check', 'manager-review'].map(
      (key) => `${key}: stopped (${reason})`,
    );

  it.each<[string, string, (at: GivenParticipant) => Promise<unknown>]>([
    [
      'consent is withdrawn',
      'consent_withdrawn',
      ({ contactId }) =>
        t.asSystem(() =>
          t.get(ConsentService).record({
            contactId: contactId!,
            purpose: 'promotion_mail',
            action: 'withdrawn',
            channel: 'opt_out_page',
          }),
        ),
    ],
    [
      'a visit is booked',
      'meeting_booked',
      ({ leadId }) =>
        givenActivity(t, leadId, { kind: 'visit', happenedAt: new Date('2026-03-12T03:00:00Z') }),
    ],
    [
      'the lead is lost',
      'lead_lost',
      ({ leadId }) =>
        t.asSystem(() => t.get(LeadsService).moveStage(leadId, { to: 'lost', lostReason: 'land_price' })),
    ],
    [
      'the lead goes to sleep',
      'lead_dormant',
      ({ leadId }) =>
        t.asSystem(() => t.get(LeadsService).moveStage(leadId, { to: 'dormant', wakeOn: '2026-06-01' })),
    ],
  ])('when %s', async (_name, reason, happen) => {
    const at = await closedWith();
    await workOffAt(t, '2026-03-04T03:00:00Z');
    t.clock.set(new Date('2026-03-05T03:00:00Z'));
    await happen(at);
    // the thank-you still waited for its sending: it is taken back
    expect(await statesOf(t, at.leadId)).toEqual([`thank-you: stopped (${reason})`, ...rest(reason)]);
    expect((await mailsTo(at.leadId)).find((mail) => mail.reminderId !== null)).toMatchObject({
      status: 'cancelled',
    });
    expect(await storyOf(at.leadId)).toContain('sequence_stopped');
    await workOffAt(t, '2026-05-20T03:00:00Z');
    expect(
      await statesOf(t, at.leadId).then((states) => states.filter((state) => state.includes(': sent'))),
    ).toEqual([]);
  });

  it('when the stage passes the named point, but not before it', async () => {
    const { leadId } = await closedWith();
    const leads = t.get(LeadsService);
    t.clock.set(new Date('2026-03-05T03:00:00Z'));
    await t.asSystem(() => leads.moveStage(leadId, { to: 'site_visit' }));
    expect((await statesOf(t, leadId))[0]).toBe('thank-you: pending');
    await t.asSystem(async () => {
      await t.db.execute(
        `UPDATE pipeline_stage SET needs_cluster = false, needs_evidence = false WHERE code = 'memorandum'`,
      );
      await leads.moveStage(leadId, { to: 'memorandum' });
    });
    expect(await statesOf(t, leadId)).toEqual([
      'thank-you: stopped (stage_advanced)',
      ...rest('stage_advanced'),
    ]);
  });

  it('even if nobody was told: dispatch looks for itself', async () => {
    const { leadId } = await closedWith();
    await t.db.execute(
      `UPDATE lead SET stage_before_exit = stage, stage = 'lost', lost_reason = 'other' WHERE id = $1`,
      [leadId],
    );
    await workOffAt(t, '2026-03-04T03:00:00Z');
    expect((await statesOf(t, leadId))[0]).toBe('thank-you: stopped (lead_lost)');
  });

  it('not for a meeting of before the close', async () => {
    const { leadId } = await closedWith();
    t.clock.set(new Date('2026-03-05T03:00:00Z'));
    await givenActivity(t, leadId, { kind: 'meeting', happenedAt: new Date('2026-03-01T03:00:00Z') });
    expect((await statesOf(t, leadId))[0]).toBe('thank-you: pending');
  });

  it('when the investor answers: the mail shows it, and an officer has a task', async () => {
    const { leadId } = await closedWith();
    await workOffAt(t, '2026-03-04T03:00:00Z');
    const { messageId } = (await remindersOf(t, leadId))['thank-you']!;
    await t.db.execute(`UPDATE message SET status = 'sent', sent_at = $2 WHERE id = $1`, [
      messageId,
      t.clock.now(),
    ]);
    t.clock.set(new Date('2026-03-06T03:00:00Z'));
    const answer = (given: { answer: 'call_me' | 'visit' }) =>
      t.asSystem(() => t.get(FollowUpService).stopForAnswer(leadId, { ...given, messageId }));
    await answer({ answer: 'call_me' });
    t.clock.advance(60_000);
    await answer({ answer: 'visit' });
    const all = Object.values(await remindersOf(t, leadId));
    expect(all.find((one) => one.stepKey === 'thank-you')).toMatchObject({
      status: 'sent',
      outcome: 'visit',
    });
    expect(
      all
        .filter((one) => one.stepKey.startsWith('answer:'))
        .map((one) => [one.status, one.dueAt.toISOString()]),
    ).toEqual([
      ['stopped', '2026-03-09T03:00:00.000Z'],
      ['pending', '2026-03-10T03:01:00.000Z'],
    ]);
    expect((await statesOf(t, leadId)).filter((state) => state.includes('answered_call_me'))).toHaveLength(5);
  });

  it('"not now" with a day: sleep until then, and a task on that day', async () => {
    const { leadId } = await closedWith();
    t.clock.set(new Date('2026-03-05T03:00:00Z'));
    await t.asSystem(() =>
      t.db.transaction(async () => {
        await t
          .get(LeadsService)
          .settleAnswer(leadId, { answer: 'not_now', until: '2026-06-01' }, t.clock.now());
        await t.get(FollowUpService).stopForAnswer(leadId, { answer: 'not_now', untilDay: '2026-06-01' });
      }),
    );
    expect((await statesOf(t, leadId))[0]).toBe('thank-you: stopped (answered_not_now)');
    await workOffAt(t, '2026-05-31T03:00:00Z');
    expect((await statesOf(t, leadId)).some((state) => state.startsWith('wake'))).toBe(false);
    await workOffAt(t, '2026-06-01T01:30:00Z');
    await workOff(t);
    expect((await statesOf(t, leadId)).at(-1)).toBe('wake:2026-06-01: open');
  });
});

describe('a manager is told once', () => {
  const escalationsOf = async (leadId: string) =>
    Object.values(await remindersOf(t, leadId)).filter(
      (one) => one.channel === 'manager_escalation' && one.sequenceId === null,
    );

  it('of a task that lay open for two working days, and no longer when it is done', async () => {
    const plan = await givenPlan(t, {
      steps: [{ key: 'call', offset: { amount: 0, unit: 'day' }, channel: 'officer_task' }],
    });
    const { leadId } = await closedWith({}, plan);
    await workOff(t);
    await workOffAt(t, '2026-03-04T02:58:00Z');
    expect(await escalationsOf(leadId)).toEqual([]);
    await workOffAt(t, '2026-03-04T03:00:01Z');
    await workOff(t);
    const [escalation, ...more] = await escalationsOf(leadId);
    expect(more).toEqual([]);
    expect(escalation).toMatchObject({ status: 'open', ownerId: manager.userId });
    expect(await mailsTo(leadId)).toMatchObject([
      { userId: manager.userId, dedupeKey: `notice:${escalation!.id}` },
    ]);
    const { call } = await remindersOf(t, leadId);
    expect(call!.escalatedAt).toEqual(t.clock.now());
    await officer.post(`/api/v1/reminders/${call!.id}/complete`, { outcome: 'not_reached' });
    expect(await escalationsOf(leadId)).toMatchObject([{ status: 'done', outcome: 'settled' }]);
    expect(await storyOf(leadId)).toEqual(expect.arrayContaining(['escalated', 'task_opened', 'task_done']));
  });

  it('of an enquiry that nobody acknowledged or answered', async () => {
    const { leadId } = await closedWith();
    await t.db.execute(
      `UPDATE lead SET source = 'enquiry', opened_at = $2, answered_at = NULL WHERE id = $1`,
      [leadId, DEFAULT_NOW],
    );
    await workOffAt(t, '2026-03-03T03:00:01Z');
    expect((await escalationsOf(leadId)).map((one) => one.stepKey)).toEqual(['service:acknowledge']);
    await workOffAt(t, '2026-03-09T03:00:01Z');
    await workOff(t);
    expect((await escalationsOf(leadId)).map((one) => one.stepKey)).toEqual([
      'service:acknowledge',
      'service:answer',
    ]);
  });

  it('of a lead without an owner two working days after the round, and not of one with an owner and a task', async () => {
    const roundId = await givenRound(t);
    const orphan = await givenParticipant(t, roundId);
    const cared = await givenParticipant(t, roundId, { ownerId: officer.userId });
    await closeRound(t, roundId, { followUpPlanId: await defaultPlan(t) });
    await workOffAt(t, '2026-03-04T03:00:01Z');
    await workOff(t);
    expect((await escalationsOf(orphan.leadId)).map((one) => one.titleEn)).toEqual([
      'After the round the lead has no owner',
    ]);
    expect(await escalationsOf(cared.leadId)).toEqual([]);
  });
});
