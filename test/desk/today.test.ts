import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import type { Today } from '../../src/modules/desk/today.dto.js';
import { givenContact } from '../factories/directory.js';
import { givenActivity, givenLead, userActor } from '../factories/leads.js';
import { givenMessage } from '../factories/messaging.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let officer: HttpClient;
let other: HttpClient;
let manager: HttpClient;

beforeAll(async () => {
  t = await startApp({ env: { TRUST_PROXY: '127.0.0.1' } });
  officer = await t.http.as('officer', 'mot');
  other = await t.http.as('officer', 'hai');
  manager = await t.http.as('manager');
});
beforeEach(async () => {
  t.clock.set(new Date('2026-03-02T03:00:00Z'));
  await t.db.execute(`TRUNCATE lead, message, reminder CASCADE`);
});
afterAll(() => t.close());

const today = async (client: HttpClient, query = ''): Promise<Today> => {
  const { status, body } = await client.get<Today>(`/api/v1/today${query}`);
  expect(status).toBe(200);
  return body;
};

async function task(client: HttpClient, leadId: string, dueAt: string): Promise<string> {
  const made = await client.post<{ id: string }>('/api/v1/reminders', { leadId, title: 'Gọi điện', dueAt });
  expect(made.status).toBe(201);
  return made.body.id;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** An investor answers a mail of a new lead of the officer's. */
async function answered(answer: string, owner: HttpClient = officer) {
  const contact = await givenContact(t, { consent: 'given' });
  const { id: leadId } = await givenLead(t, {
    firmId: contact.firmId,
    primaryContactId: contact.id,
    ownerId: owner.userId,
  });
  const message = await givenMessage(t, { contactId: contact.id, leadId });
  const token = answerToken(message.id, 'answer', t.config.secretKey);
  const page = await t.http.anonymous.post(`/r/${token}`, `answer=${answer}&text=Xin+goi`, FORM);
  expect(page.status).toBeLessThan(400);
  return { leadId, messageId: message.id, contactId: contact.id };
}

test('an empty desk has nothing, on a Monday since Friday morning', async () => {
  expect(await today(officer)).toEqual({
    day: '2026-03-02',
    counts: { overdue: 0, today: 0, week: 0, done: 0 },
    enquiries: { items: [], total: 0 },
    answers: { items: [], total: 0, since: '2026-02-26T17:00:00.000Z' },
    attention: { items: [], total: 0 },
    neglected: { items: [], total: 0 },
    obstacles: { items: [], total: 0 },
  });
});

test('the counts are those of the lists of reminders', async () => {
  const lead = await givenLead(t, { ownerId: officer.userId });
  for (const dueAt of [
    '2026-03-02T04:00:00Z',
    '2026-03-02T08:00:00Z',
    '2026-03-04T02:00:00Z',
    '2026-04-01T02:00:00Z',
  ])
    await task(officer, lead.id, dueAt);
  const done = await task(officer, lead.id, '2026-03-03T02:00:00Z');
  await officer.post(`/api/v1/reminders/${done}/complete`, {});
  t.clock.set(new Date('2026-03-02T05:00:00Z'));
  const { counts } = await today(officer);
  expect(counts).toEqual({ overdue: 1, today: 2, week: 3, done: 1 });
  for (const due of ['overdue', 'today', 'week'] as const) {
    const list = await officer.get<{ total: number }>(`/api/v1/reminders?due=${due}&ownerId=me`);
    expect(list.body.total).toBe(counts[due]);
  }
  expect((await today(other)).counts).toEqual({ overdue: 0, today: 0, week: 0, done: 0 });
  t.clock.set(new Date('2026-03-02T17:30:00Z'));
  expect((await today(officer)).counts.done).toBe(0);
});

test('an enquiry runs against its clocks until it is answered; one that nobody has is shown to everybody', async () => {
  await t.http.anonymous.post('/api/public/v1/enquiries', {
    firm: { name: 'Công ty Hỏi Thăm', country: 'VN' },
    contact: { fullName: 'Lê Thị Hỏi', email: 'hoi@hoitham.test', language: 'vi' },
    kind: 'secondary',
    message: 'Xin cho biết giá thuê đất.',
  });
  await t.db.execute(`UPDATE lead SET owner_id = NULL`);
  await givenLead(t, { source: 'enquiry', ownerId: other.userId });
  await givenLead(t, { ownerId: officer.userId });
  t.clock.set(new Date('2026-03-03T04:00:00Z'));
  const { enquiries } = await today(officer);
  expect(enquiries.total).toBe(1);
  expect(enquiries.items[0]).toMatchObject({
    lead: { reference: expect.stringMatching(/^CH-2026-/) },
    firm: { name: 'Công ty Hỏi Thăm' },
    owner: null,
    source: 'form',
    message: 'Xin cho biết giá thuê đất.',
    receivedAt: '2026-03-02T03:00:00.000Z',
    acknowledge: { dueAt: '2026-03-03T03:00:00.000Z', doneAt: null, state: 'overdue' },
    answer: { dueAt: '2026-03-09T03:00:00.000Z', doneAt: null, state: 'waiting' },
  });
  const theirs = await today(other);
  expect(theirs.enquiries.items.map(({ source }) => source)).toEqual(['form', 'officer']);
  await givenActivity(t, enquiries.items[0]!.lead.id);
  expect((await today(officer)).enquiries.total).toBe(0);
});

test('what investors answered since the working day before, and whether somebody acted', async () => {
  t.clock.set(new Date('2026-02-26T03:00:00Z'));
  await answered('visit');
  t.clock.set(new Date('2026-02-27T03:00:00Z'));
  const called = await answered('call_me');
  t.clock.set(new Date('2026-03-02T02:00:00Z'));
  const interested = await answered('interested');
  await answered('interested', other);
  const before = await today(officer);
  expect(before.answers.total).toBe(2);
  expect(before.answers.items).toEqual([
    expect.objectContaining({ lead: expect.objectContaining({ id: interested.leadId }), acted: false }),
    expect.objectContaining({
      messageId: called.messageId,
      lead: expect.objectContaining({ id: called.leadId }),
      contact: { id: called.contactId, name: expect.any(String) },
      answer: 'call_me',
      note: 'Xin goi',
      until: null,
      at: '2026-02-27T03:00:00.000Z',
      acted: false,
    }),
  ]);
  await givenActivity(t, called.leadId);
  expect((await today(officer)).answers.items.map(({ acted }) => acted)).toEqual([false, true]);
});

test('mails that need somebody: the unknown ones however old, a bounce until the address is mended', async () => {
  const rows = [];
  for (const status of ['unknown', 'failed', 'bounced', 'sent']) {
    const contact = await givenContact(t, { consent: 'given' });
    const lead = await givenLead(t, { firmId: contact.firmId, ownerId: officer.userId });
    const message = await givenMessage(t, { contactId: contact.id, leadId: lead.id });
    await t.db.execute(`UPDATE message SET status = $2 WHERE id = $1`, [message.id, status]);
    if (status === 'bounced')
      await t.db.execute(`UPDATE contact SET email_state = 'bounced' WHERE id = $1`, [contact.id]);
    rows.push({ status, contactId: contact.id });
  }
  const statuses = async (client: HttpClient) =>
    (await today(client)).attention.items.map(({ status }) => status).sort();
  expect(await statuses(officer)).toEqual(['bounced', 'failed', 'unknown']);
  expect(await statuses(other)).toEqual([]);
  await t.db.execute(`UPDATE contact SET email_state = 'ok' WHERE id = $1`, [rows[2]!.contactId]);
  expect(await statuses(officer)).toEqual(['failed', 'unknown']);
  t.clock.set(new Date('2026-06-01T03:00:00Z'));
  expect(await statuses(officer)).toEqual(['unknown']);
});

test('leads without a next action, twenty shown and all counted', async () => {
  for (let n = 0; n < 22; n++) await givenLead(t, { ownerId: officer.userId });
  const planned = await givenLead(t, {
    ownerId: officer.userId,
    nextAction: 'Gọi lại',
    nextActionAt: new Date('2026-03-05T03:00:00Z'),
  });
  const tasked = await givenLead(t, { ownerId: officer.userId });
  await task(officer, tasked.id, '2026-03-05T03:00:00Z');
  const { neglected } = await today(officer);
  expect({ shown: neglected.items.length, total: neglected.total }).toEqual({ shown: 20, total: 22 });
  expect(neglected.items.map(({ lead }) => lead.id)).not.toContain(planned.id);
  expect(neglected.items[0]).toMatchObject({
    stage: 'enquiry',
    nextAction: null,
    owner: { id: officer.userId },
  });
});

test('anybody’s day but one’s own is a manager’s to see', async () => {
  await givenLead(t, { ownerId: officer.userId });
  await givenLead(t, { ownerId: other.userId, as: userActor(other, 'officer') });
  expect((await officer.get('/api/v1/today?ownerId=all')).status).toBe(403);
  expect((await officer.get(`/api/v1/today?ownerId=${other.userId}`)).status).toBe(403);
  expect((await today(officer, `?ownerId=${officer.userId}`)).neglected.total).toBe(1);
  expect((await today(manager, '?ownerId=all')).neglected.total).toBe(2);
  expect((await today(manager, `?ownerId=${other.userId}`)).neglected.total).toBe(1);
  expect((await today(manager)).neglected.total).toBe(0);
  expect((await manager.get('/api/v1/today?ownerId=none')).status).toBe(400);
});
