import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FollowUpService } from '../../src/modules/follow-up/follow-up.service.js';
import { PlansQueries } from '../../src/modules/follow-up/plans.queries.js';
import { PlansService } from '../../src/modules/follow-up/plans.service.js';
import { LeadsService } from '../../src/modules/leads/leads.service.js';
import { ParticipationsService } from '../../src/modules/promotion/participations.service.js';
import { RuleError } from '../../src/platform/http/rule-error.js';
import { givenCluster, givenContact, givenFirm } from '../factories/directory.js';
import { defaultPlan, givenPlan, remindersOf, statesOf, workOff, workOffAt } from '../factories/follow-up.js';
import { closeRound, givenParticipant, givenRound, reopenRound } from '../factories/promotion.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());
beforeEach(() => t.clock.set(DEFAULT_NOW));

const countOf = async (roundId: string) =>
  (
    await t.db.query<{ n: number }>(`SELECT count(*)::int AS n FROM reminder WHERE round_id = $1`, [roundId])
  )[0]!.n;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: RuleError) => error.code,
  );

describe('closing a round', () => {
  it('shows first what it would do, and writes nothing', async () => {
    const roundId = await givenRound(t);
    const [given, silent] = [
      await givenParticipant(t, roundId),
      await givenParticipant(t, roundId, { consent: undefined }),
    ];
    const gone = await givenParticipant(t, roundId, { consent: 'withdrawn' });
    const preview = await closeRound(t, roundId, { dryRun: true, followUpPlanId: await defaultPlan(t) });
    expect(preview).toMatchObject({
      created: 12,
      kept: 0,
      skipped: [{ leadId: gone.leadId, reason: 'consent_withdrawn' }],
    });
    expect(preview.lines).toHaveLength(12);
    const mails = preview.lines.filter((line) => line.channel === 'investor_email');
    expect(mails.filter((line) => line.leadId === given.leadId).map((line) => line.willSkip)).toEqual([
      null,
      null,
    ]);
    expect(mails.filter((line) => line.leadId === silent.leadId).map((line) => line.willSkip)).toEqual([
      'no_consent',
      'no_consent',
    ]);
    expect(await countOf(roundId)).toBe(0);
    expect((await t.db.query(`SELECT 1 FROM follow_up_sequence WHERE round_id = $1`, [roundId])).length).toBe(
      0,
    );
    const closed = await closeRound(t, roundId, { outcome: 'Tốt' });
    expect(closed).toMatchObject({ created: preview.created, skipped: preview.skipped, lines: [] });
  });

  it('twice creates nothing twice, also at the same moment', async () => {
    const roundId = await givenRound(t);
    for (let n = 0; n < 3; n += 1) await givenParticipant(t, roundId);
    const results = await Promise.all([
      closeRound(t, roundId),
      closeRound(t, roundId),
      closeRound(t, roundId),
    ]);
    expect(results.map((result) => result.created).sort((a, b) => a - b)).toEqual([0, 0, 18]);
    expect(results.map((result) => result.kept).sort((a, b) => a - b)).toEqual([0, 18, 18]);
    expect(await countOf(roundId)).toBe(18);
  });

  it('leaves a moved due time alone when it is closed once more', async () => {
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId);
    await t.db.execute(
      `UPDATE reminder SET due_at = '2026-03-03T05:00:00Z' WHERE lead_id = $1 AND step_key = 'thank-you'`,
      [leadId],
    );
    await closeRound(t, roundId);
    expect((await remindersOf(t, leadId))['thank-you']!.dueAt.toISOString()).toBe('2026-03-03T05:00:00.000Z');
  });

  it('refuses another plan until it is reopened', async () => {
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId, { followUpPlanId: await defaultPlan(t) });
    const other = await givenPlan(t, {
      steps: [
        { key: 'thank-you', offset: { amount: 1, unit: 'day' } },
        { key: 'new', offset: { amount: 3, unit: 'day' }, channel: 'officer_task' },
      ],
    });
    expect(await codeOf(closeRound(t, roundId, { followUpPlanId: other }))).toBe(
      'round_closed_with_another_plan',
    );
    await reopenRound(t, roundId);
    expect(await closeRound(t, roundId, { followUpPlanId: other })).toMatchObject({ created: 1, kept: 1 });
    expect(await statesOf(t, leadId)).toEqual([
      'thank-you: pending',
      'new: pending',
      'officer-call: cancelled (round_reopened)',
      'cluster-sheet: cancelled (round_reopened)',
      'interim-result: cancelled (round_reopened)',
      'final-check: cancelled (round_reopened)',
      'manager-review: cancelled (round_reopened)',
    ]);
  });

  it('a firm that came twice has one lead, one sequence and each step once', async () => {
    const roundId = await givenRound(t);
    const firm = await givenFirm(t);
    const cluster = await givenCluster(t);
    const first = await givenParticipant(t, roundId, { firmId: firm.id, status: 'invited' });
    const second = await givenParticipant(t, roundId, { firmId: firm.id, clusterIds: [cluster.id] });
    expect(second.leadId).toBe(first.leadId);
    expect(await closeRound(t, roundId)).toMatchObject({ created: 6 });
    const [sequence] = await t.db.query(
      `SELECT contact_id AS "contactId", attendance, has_cluster_interest AS interest FROM follow_up_sequence WHERE round_id = $1`,
      [roundId],
    );
    expect(sequence).toEqual({ contactId: second.contactId, attendance: 'attended', interest: true });
  });

  it('tells each lead’s story', async () => {
    const roundId = await givenRound(t, { name: 'Hội nghị tháng 3' });
    const { leadId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId);
    await closeRound(t, roundId);
    const kinds = await t.db.query<{ kind: string }>(
      `SELECT kind FROM timeline_entry WHERE lead_id = $1 AND ref_type = 'promotion_round' ORDER BY id`,
      [leadId],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual(['lead_opened', 'round_joined', 'round_closed']);
  });

  it('says why a lead or a step is left out', async () => {
    const roundId = await givenRound(t);
    const lost = await givenParticipant(t, roundId);
    await t.asSystem(() =>
      t.get(LeadsService).moveStage(lost.leadId, { to: 'lost', lostReason: 'land_price' }),
    );
    const firm = await givenFirm(t);
    const nobody = await givenParticipant(t, roundId, { firmId: firm.id, contactId: null });
    const mute = await givenParticipant(t, roundId, { email: null, consent: undefined });
    const result = await closeRound(t, roundId, { followUpPlanId: await givenPlan(t) });
    expect(result.created).toBe(2);
    expect(result.skipped).toEqual(
      expect.arrayContaining([
        { leadId: lost.leadId, reason: 'lead_lost' },
        { leadId: nobody.leadId, reason: 'no_contact' },
        { leadId: mute.leadId, reason: 'no_email' },
      ]),
    );
    expect(result.skipped).toHaveLength(3);
  });
});

