import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CloseAnswer } from '../../src/modules/promotion/closing.dto.js';
import { ParticipationsService } from '../../src/modules/promotion/participations.service.js';
import { FollowUpService } from '../../src/modules/follow-up/follow-up.service.js';
import { PlansService } from '../../src/modules/follow-up/plans.service.js';
import { givenFirm } from '../factories/directory.js';
import { givenCrowd } from '../factories/crowd.js';
import { defaultPlan, givenPlan, remindersOf, statesOf, workOffAt } from '../factories/follow-up.js';
import { closeRound, givenParticipant, givenRound, reopenRound } from '../factories/promotion.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());
beforeEach(() => t.clock.set(DEFAULT_NOW));

const LEFT_OUT = ['mail: skipped (left_out)', 'call: skipped (left_out)'];

/** Without the manager's notice that a lead lacks an owner: the service standard holds for those left out, too. */
const stepsOf = async (leadId: string) =>
  (await statesOf(t, leadId)).filter((state) => !state.startsWith('service:'));

describe('leaving out of a follow-up', () => {
  it('a whole lead, or one step of a lead; the preview says so and writes nothing', async () => {
    const followUpPlanId = await givenPlan(t);
    const roundId = await givenRound(t);
    const out = await givenParticipant(t, roundId);
    const partly = await givenParticipant(t, roundId);
    const except = [{ leadId: out.leadId }, { leadId: partly.leadId, stepKey: 'mail' }];
    const preview = await closeRound(t, roundId, { followUpPlanId, except, dryRun: true });
    expect(preview.created).toBe(1);
    expect(preview.lines.map((line) => [line.leadId, line.stepKey])).toEqual([[partly.leadId, 'call']]);
    expect(preview.without).toEqual([
      expect.objectContaining({ leadId: out.leadId, reasons: ['left_out'] }) as unknown,
    ]);
    expect(await t.db.query(`SELECT 1 FROM follow_up_exception WHERE round_id = $1`, [roundId])).toEqual([]);

    const closed = await closeRound(t, roundId, { followUpPlanId, except });
    expect(closed.skipped).toEqual(preview.skipped);
    expect(closed.skipped).toEqual(
      expect.arrayContaining([
        { leadId: out.leadId, reason: 'left_out' },
        { leadId: partly.leadId, reason: 'left_out' },
      ]),
    );
    expect(await stepsOf(out.leadId)).toEqual(LEFT_OUT);
    expect(await stepsOf(partly.leadId)).toEqual(['mail: skipped (left_out)', 'call: pending']);
    await workOffAt(t, '2026-03-20T03:00:00Z');
    expect(await stepsOf(out.leadId)).toEqual(LEFT_OUT);
  });

  it('outlives closing again, reopening, a late participation and a changed plan', async () => {
    const followUpPlanId = await givenPlan(t);
    const roundId = await givenRound(t);
    const { leadId, firmId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId, { followUpPlanId, except: [{ leadId }] });
    expect((await closeRound(t, roundId)).except).toEqual([{ leadId, stepKey: null }]);
    expect(await stepsOf(leadId)).toEqual(LEFT_OUT);
    await reopenRound(t, roundId);
    t.clock.set(new Date('2026-03-05T03:00:00Z'));
    await closeRound(t, roundId);
    expect(await stepsOf(leadId)).toEqual(LEFT_OUT);
    await givenParticipant(t, roundId, { firmId });
    expect(await stepsOf(leadId)).toEqual(LEFT_OUT);
    await t.asSystem(() =>
      t.get(PlansService).addStep(
        followUpPlanId,
        {
          key: 'sheet',
          offset: { amount: 30, unit: 'day' },
          channel: 'officer_task',
          templateId: null,
          titleVi: 'Bước mới',
          titleEn: 'New step',
        },
        1,
      ),
    );
    await t.asSystem(() => t.get(FollowUpService).moveSequences(followUpPlanId));
    expect(await stepsOf(leadId)).toEqual(LEFT_OUT);
  });

  it('is taken back by a list without the lead; what was sent stays', async () => {
    const followUpPlanId = await givenPlan(t);
    const roundId = await givenRound(t);
    const [a, b] = [await givenParticipant(t, roundId), await givenParticipant(t, roundId)];
    await closeRound(t, roundId, { followUpPlanId, except: [{ leadId: a.leadId }] });
    await closeRound(t, roundId, { except: [{ leadId: b.leadId, stepKey: 'call' }] });
    expect(await stepsOf(a.leadId)).toEqual(['mail: pending', 'call: pending']);
    expect(await stepsOf(b.leadId)).toEqual(['mail: pending', 'call: skipped (left_out)']);
    await workOffAt(t, '2026-03-05T03:00:00Z');
    await closeRound(t, roundId, { except: [{ leadId: a.leadId }, { leadId: b.leadId }] });
    expect(await stepsOf(a.leadId)).toEqual(['mail: sent', 'call: skipped (left_out)']);
    expect((await remindersOf(t, b.leadId)).mail!.status).toBe('sent');
    const again = await closeRound(t, roundId, { except: [] });
    expect(again.except).toEqual([]);
    expect(await stepsOf(b.leadId)).toEqual(['mail: sent', 'call: pending']);
  });

  it('also of what waits for a reopened round; taken back too late, the step has passed and says so', async () => {
    const followUpPlanId = await givenPlan(t);
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    await closeRound(t, roundId, { followUpPlanId });
    await reopenRound(t, roundId);
    await closeRound(t, roundId, {
      except: [
        { leadId, stepKey: 'mail' },
        { leadId, stepKey: 'mail' },
      ],
    });
    expect(await stepsOf(leadId)).toEqual(['mail: skipped (left_out)', 'call: pending']);
    t.clock.set(new Date('2026-03-06T03:00:00Z'));
    const result = await closeRound(t, roundId, { except: [] });
    expect(result.skipped).toEqual([{ leadId, reason: 'step_past' }]);
    expect(await stepsOf(leadId)).toEqual(['mail: skipped (step_past)', 'call: pending']);
  });

  it('refuses a lead of another round and a step of another plan, in words', async () => {
    const followUpPlanId = await givenPlan(t);
    const roundId = await givenRound(t);
    const { leadId } = await givenParticipant(t, roundId);
    const stranger = await givenParticipant(t, await givenRound(t));
    const manager = await t.http.as('manager');
    const close = (except: unknown[]) =>
      manager.post(`/api/v1/rounds/${roundId}/close`, { followUpPlanId, except });
    expect(await close([{ leadId: stranger.leadId }])).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'except.0.leadId', code: 'lead_not_in_round' }] },
    });
    expect(await close([{ leadId, stepKey: 'thank-you' }])).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'except.0.stepKey', code: 'unknown_step' }] },
    });
    expect(await stepsOf(leadId)).toEqual([]);
  });

  it('each line of the preview can be read, over HTTP', async () => {
    const manager = await t.http.as('manager');
    const roundId = await givenRound(t, { ownerId: manager.userId });
    const firm = await givenFirm(t, { name: 'Công ty Hoa Hồi' });
    const { leadId, contactId } = await givenParticipant(t, roundId, { firmId: firm.id });
    const plan = await defaultPlan(t);
    const answer = await manager.post<CloseAnswer>(`/api/v1/rounds/${roundId}/close`, {
      followUpPlanId: plan,
      dryRun: true,
      except: [{ leadId, stepKey: 'cluster-sheet' }],
    });
    expect(answer.status).toBe(200);
    expect(answer.body.preview).toHaveLength(5);
    const [mail, call] = answer.body.preview;
    expect(mail).toMatchObject({
      leadId,
      stepKey: 'thank-you',
      channel: 'investor_email',
      firm: { id: firm.id, name: 'Công ty Hoa Hồi' },
      recipient: { id: contactId },
      language: 'vi',
      owner: { id: manager.userId },
      template: { nameVi: expect.any(String) as unknown },
      willSkip: null,
    });
    expect(mail!.reference).toMatch(/^CH-/);
    expect(call).toMatchObject({ channel: 'officer_task', recipient: null, owner: { id: manager.userId } });
    expect(answer.body.except).toEqual([{ leadId, stepKey: 'cluster-sheet' }]);
  });

  it('a preview of 2,000 leads takes few statements and little time', async () => {
    const roundId = await givenRound(t);
    const people = await givenCrowd(t, 2000);
    const items = people.map(({ firmId, contactId }) => ({ firmId, contactId }));
    await t.asSystem(() => t.get(ParticipationsService).add(roundId, items, () => ''));
    const before = performance.now();
    const preview = await closeRound(t, roundId, { followUpPlanId: await defaultPlan(t), dryRun: true });
    expect(preview.lines).toHaveLength(12_000);
    const took = performance.now() - before;
    expect(took).toBeLessThan(8000);
  });
});
