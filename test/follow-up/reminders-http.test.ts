import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { LeadsService } from '../../src/modules/leads/leads.service.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenPlan, remindersOf, workOffAt } from '../factories/follow-up.js';
import { givenLead, leadOf } from '../factories/leads.js';
import { closeRound, givenParticipant, givenRound } from '../factories/promotion.js';
import type { HttpClient } from '../support/http-client.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

interface Problem {
  code: string;
  errors?: { path: string; code: string; message: string }[];
}

let t: TestApp;
let an: HttpClient;
let binh: HttpClient;
let manager: HttpClient;

beforeAll(async () => {
  t = await startApp();
  [an, binh, manager] = [
    await t.http.as('officer', 'An'),
    await t.http.as('officer', 'Binh'),
    await t.http.as('manager'),
  ];
});
afterAll(() => t.close());
beforeEach(() => t.clock.set(DEFAULT_NOW));

async function openTask(): Promise<{ id: string; leadId: string; roundId: string; url: string }> {
  const plan = await givenPlan(t, {
    steps: [{ key: 'call', offset: { amount: 0, unit: 'day' }, channel: 'officer_task' }],
  });
  const roundId = await givenRound(t, { ownerId: an.userId });
  const { leadId } = await givenParticipant(t, roundId);
  await closeRound(t, roundId, { followUpPlanId: plan });
  await workOffAt(t, t.clock.now().toISOString());
  const { id } = (await remindersOf(t, leadId)).call!;
  return { id, leadId, roundId, url: `/api/v1/reminders/${id}` };
}

describe('the day’s list', () => {
  it('shows what is overdue, due today and this week, and why it is there', async () => {
    const { id, leadId, roundId } = await openTask();
    t.clock.set(new Date('2026-03-03T05:00:00Z'));
    const overdue = await an.get<{ items: unknown[] }>(
      `/api/v1/reminders?due=overdue&ownerId=me&roundId=${roundId}`,
    );
    expect(overdue.body).toMatchObject({
      total: 1,
      items: [
        {
          id,
          kind: 'officer_task',
          status: 'open',
          lead: { id: leadId, kind: 'secondary' },
          round: { id: roundId },
          owner: { id: an.userId },
          lateWorkingDays: 1,
          lateSeconds: 26 * 3600,
          stepKey: 'call',
        },
      ],
    });
    await an.post('/api/v1/reminders', { leadId, title: 'Gửi bản đồ', dueAt: '2026-03-03T08:00:00Z' });
    await an.post('/api/v1/reminders', { leadId, title: 'Hẹn khảo sát', dueAt: '2026-03-08T08:00:00Z' });
    const titles = async (query: string) =>
      (
        await an.get<{ items: { titleVi: string }[] }>(`/api/v1/reminders?leadId=${leadId}&${query}`)
      ).body.items.map((one) => one.titleVi);
    expect(await titles('due=today')).toEqual(['Gửi bản đồ']);
    expect(await titles('due=week')).toEqual(['Gửi bản đồ', 'Hẹn khảo sát']);
    expect(await titles('status=open&kind=officer_task')).toHaveLength(1);
    expect(await titles('sort=-dueAt&limit=1')).toEqual(['Hẹn khảo sát']);
    expect(await binh.get(`/api/v1/reminders?ownerId=me&leadId=${leadId}`)).toMatchObject({
      body: { total: 0 },
    });
    expect(await an.get('/api/v1/reminders?due=someday')).toMatchObject({ status: 400 });
    expect(await an.get('/api/v1/reminders?kind=fax')).toMatchObject({ status: 400 });
    expect(await an.get('/api/v1/reminders?sort=owner')).toMatchObject({ status: 400 });
    expect(await an.get('/api/v1/reminders?cursor=abc.def')).toMatchObject({ status: 400 });
  });
});