describe('reopening', () => {
  it('takes back what is not sent; closing anew gives it back with new times, and never what was sent', async () => {
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId);
    await workOffAt(t, '2026-03-09T03:00:00Z');
    const before = await remindersOf(t, leadId);
    expect(await reopenRound(t, roundId)).toBe(4);
    const states = async () => (await statesOf(t, leadId)).filter((state) => !state.startsWith('service:'));
    expect((await states()).slice(0, 3)).toEqual([
      'thank-you: sent',
      'officer-call: open',
      'cluster-sheet: cancelled (round_reopened)',
    ]);
    await workOffAt(t, '2026-03-17T03:00:00Z');
    expect((await states())[2]).toBe('cluster-sheet: cancelled (round_reopened)');
    expect(await closeRound(t, roundId)).toMatchObject({ created: 0, kept: 6 });
    const after = await remindersOf(t, leadId);
    expect(after['thank-you']).toEqual(before['thank-you']);
    expect(after['officer-call']!.dueAt).toEqual(before['officer-call']!.dueAt);
    expect(after['cluster-sheet']).toMatchObject({
      id: before['cluster-sheet']!.id,
      status: 'pending',
      dueAt: new Date('2026-03-31T03:00:00Z'),
    });
  });

  it('is for closed rounds only', async () => {
    expect(await codeOf(reopenRound(t, await givenRound(t)))).toBe('round_not_closed');
  });

  it('an answer that comes meanwhile is not forgotten by closing anew', async () => {
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId);
    await reopenRound(t, roundId);
    await t.asSystem(() => t.get(FollowUpService).stopForAnswer(leadId, { answer: 'interested' }));
    expect(await closeRound(t, roundId)).toMatchObject({
      created: 0,
      kept: 0,
      skipped: [{ leadId, reason: 'answered_interested' }],
    });
  });
});

