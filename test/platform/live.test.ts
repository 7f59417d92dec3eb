import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { LiveSettings } from '../../src/platform/live/live-settings.js';
import { bareContact, bareFirm, givenLead } from '../factories/leads.js';
import { startApp, type TestApp } from '../support/harness.js';
import type { HttpClient } from '../support/http-client.js';
import { until } from '../support/queue-stores.js';

interface Note {
  event: string;
  data: { topic?: string; id?: string | null; leadId?: string | null; parentId?: string | null };
}

let t: TestApp;
let port: number;
let first: HttpClient;
let second: HttpClient;
const open: ClientRequest[] = [];

beforeAll(async () => {
  t = await startApp();
  await t.app.listen(0, '127.0.0.1');
  ({ port } = t.app.getHttpServer().address() as AddressInfo);
  [first, second] = await Promise.all([t.http.as('officer', 'mot'), t.http.as('officer', 'hai')]);
});
afterEach(async () => {
  for (const each of open.splice(0)) each.destroy();
  Object.assign(t.get(LiveSettings), new LiveSettings());
});
afterAll(() => t.close());

class Stream {
  private text = '';
  ended = false;

  constructor(readonly answer: IncomingMessage) {
    answer.setEncoding('utf8').on('data', (part: string) => (this.text += part));
    for (const end of ['end', 'close', 'error']) answer.on(end, () => (this.ended = true));
  }

  get comments(): number {
    return this.text.split('\n\n').filter((part) => part === ':').length;
  }

  get notes(): Note[] {
    return this.text.split('\n\n').flatMap((part) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1];
      const event = field('event');
      return event ? [{ event, data: JSON.parse(field('data')!) as Note['data'] }] : [];
    });
  }

  of(topic: string): Note['data'][] {
    return this.notes.map(({ data }) => data).filter((data) => data.topic === topic);
  }
}

async function follow(client: HttpClient, headers: Record<string, string> = {}): Promise<Stream> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = request(
      { port, path: '/api/v1/live', headers: { ...client.headers, ...headers } },
      resolve,
    ).on('error', reject);
    open.push(call);
    call.end();
  });
  const stream = new Stream(answer);
  if (answer.statusCode === 200) await until(() => stream.notes.length > 0);
  return stream;
}

test('what one changes arrives at another, by id and nothing else', async () => {
  const stream = await follow(second);
  expect(stream.answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(stream.notes[0]).toEqual({ event: 'ready', data: {} });
  const firm = await first.post<{ id: string; version: number }>('/api/v1/firms', {
    name: 'Công ty Đang Xem',
  });
  await until(() => stream.of('firm').length === 1);
  await first.patch(`/api/v1/firms/${firm.body.id}`, { note: 'Mật' }, { 'if-match': '"1"' });
  await until(() => stream.of('firm').length === 2);
  const note = { topic: 'firm', id: firm.body.id, leadId: null, parentId: null };
  expect(stream.of('firm')).toEqual([note, note]);
  const lead = await first.post<{ id: string }>('/api/v1/leads', { firmId: firm.body.id, kind: 'secondary' });
  await first.post(`/api/v1/leads/${lead.body.id}/activities`, {
    kind: 'call',
    happenedAt: t.clock.now().toISOString(),
    subject: 'Gọi điện',
  });
  await until(() => stream.of('activity').length === 1);
  expect(stream.of('lead')[0]).toEqual({
    topic: 'lead',
    id: lead.body.id,
    leadId: lead.body.id,
    parentId: firm.body.id,
  });
  expect(stream.of('activity')[0]).toMatchObject({ leadId: lead.body.id });
});

test('nothing is told before the commit, and nothing at all of what was undone', async () => {
  const stream = await follow(second);
  const kept = await t.db.transaction(async () => {
    const id = await bareFirm(t);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(stream.of('firm')).toEqual([]);
    return id;
  });
  await until(() => stream.of('firm').length === 1);
  await t.db
    .transaction(async () => {
      await bareFirm(t);
      throw new Error('undone');
    })
    .catch(() => undefined);
  const last = await bareFirm(t);
  await until(() => stream.of('firm').some(({ id }) => id === last));
  expect(stream.of('firm').map(({ id }) => id)).toEqual([kept, last]);
});

test('a statement over many rows, or a transaction of many statements, is one note without an id', async () => {
  const firm = await bareFirm(t);
  await t.db.transaction(async () => {
    for (let n = 0; n < 25; n++) await bareContact(t, firm);
  });
  const stream = await follow(second);
  await t.db.execute(`UPDATE contact SET updated_at = updated_at`);
  await until(() => stream.of('contact').length === 1);
  expect(stream.of('contact')).toEqual([{ topic: 'contact', id: null, leadId: null, parentId: null }]);
  await t.db.transaction(async () => {
    for (let n = 0; n < 150; n++) await bareContact(t, firm);
  });
  await until(() => stream.of('contact').length === 102);
  expect(stream.of('contact').filter(({ id }) => id === null)).toHaveLength(2);
});

test('deleting is a change too', async () => {
  const stream = await follow(first);
  const lead = await givenLead(t);
  const { firmId } = lead;
  const contact = await bareContact(t, firmId);
  await t.db.execute(`DELETE FROM contact WHERE id = $1`, [contact]);
  await until(() => stream.of('contact').length === 2);
  expect(stream.of('contact')[1]).toEqual({ topic: 'contact', id: contact, leadId: null, parentId: firmId });
});

test('who comes back is told to look again; so is everybody when PostgreSQL ends the connection', async () => {
  const stream = await follow(first, { 'last-event-id': '1' });
  expect(stream.notes[0]!.event).toBe('resync');
  const steady = await follow(second);
  const ended = await t.db.query<{ pid: number }>(
    `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'dong-hanh-live' AND datname = current_database()`,
  );
  expect(ended).toHaveLength(1);
  await until(() => steady.notes.some(({ event }) => event === 'resync'));
  const firm = await bareFirm(t);
  await until(() => steady.of('firm').some(({ id }) => id === firm));
  expect(steady.ended).toBe(false);
});

test('a quiet stream is kept alive by comments', async () => {
  t.get(LiveSettings).heartbeatMs = 50;
  const stream = await follow(first);
  await until(() => stream.comments >= 3);
});

test('a stream ends with its session', async () => {
  t.get(LiveSettings).recheckMs = 100;
  const third = await t.http.as('officer', 'ba');
  const [theirs, other] = [await follow(third), await follow(first)];
  await t.db.execute(`DELETE FROM user_session WHERE user_id = $1`, [third.userId]);
  await until(() => theirs.ended);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(other.ended).toBe(false);
  expect((await follow(third)).answer.statusCode).toBe(401);
});

test('one caller has ten at most, and a closed one counts no more', async () => {
  const streams = [];
  for (let n = 0; n < 10; n++) streams.push(await follow(first));
  const refused = await follow(first);
  expect(refused.answer.statusCode).toBe(429);
  expect((await follow(second)).answer.statusCode).toBe(200);
  streams[0]!.answer.destroy();
  await until(async () => (await follow(first)).answer.statusCode === 200);
});

test('a program that stops waits for no stream', async () => {
  const other = await startApp({ database: t.database });
  await other.app.listen(0, '127.0.0.1');
  const address = other.app.getHttpServer().address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve) =>
    request(
      { port: address.port, path: '/api/v1/live', headers: first.headers, agent: false },
      resolve,
    ).end(),
  );
  const stream = new Stream(answer);
  await until(() => stream.notes.length > 0);
  const began = performance.now();
  await other.close();
  expect(performance.now() - began).toBeLessThan(5_000);
  await until(() => stream.ended);
});