describe('what people do with reminders', () => {
  it('complete with an outcome and a next action, and take a slip back', async () => {
    const { url, leadId } = await openTask();
    const done = await an.post(`${url}/complete`, {
      outcome: 'reached',
      note: 'Xin thêm bản đồ',
      nextAction: 'Gửi bản đồ',
      nextActionAt: '2026-03-05T03:00:00Z',
    });
    expect(done).toMatchObject({
      status: 200,
      body: { status: 'done', outcome: 'reached', closedBy: { id: an.userId } },
    });
    expect(await leadOf(t, leadId)).toMatchObject({
      nextAction: 'Gửi bản đồ',
      nextActionAt: new Date('2026-03-05T03:00:00Z'),
    });
    const { body } = await an.get<{ items: object[] }>(`/api/v1/reminders?leadId=${leadId}&status=pending`);
    expect(body.items).toMatchObject([
      { titleVi: 'Gửi bản đồ', dueAt: '2026-03-05T03:00:00.000Z', owner: { id: an.userId } },
    ]);
    expect((await an.get(`/api/v1/leads/${leadId}/sequences`)).body).toMatchObject({
      items: [{ status: 'completed' }],
    });
    expect(await an.post(`${url}/complete`, { outcome: 'reached' })).toMatchObject({
      status: 409,
      body: { code: 'reminder_may_not_become' },
    });
    expect(await an.post(`${url}/reopen`)).toMatchObject({
      status: 200,
      body: { status: 'open', outcome: null, closedAt: null },
    });
    expect((await an.get(`/api/v1/leads/${leadId}/sequences`)).body).toMatchObject({
      items: [{ status: 'running' }],
    });
    await an.post(`${url}/complete`, { outcome: 'reached' });
    t.clock.set(new Date('2026-03-10T03:00:00Z'));
    expect(await an.post(`${url}/reopen`)).toMatchObject({
      status: 409,
      body: { code: 'reminder_undo_too_late' },
    });
  });

  it('put off to working time, five times at most, and it comes back', async () => {
    const { id, leadId, url } = await openTask();
    const first = await an.post(`${url}/snooze`, { until: '2026-03-07T03:00:00Z' });
    expect(first).toMatchObject({
      status: 200,
      body: {
        status: 'pending',
        dueAt: '2026-03-09T01:00:00.000Z',
        snoozeCount: 1,
        originalDueAt: '2026-03-02T03:00:00.000Z',
      },
    });
    await workOffAt(t, '2026-03-09T01:00:00Z');
    expect(Object.values(await remindersOf(t, leadId)).find((one) => one.id === id)).toMatchObject({
      status: 'open',
      dispatchedAt: DEFAULT_NOW,
    });
    for (let n = 0; n < 4; n += 1) await an.post(`${url}/snooze`, { until: '2026-03-10T03:00:00Z' });
    expect(await an.post(`${url}/snooze`, { until: '2026-03-11T03:00:00Z' })).toMatchObject({
      status: 409,
      body: { code: 'reminder_snoozed_too_often' },
    });
    const other = await openTask();
    expect(await an.post<Problem>(`${other.url}/snooze`, { until: '2026-03-01T03:00:00Z' })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'must_be_later' }] },
    });
    expect(await an.post<Problem>(`${other.url}/snooze`, { until: '2026-09-01T03:00:00Z' })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'snooze_too_long' }] },
    });
    expect(await an.post<Problem>(`${other.url}/snooze`, { until: 'tomorrow' })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'invalid_time' }] },
    });
  });

  it('a snooze that was a slip is taken back, to a time that has passed too', async () => {
    const { url } = await openTask();
    t.clock.set(new Date('2026-03-03T05:00:00Z'));
    const dueAt = '2026-03-02T03:00:00.000Z';
    expect(await an.post(`${url}/unsnooze`, { dueAt })).toMatchObject({
      status: 409,
      body: { code: 'reminder_not_snoozed' },
    });
    await an.post(`${url}/snooze`, { until: '2026-03-10T03:00:00Z' });
    for (const wrong of ['2026-03-01T03:00:00Z', '2026-03-10T03:00:00Z'])
      expect(await an.post<Problem>(`${url}/unsnooze`, { dueAt: wrong })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'dueAt', code: 'not_before_snooze' }] },
      });
    expect(await an.post(`${url}/unsnooze`, { dueAt })).toMatchObject({
      status: 200,
      body: { status: 'open', dueAt, snoozeCount: 0 },
    });
  });

  it('cancel with a reason, which closing the round again respects', async () => {
    const { url, leadId, roundId } = await openTask();
    expect(await an.post<Problem>(`${url}/cancel`, { reason: 'x'.repeat(501) })).toMatchObject({
      status: 400,
    });
    expect(await an.post(`${url}/cancel`, { reason: 'Đã gặp hôm qua' })).toMatchObject({
      status: 200,
      body: { status: 'cancelled', reason: 'cancelled_by_person', note: 'Đã gặp hôm qua' },
    });
    const again = await closeRound(t, roundId);
    expect(again).toMatchObject({
      created: 0,
      kept: 0,
      skipped: [{ leadId, reason: 'cancelled_by_person' }],
    });
  });

  it('only with their own, or as a manager', async () => {
    const { url } = await openTask();
    expect(await binh.post(`${url}/complete`, { outcome: 'reached' })).toMatchObject({
      status: 403,
      body: { code: 'not_your_reminder' },
    });
    expect(await manager.post(`${url}/reassign`, { ownerId: binh.userId })).toMatchObject({
      status: 200,
      body: { owner: { id: binh.userId } },
    });
    expect(await binh.post(`${url}/complete`, { outcome: 'reached' })).toMatchObject({ status: 200 });
    expect(await binh.post(`${url}/reassign`, { ownerId: an.userId })).toMatchObject({
      status: 409,
      body: { code: 'reminder_is_over' },
    });
    expect(await an.post(`/api/v1/reminders/${newId()}/complete`, { outcome: 'reached' })).toMatchObject({
      status: 404,
    });
    expect(await an.post<Problem>(`${url}/complete`, { outcome: 'great' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'outcome', code: 'not_one_of' }] },
    });
    expect(await t.http.anonymous.get(url)).toMatchObject({ status: 401 });
  });

  it('the tasks follow the lead to its new owner, and the account that is closed to its heir', async () => {
    const { id, leadId } = await openTask();
    const ownerOf = async () =>
      (
        await t.db.query<{ ownerId: string }>(`SELECT owner_id AS "ownerId" FROM reminder WHERE id = $1`, [
          id,
        ])
      )[0]!.ownerId;
    await t.asSystem(() => t.get(LeadsService).assign(leadId, { ownerId: binh.userId! }));
    expect(await ownerOf()).toBe(binh.userId);
    const leaver = await t.http.as('officer', 'Chi');
    await t.db.execute(`UPDATE reminder SET owner_id = $2 WHERE id = $1`, [id, leaver.userId]);
    await t.asSystem(() => t.get(UsersService).deactivate(leaver.userId!, { handOverTo: an.userId! }));
    expect(await ownerOf()).toBe(an.userId);
  });

  it('set themselves tasks', async () => {
    const lead = await givenLead(t);
    const made = await an.post('/api/v1/reminders', {
      leadId: lead.id,
      title: 'Gọi lại',
      dueAt: '2026-03-05T03:00:00Z',
    });
    expect(made).toMatchObject({
      status: 201,
      body: { status: 'pending', owner: { id: an.userId }, round: null },
    });
    expect(
      await an.post<Problem>('/api/v1/reminders', {
        leadId: newId(),
        title: 'x',
        dueAt: '2026-03-05T03:00:00Z',
      }),
    ).toMatchObject({ status: 400, body: { errors: [{ path: 'leadId', code: 'unknown_lead' }] } });
    expect(
      await an.post<Problem>('/api/v1/reminders', {
        leadId: lead.id,
        title: 'x',
        dueAt: '2026-03-01T03:00:00Z',
      }),
    ).toMatchObject({ status: 400, body: { errors: [{ path: 'dueAt', code: 'must_be_later' }] } });
    expect(await an.get(`/api/v1/leads/${newId()}/sequences`)).toMatchObject({ status: 404 });
  });
});