describe('a late participant', () => {
  it('gets what is left, counted from the close, and the thank-you at the next working moment', async () => {
    const roundId = await givenRound(t);
    await givenParticipant(t, roundId);
    await closeRound(t, roundId);
    t.clock.set(new Date('2026-03-14T03:00:00Z'));
    const { leadId } = await givenParticipant(t, roundId);
    expect(await statesOf(t, leadId)).toEqual([
      'officer-call: skipped (late_participant)',
      'thank-you: pending',
      'cluster-sheet: pending',
      'interim-result: pending',
      'final-check: pending',
      'manager-review: pending',
    ]);
    expect((await remindersOf(t, leadId))['thank-you']!.dueAt.toISOString()).toBe('2026-03-16T01:00:00.000Z');
    expect(await closeRound(t, roundId)).toMatchObject({ created: 0, kept: 11 });
  });

  it('closing anew makes it a participant like the others', async () => {
    const roundId = await givenRound(t);
    await closeRound(t, roundId);
    t.clock.set(new Date('2026-03-14T03:00:00Z'));
    const { leadId } = await givenParticipant(t, roundId);
    await reopenRound(t, roundId);
    t.clock.set(new Date('2026-03-16T03:00:00Z'));
    await closeRound(t, roundId);
    expect(
      new Set(await statesOf(t, leadId).then((states) => states.map((state) => state.split(': ')[1]))),
    ).toEqual(new Set(['pending']));
    expect((await remindersOf(t, leadId))['officer-call']!.dueAt.toISOString()).toBe(
      '2026-03-23T03:00:00.000Z',
    );
  });

  it('a corrected attendance is followed by its conditions', async () => {
    const plan = await givenPlan(t, {
      steps: [
        { key: 'came', offset: { amount: 3, unit: 'day' }, condition: { attendance: 'attended' } },
        { key: 'missed', offset: { amount: 3, unit: 'day' }, condition: { attendance: 'no_show' } },
      ],
    });
    const roundId = await givenRound(t);
    const { leadId, id } = await givenParticipant(t, roundId, { status: 'registered' });
    await closeRound(t, roundId, { followUpPlanId: plan });
    expect(await statesOf(t, leadId)).toEqual(['came: skipped (condition_not_met)', 'missed: pending']);
    await t.asSystem(() => t.get(ParticipationsService).change(roundId, id, { status: 'attended' }, 1));
    expect(await statesOf(t, leadId)).toEqual(['came: pending', 'missed: skipped (condition_not_met)']);
  });
});

describe('a plan that changes', () => {
  const steps = (offset: number, keys: string[]) =>
    keys.map((key, index) => ({
      key,
      offset: { amount: offset + index, unit: 'day' as const },
      channel: 'officer_task' as const,
      titleVi: key,
      titleEn: key,
    }));

  it('leaves running sequences with their version until they are moved; sent steps never change', async () => {
    const plan = await givenPlan(t, { steps: steps(1, ['a', 'b', 'c']) });
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId, { followUpPlanId: plan });
    await workOffAt(t, '2026-03-03T03:00:00Z');
    const before = await remindersOf(t, leadId);
    await t.asSystem(() => t.get(PlansService).replaceSteps(plan, steps(10, ['d', 'b', 'a']), 1));
    expect(await remindersOf(t, leadId)).toEqual(before);
    const move = (dryRun: boolean) =>
      t.asSystem(() => t.get(FollowUpService).moveSequences(plan, { roundId, dryRun }));
    const expected = { moved: 1, created: 1, changed: 1, cancelled: 1, kept: 1 };
    expect(await move(true)).toEqual(expected);
    expect(await remindersOf(t, leadId)).toEqual(before);
    expect(await move(false)).toEqual(expected);
    const after = await remindersOf(t, leadId);
    expect(after.a).toEqual(before.a);
    expect(after.b).toMatchObject({
      id: before.b!.id,
      status: 'pending',
      dueAt: new Date('2026-03-13T03:00:00Z'),
    });
    expect(after.c).toMatchObject({ status: 'cancelled', reason: 'plan_changed' });
    expect(after.d).toMatchObject({ status: 'pending', dueAt: new Date('2026-03-12T03:00:00Z') });
    expect(await move(false)).toMatchObject({ moved: 0 });
  });

  it('keeps the version when the round is closed anew with the same plan', async () => {
    const plan = await givenPlan(t, { steps: steps(1, ['a']) });
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId, { followUpPlanId: plan });
    await t.asSystem(() => t.get(PlansService).replaceSteps(plan, steps(1, ['a', 'b']), 1));
    await reopenRound(t, roundId);
    await t.asSystem(() => t.get(FollowUpService).moveSequences(plan));
    await closeRound(t, roundId);
    expect(await statesOf(t, leadId)).toEqual(['a: pending']);
    const late = await givenParticipant(t, roundId);
    expect(await statesOf(t, late.leadId)).toEqual(['a: pending', 'b: pending']);
  });

  it('an archived plan closes no new round', async () => {
    const plan = await givenPlan(t);
    await t.asSystem(() => t.get(PlansService).change(plan, { archived: true }, 1));
    const roundId = await givenRound(t);
    await givenParticipant(t, roundId);
    expect(await codeOf(closeRound(t, roundId, { followUpPlanId: plan }))).toBe('plan_archived');
    expect((await t.get(PlansQueries).list(false)).some(({ id }) => id === plan)).toBe(false);
  });
});

