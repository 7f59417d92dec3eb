import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentService } from '../../src/modules/directory/consent.service.js';
import { LeadsService } from '../../src/modules/leads/leads.service.js';
import type { RoundProgress } from '../../src/modules/promotion/progress.dto.js';
import { newId } from '../../src/platform/database/ids.js';
import { defaultPlan, remindersOf, workOffAt } from '../factories/follow-up.js';
import { closeRound, givenParticipant, givenRound, type GivenParticipant } from '../factories/promotion.js';
import type { HttpClient } from '../support/http-client.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let officer: HttpClient;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
});
afterAll(() => t.close());

const progressOf = async (roundId: string) =>
  (await officer.get<RoundProgress>(`/api/v1/rounds/${roundId}/progress`)).body;
const totalOf = async (url: string) => (await officer.get<{ total: number }>(url)).body.total;

describe('what came of a round', () => {
  it('adds up to the lists of messages and reminders, day by day', async () => {
    t.clock.set(DEFAULT_NOW);
    const roundId = await givenRound(t, { ownerId: officer.userId });
    const people: GivenParticipant[] = [];
    for (let n = 0; n < 5; n += 1) people.push(await givenParticipant(t, roundId));
    const before = await progressOf(roundId);
    expect(before).toMatchObject({ closedAt: null, since: null, days: [], waiting: { nextDueAt: null } });
    await closeRound(t, roundId, { followUpPlanId: await defaultPlan(t) });
    await workOffAt(t, '2026-03-04T03:00:00Z');
    const states = ['sent', 'sent', 'bounced', 'unknown', 'queued'];
    for (const [index, person] of people.entries()) {
      await t.db.execute(
        `UPDATE message SET status = $2, sent_at = CASE WHEN $2 = 'sent' THEN '2026-03-04T18:00:00Z'::timestamptz END,
                claimed_at = '2026-03-04T03:00:00Z' WHERE lead_id = $1 AND audience = 'investor'`,
        [person.leadId, states[index]],
      );
    }
    await t.db.execute(
      `INSERT INTO message_answer (id, message_id, answer, at)
       SELECT $2, id, 'visit', '2026-03-05T03:00:00Z' FROM message WHERE lead_id = $1 AND audience = 'investor'`,
      [people[0]!.leadId, newId()],
    );
    t.clock.set(new Date('2026-03-05T04:00:00Z'));
    await t.asSystem(() =>
      t.get(ConsentService).record({
        contactId: people[1]!.contactId!,
        purpose: 'promotion_mail',
        action: 'withdrawn',
        channel: 'opt_out_page',
      }),
    );
    for (const to of ['qualified', 'site_visit'])
      await t.asSystem(() => t.get(LeadsService).moveStage(people[0]!.leadId, { to }));
    await workOffAt(t, '2026-03-09T04:00:00Z');
    const call = (await remindersOf(t, people[2]!.leadId))['officer-call']!;
    await officer.post(`/api/v1/reminders/${call.id}/complete`, { outcome: 'reached' });

    const progress = await progressOf(roundId);
    expect(progress.since).toBe('2026-03-02T03:00:00.000Z');
    expect(progress.totals).toMatchObject({
      mailsSent: 2,
      mailsBounced: 1,
      mailsUnknown: 1,
      mailsFailed: 0,
      answered: 1,
      answers: { visit: 1, interested: 0 },
      optedOut: 1,
      stageMoves: 2,
      tasksDone: 1,
    });
    expect(progress.leadsMoved).toBe(1);
    expect(progress.days.map((day) => day.day)).toEqual(['2026-03-04', '2026-03-05', '2026-03-09']);
    expect(progress.days[1]).toMatchObject({ mailsSent: 2, answered: 1, optedOut: 1, stageMoves: 2 });

    const messages = `/api/v1/messages?roundId=${roundId}&audience=investor`;
    const reminders = `/api/v1/reminders?roundId=${roundId}`;
    expect(progress.totals.mailsSent).toBe(await totalOf(`${messages}&status=sent`));
    expect(progress.totals.mailsBounced).toBe(await totalOf(`${messages}&status=bounced`));
    expect(progress.totals.answered).toBe(await totalOf(`${messages}&answered=true`));
    expect(progress.waiting.mailsQueued).toBe(await totalOf(`${messages}&status=queued,sending`));
    expect(progress.totals.tasksDone).toBe(
      await totalOf(`${reminders}&kind=officer_task,manager_escalation&status=done`),
    );
    expect(progress.totals.tasksLate).toBe(await totalOf(`${reminders}&status=open&due=overdue`));
    expect(progress.totals.tasksLate).toBeGreaterThan(0);
    expect(progress.waiting.pending).toBe(await totalOf(`${reminders}&status=pending`));
    expect(progress.waiting.open).toBe(await totalOf(`${reminders}&status=open`));
    expect(progress.waiting.steps.reduce((sum, step) => sum + step.count, 0)).toBe(progress.waiting.pending);
    expect(progress.waiting.nextDueAt).toBe(progress.waiting.steps[0]!.dueAt);
  });

  it('answers 404 for a round that is not there', async () => {
    expect((await officer.get(`/api/v1/rounds/${newId()}/progress`)).status).toBe(404);
  });
});
