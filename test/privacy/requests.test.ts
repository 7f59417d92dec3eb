import { afterAll, beforeEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ConsentQueries } from '../../src/modules/directory/consent.queries.js';
import { Contact } from '../../src/modules/directory/contact.entity.js';
import { MessagesService } from '../../src/modules/messaging/messages.service.js';
import { ClockBreaches } from '../../src/modules/privacy/clock-breaches.service.js';
import type { DataRequestAnswer, DataRequestPage } from '../../src/modules/privacy/data-requests.dto.js';
import { DataRequests } from '../../src/modules/privacy/data-requests.service.js';
import type { DataRequestKind } from '../../src/modules/privacy/data-request.entity.js';
import { givenContact } from '../factories/directory.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';

let t: TestApp;
let officer: HttpClient;
let manager: HttpClient;

beforeAll(async () => {
  t = await startApp();
  officer = await t.http.as('officer');
  manager = await t.http.as('manager');
});
afterAll(() => t.close());
beforeEach(() => t.clock.set(DEFAULT_NOW));

const raise = (contactId: string, kind: DataRequestKind, more: object = {}) =>
  t.asSystem(() => t.get(DataRequests).raise({ contactId, kind, channel: 'letter', ...more }));
const get = async (id: string) => (await manager.get<DataRequestAnswer>(`/api/v1/data-requests/${id}`)).body;
const act = async (id: string, step: string, body: object = {}) =>
  manager.post<DataRequestAnswer & { code?: string }>(`/api/v1/data-requests/${id}/${step}`, body, {
    'if-match': `"${(await get(id)).version}"`,
  });
const mailsTo = async (contactId: string) =>
  (
    await t.db.query<{ code: string }>(
      `SELECT p.code FROM message m JOIN template p ON p.id = m.template_id WHERE m.contact_id = $1 ORDER BY m.created_at, m.id`,
      [contactId],
    )
  ).map(({ code }) => code);

describe('the clocks', () => {
  test('are those of the law: working days to acknowledge, days to carry out', async () => {
    // Friday 13 February 2026: the next working days are after Tết, from 14 to 22 February off
    t.clock.set(new Date('2026-02-13T03:00:00Z'));
    const { id: contactId } = await givenContact(t);
    const days: Record<DataRequestKind, number> = {
      withdraw: 15,
      restrict: 15,
      view: 10,
      correct: 10,
      copy: 10,
      erase: 20,
    };
    for (const [kind, carryOut] of Object.entries(days) as [DataRequestKind, number][]) {
      const { id } = await raise(contactId, kind);
      const request = await get(id);
      expect(request.carryOut).toMatchObject({ daysLeft: carryOut, state: 'waiting', doneAt: null });
      expect(request.acknowledge.dueAt).toBe('2026-02-24T03:00:00.000Z');
    }
  });

  test('run from the day a letter came, never from a day to come', async () => {
    const { id: contactId } = await givenContact(t);
    const receivedAt = '2026-02-25T03:00:00.000Z';
    const { body } = await officer.post<{ id: string }>('/api/v1/data-requests', {
      contactId,
      kind: 'copy',
      channel: 'letter',
      receivedAt,
    });
    expect((await get(body.id)).carryOut.dueAt).toBe('2026-03-07T03:00:00.000Z');
    const early = await officer.post('/api/v1/data-requests', {
      contactId,
      kind: 'view',
      channel: 'letter',
      receivedAt: '2026-03-03T03:00:00Z',
    });
    expect(early.status).toBe(400);
  });

  test('are extended once, in time, with a reason that the person is told', async () => {
    const { id: contactId } = await givenContact(t);
    const { id } = await raise(contactId, 'erase');
    const first = await act(id, 'extend', { reason: 'Cần đối chiếu hồ sơ giấy' });
    expect(first.body).toMatchObject({ status: 'extended', extensionReason: 'Cần đối chiếu hồ sơ giấy' });
    expect(first.body.carryOut.daysLeft).toBe(40);
    expect((await act(id, 'extend', { reason: 'Lần nữa' })).body.code).toBe('data_request_extended_before');
    expect(await mailsTo(contactId)).toEqual(['data-request-received', 'data-request-extended']);
    const late = await raise((await givenContact(t)).id, 'copy');
    t.clock.advance(11 * 86_400_000);
    expect((await act(late.id, 'extend', { reason: 'Muộn' })).body.code).toBe('data_request_overdue');
  });

  test('that ran out come before every manager, once', async () => {
    const { id: contactId } = await givenContact(t);
    const { id } = await raise(contactId, 'copy');
    const notices = () =>
      t.db.query(`SELECT 1 FROM message WHERE dedupe_key LIKE 'data-request:' || $1 || ':overdue%'`, [id]);
    const look = () => t.asSystem(() => t.get(ClockBreaches).tellManagers());
    await look();
    expect(await notices()).toHaveLength(0);
    t.clock.advance(4 * 86_400_000);
    await Promise.all([look(), look()]);
    expect(await notices()).toHaveLength(1);
    t.clock.advance(8 * 86_400_000);
    await look();
    await look();
    expect(await notices()).toHaveLength(2);
    const { body } = await manager.get<DataRequestPage>('/api/v1/data-requests?due=overdue');
    expect(body.items.find((one) => one.id === id)!.carryOut.state).toBe('overdue');
  });
});