describe('health', () => {
  it('names how late dispatch is', async () => {
    expect((await t.http.anonymous.get('/health/ready')).body).toMatchObject({
      dispatch: { ok: true, lagSeconds: expect.any(Number) },
    });
  });
});

describe('a task that someone set', () => {
  const nextOf = async (leadId: string) => {
    const { body } = await an.get<{ nextAction: string | null; nextActionAt: string | null }>(
      `/api/v1/leads/${leadId}`,
    );
    return [body.nextAction, body.nextActionAt];
  };

  it('is what comes next for its lead: put off with it, over with it, back with it', async () => {
    const { id: leadId } = await givenLead(t, { ownerId: an.userId });
    const task = await an.post<{ id: string }>('/api/v1/reminders', {
      leadId,
      title: 'Gọi lại',
      dueAt: '2026-03-03T03:00:00Z',
    });
    const url = `/api/v1/reminders/${task.body.id}`;
    expect(await nextOf(leadId)).toEqual(['Gọi lại', '2026-03-03T03:00:00.000Z']);
    await an.post(`${url}/snooze`, { until: '2026-03-04T03:00:00Z' });
    expect(await nextOf(leadId)).toEqual(['Gọi lại', '2026-03-04T03:00:00.000Z']);
    await an.post(`${url}/complete`, {});
    expect(await nextOf(leadId)).toEqual([null, null]);
    await an.post(`${url}/reopen`);
    expect(await nextOf(leadId)).toEqual(['Gọi lại', '2026-03-04T03:00:00.000Z']);
  });

  it('leaves alone what was noted otherwise', async () => {
    const { id: leadId } = await givenLead(t, {
      ownerId: an.userId,
      nextAction: 'Gửi bản đồ',
      nextActionAt: new Date('2026-03-05T03:00:00Z'),
    });
    const task = await an.post<{ id: string }>('/api/v1/reminders', {
      leadId,
      title: 'Gọi lại',
      dueAt: '2026-03-03T03:00:00Z',
    });
    await an.post(`/api/v1/reminders/${task.body.id}/complete`, {});
    expect(await nextOf(leadId)).toEqual(['Gửi bản đồ', '2026-03-05T03:00:00.000Z']);
  });
});