describe('participations', () => {
  it('come in bulk, each person of each event once; a later list brings the earlier up to date', async () => {
    const roundId = await givenRound(t);
    const contacts = [await givenContact(t), await givenContact(t)];
    const items = contacts.map(({ firmId, id }) => ({ firmId, contactId: id, status: 'invited' as const }));
    const add = (list: Parameters<ParticipationsService['add']>[1]) =>
      t.asSystem(() => t.get(ParticipationsService).add(roundId, list, (index) => `items.${index}.`));
    const first = await add([...items, items[0]!]);
    expect(first).toMatchObject({ created: 2, updated: 0, leads: 2, reminders: null });
    expect(first.ids[2]).toBe(first.ids[0]);
    await add([{ ...items[0]!, status: 'attended' }]);
    await add(items);
    const rows = await t.db.query<{ status: string }>(
      `SELECT status FROM participation WHERE round_id = $1 ORDER BY created_at, id`,
      [roundId],
    );
    expect(rows.map(({ status }) => status)).toEqual(['attended', 'invited']);
    expect(await codeOf(add([{ ...items[0]!, contactId: contacts[1]!.id }]))).toBe('validation_failed');
  });

  it('two lists with the same firm at once make one lead', async () => {
    const firm = await givenFirm(t);
    const rounds = [await givenRound(t), await givenRound(t)];
    await Promise.all(
      rounds.map((id) =>
        t.asSystem(() => t.get(ParticipationsService).add(id, [{ firmId: firm.id }], () => '')),
      ),
    );
    expect(await t.db.query(`SELECT id FROM lead WHERE firm_id = $1`, [firm.id])).toHaveLength(1);
  });
});

describe('two thousand participants', () => {
  it('are closed in one go', async () => {
    const roundId = await givenRound(t);
    await t.db.execute(
      `WITH f AS (INSERT INTO firm (id, name, country, sectors, sample, version, created_at, updated_at)
                  SELECT gen_random_uuid(), 'Firm ' || n, 'VN', '{}', true, 1, $1, $1 FROM generate_series(1, 2000) n RETURNING id)
       INSERT INTO contact (id, firm_id, full_name, email, language, is_primary, email_state, sample, version, created_at, updated_at)
       SELECT gen_random_uuid(), f.id, 'P', f.id || '@bulk.test', 'vi', true, 'ok', true, 1, $1, $1 FROM f`,
      [t.clock.now()],
    );
    const people = await t.db.query<{ firmId: string; contactId: string }>(
      `SELECT firm_id AS "firmId", id AS "contactId" FROM contact WHERE email LIKE '%@bulk.test'`,
    );
    await t.asSystem(() => t.get(ParticipationsService).add(roundId, people, () => ''));
    const result = await closeRound(t, roundId);
    expect(result.created).toBe(12_000);
    expect(await closeRound(t, roundId)).toMatchObject({ created: 0, kept: 12_000 });
    await workOff(t);
  });
});