describe('a request', () => {
  test('while the same is open joins it', async () => {
    const { id: contactId } = await givenContact(t);
    const first = await raise(contactId, 'copy', { text: 'Xin bản sao' });
    const [again, other] = await Promise.all([
      raise(contactId, 'copy', { text: 'Xin gửi sớm' }),
      raise(contactId, 'erase'),
    ]);
    expect([again.id, again.joined, other.joined]).toEqual([first.id, true, false]);
    expect((await get(first.id)).text).toBe('Xin bản sao\n\nXin gửi sớm');
    await act(first.id, 'take-back');
    expect((await raise(contactId, 'copy')).id).not.toBe(first.id);
  });

  test('is read and carried out by managers; officers only record it', async () => {
    const { id: contactId } = await givenContact(t);
    const { status, body } = await officer.post<{ id: string }>('/api/v1/data-requests', {
      contactId,
      kind: 'view',
      channel: 'phone',
    });
    expect(status).toBe(201);
    expect((await officer.get(`/api/v1/data-requests/${body.id}`)).status).toBe(403);
    expect((await officer.get('/api/v1/data-requests')).status).toBe(403);
    const seen = { 'if-match': '"1"' };
    expect((await officer.post(`/api/v1/data-requests/${body.id}/carry-out`, {}, seen)).status).toBe(403);
    expect((await t.http.anonymous.get(`/api/v1/data-requests/${body.id}`)).status).toBe(401);
  });

  test('that is closed changes no more, and a stale one not at all', async () => {
    const { id: contactId } = await givenContact(t);
    const { id } = await raise(contactId, 'view');
    expect((await act(id, 'refuse', { reason: 'Không đúng người' })).body.status).toBe('refused');
    for (const step of ['acknowledge', 'take-back', 'carry-out'])
      expect((await act(id, step)).body.code).toBe('data_request_closed');
    const stale = await manager.post(`/api/v1/data-requests/${id}/acknowledge`, {}, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
  });
});

describe('carrying out', () => {
  test('a withdrawal holds from the moment it comes', async () => {
    const { id } = await givenContact(t, { consent: 'given' });
    t.clock.advance(1000);
    const request = await raise(id, 'withdraw');
    expect((await t.get(ConsentQueries).current([id])).get(id)).toBe('withdrawn');
    expect((await act(request.id, 'carry-out')).body.status).toBe('done');
  });

  test('a restricted person gets nothing but mails about that, until the person wants it no longer', async () => {
    const { id: contactId } = await givenContact(t, { consent: 'given' });
    const { id } = await raise(contactId, 'restrict');
    await act(id, 'carry-out');
    const write = (dedupeKey: string) =>
      t.asSystem(() =>
        t.get(MessagesService).create([{ dedupeKey, templateCode: 'round-thank-you', contactId }]),
      );
    expect((await write(`one:${id}`)).refused).toMatchObject([{ reason: 'restricted' }]);
    expect(await mailsTo(contactId)).toEqual(['data-request-received', 'data-request-done']);
    expect((await act(id, 'lift')).body.liftedAt).not.toBeNull();
    expect((await write(`two:${id}`)).refused).toEqual([]);
  });

  test('a restricted person is asked into no round any more, and is marked where already in one and in the search', async () => {
    const { id: contactId, firmId } = await givenContact(t, { fullName: 'Vũ Thị Hạn Chế' });
    const round = async (code: string) =>
      (
        await officer.post<{ id: string }>('/api/v1/rounds', {
          code,
          name: 'Hội nghị xúc tiến',
          startsOn: '2026-03-02',
          endsOn: '2026-03-06',
        })
      ).body.id;
    const [before, after] = [await round('HC-1'), await round('HC-2')];
    const add = (roundId: string, status: string) =>
      officer.post<{ errors?: { path: string; code: string }[] }>(
        `/api/v1/rounds/${roundId}/participations`,
        {
          firmId,
          contactId,
          status,
        },
      );
    expect((await add(before, 'invited')).status).toBe(201);
    const { id } = await raise(contactId, 'restrict');
    await act(id, 'carry-out');
    expect(await add(after, 'invited')).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'contactId', code: 'contact_restricted' }] },
    });
    // that the person came to what they had been asked to is still put on record
    expect((await add(before, 'attended')).status).toBe(201);
    const listed = await officer.get(`/api/v1/rounds/${before}/participations`);
    expect(listed.body).toMatchObject({ items: [{ status: 'attended', contactRestricted: true }] });
    const hit = () => officer.get(`/api/v1/search?q=${encodeURIComponent('Vũ Thị Hạn')}`);
    expect((await hit()).body).toMatchObject({
      groups: [{ type: 'contact', hits: [{ id: contactId, state: 'restricted' }] }],
    });
    await act(id, 'lift');
    expect((await add(after, 'invited')).status).toBe(201);
    expect((await hit()).body).toMatchObject({ groups: [{ hits: [{ state: null }] }] });
  });

  test('a correction needs one click when it says what it should be', async () => {
    const { id: contactId } = await givenContact(t);
    const bare = await raise(contactId, 'correct');
    expect((await act(bare.id, 'carry-out')).body.code).toBe('data_request_nothing_to_correct');
    await raise(contactId, 'correct', { correction: { fullName: 'Lê Thị Đúng', phone: '0912 345 678' } });
    expect((await act(bare.id, 'carry-out')).body.status).toBe('done');
    expect(await t.db.repo(Contact).findOneByOrFail({ id: contactId })).toMatchObject({
      fullName: 'Lê Thị Đúng',
      phone: '+84912345678',
    });
  });

  test('an erasure needs the name, sends the last letter and cannot happen twice', async () => {
    const { id: contactId } = await givenContact(t, { fullName: 'Phạm Thị Quên' });
    const { id } = await raise(contactId, 'erase');
    expect((await act(id, 'carry-out', { name: 'Ai khác' })).status).toBe(400);
    const done = await act(id, 'carry-out', { name: ' phạm thị quên ' });
    expect(done.body).toMatchObject({ status: 'done', contact: { email: null } });
    expect((await officer.get(`/api/v1/contacts/${contactId}`)).status).toBe(404);
    await expect(raise(contactId, 'copy')).rejects.toThrow();
  });
});
