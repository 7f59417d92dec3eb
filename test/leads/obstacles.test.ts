import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FollowUpDesk } from '../../src/modules/follow-up/follow-up-desk.service.js';
import type { Lead } from '../../src/modules/leads/lead.entity.js';
import { givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

interface Obstacle {
  id: string;
  status: string;
  dueAt: string;
  overdue: boolean;
  acknowledgedAt: string | null;
  version: number;
}

let t: TestApp;
let officer: HttpClient;
beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
  await t.http.as('manager');
});
afterAll(() => t.close());

async function ownLead(): Promise<Lead> {
  const contact = await givenContact(t);
  return givenLead(t, { firmId: contact.firmId, primaryContactId: contact.id, ownerId: officer.userId });
}

const raise = (leadId: string, given: object = {}, who = officer) =>
  who.post<Obstacle>(`/api/v1/leads/${leadId}/obstacles`, {
    category: 'planning',
    title: 'Chờ quy hoạch',
    ...given,
  });
const version = (n: number) => ({ 'if-match': `"${n}"` });
const mailsOf = (leadId: string, code: string) =>
  t.db.query(
    `SELECT 1 FROM message m JOIN template x ON x.id = m.template_id WHERE m.lead_id = $1 AND x.code = $2`,
    [leadId, code],
  );

describe('an obstacle', () => {
  test('has five working days, its lead’s owner, and a place in the lead’s story', async () => {
    const lead = await ownLead();
    const { status, body } = await raise(lead.id);
    expect([status, body.status, body.overdue]).toEqual([201, 'open', false]);
    expect(body.dueAt).toBe('2026-03-09T03:00:00.000Z');
    expect(body).toMatchObject({
      owner: { id: officer.userId },
      raisedBy: 'officer',
      visibleToInvestor: false,
    });
    const story = await officer.get<{ items: { text: string }[] }>(
      `/api/v1/leads/${lead.id}/timeline?about=obstacle`,
    );
    expect(story.body.items.map(({ text }) => text)).toEqual(['Ghi nhận vướng mắc: Chờ quy hoạch']);
  });

  test('moves by its rules only, and never against an older version', async () => {
    const lead = await ownLead();
    const { body } = await raise(lead.id);
    const url = `/api/v1/obstacles/${body.id}`;
    expect((await officer.patch(url, { status: 'in_progress' })).status).toBe(428);
    expect((await officer.patch(url, { status: 'in_progress' }, version(1))).status).toBe(200);
    expect((await officer.patch(url, { title: 'Cũ' }, version(1))).status).toBe(412);
    expect((await officer.patch(url, { status: 'resolved' }, version(2))).status).toBe(400);
    const settled = await officer.post<Obstacle>(`${url}/resolve`, { answer: 'Đã phê duyệt.' }, version(2));
    expect(settled.body).toMatchObject({ status: 'resolved', answer: 'Đã phê duyệt.' });
    expect((await officer.patch(url, { status: 'withdrawn' }, version(3))).status).toBe(409);
    expect(await mailsOf(lead.id, 'obstacle-answered')).toEqual([]);
  });

  test('that the investor may see is answered by mail, once', async () => {
    const lead = await ownLead();
    const { body } = await raise(lead.id, { visibleToInvestor: true });
    const send = () =>
      officer.post(`/api/v1/obstacles/${body.id}/resolve`, { answer: 'Đã xong.' }, version(1));
    const statuses = (await Promise.all([send(), send()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412]);
    expect(await mailsOf(lead.id, 'obstacle-answered')).toHaveLength(1);
  });

  test('is changed by whose lead or whose obstacle it is, and by managers', async () => {
    const lead = await ownLead();
    const other = await t.http.as('officer', 'Cán bộ khác');
    expect((await raise(lead.id, {}, other)).status).toBe(403);
    const { body } = await raise(lead.id, { ownerId: other.userId });
    const stranger = await t.http.as('officer', 'Người thứ ba');
    const url = `/api/v1/obstacles/${body.id}`;
    expect((await stranger.patch(url, { title: 'X' }, version(1))).status).toBe(403);
    expect((await other.patch(url, { title: 'Của tôi' }, version(1))).status).toBe(200);
    const manager = await t.http.as('manager');
    expect((await manager.patch(url, { title: 'Của lãnh đạo' }, version(2))).status).toBe(200);
  });

  test('cannot be shown to an investor that has no contact', async () => {
    const lead = await givenLead(t, { ownerId: officer.userId });
    expect((await raise(lead.id, { visibleToInvestor: true })).status).toBe(400);
  });

  test('lists by owner, state and time, a page after the other', async () => {
    const lead = await ownLead();
    const mine = await t.http.as('officer', 'Người lập danh sách');
    for (let n = 1; n <= 3; n++)
      await raise(lead.id, { ownerId: mine.userId, dueAt: `2026-03-0${n + 2}T03:00:00Z`, title: `Số ${n}` });
    const list = (query: string) =>
      mine.get<{ items: Obstacle[]; nextCursor: string | null; total: number }>(
        `/api/v1/obstacles?ownerId=me&${query}`,
      );
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.body.nextCursor}`);
    expect([first.body.items.length, second.body.items.length, first.body.total]).toEqual([2, 1, 3]);
    expect((await list('due=overdue')).body.items).toEqual([]);
    expect((await list('due=week')).body.items).toHaveLength(3);
    expect((await list('status=resolved')).body.items).toEqual([]);
    const found = await mine.get<{ items: Obstacle[] }>('/api/v1/obstacles?ownerId=me&q=so%202');
    expect(found.body.items).toHaveLength(1);
  });

  test('late comes before a manager once, shows on its owner’s day, and ends there with it', async () => {
    const start = t.clock.now();
    const lead = await ownLead();
    const mine = await t.http.as('officer', 'Người trễ hẹn');
    const { body } = await raise(lead.id, { ownerId: mine.userId, dueAt: '2026-03-03T03:00:00Z' });
    t.clock.set(new Date('2026-03-04T03:00:00Z'));
    for (let n = 0; n < 2; n++) await t.asSystem(() => t.get(FollowUpDesk).workOff());
    const tasks = () =>
      t.db.query(
        `SELECT title_vi, status FROM reminder WHERE lead_id = $1 AND channel = 'manager_escalation'`,
        [lead.id],
      );
    const title_vi = 'Vướng mắc của nhà đầu tư đã quá hạn: Chờ quy hoạch';
    expect(await tasks()).toEqual([{ title_vi, status: 'open' }]);
    expect(await mailsOf(lead.id, 'manager-escalation')).toHaveLength(1);
    const today = await mine.get<{ obstacles: { items: { id: string; overdue: boolean }[]; total: number } }>(
      '/api/v1/today',
    );
    expect(today.body.obstacles).toMatchObject({ total: 1, items: [{ id: body.id, overdue: true }] });
    await mine.post(`/api/v1/obstacles/${body.id}/resolve`, { answer: 'Xong.' }, version(1));
    expect(await tasks()).toEqual([{ title_vi, status: 'done' }]);
    t.clock.set(start);
  });
});
