import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RemoveExpired } from '../../src/modules/identity/remove-expired.job.js';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { Files } from '../../src/platform/files/files.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface NewKey {
  id: string;
  key: string;
}

let t: TestApp;
let admin: HttpClient;

beforeAll(async () => {
  t = await startApp();
  admin = await t.http.as('admin');
});
afterAll(() => t.close());

describe('a key for a program', () => {
  const make = async (client: HttpClient, headers = {}) =>
    (await client.post<NewKey>('/api/v1/api-keys', { name: 'đồng bộ', role: 'admin' }, headers)).body;

  test('is kept in no answer and in no audit, not even as a hash', async () => {
    const { id, key } = await make(admin, { 'idempotency-key': 'make-key' });
    const kept = await t.db.query<{ answer: unknown }>(`SELECT answer FROM idempotency_key`);
    expect(JSON.stringify(kept)).not.toContain(key);
    const [entry] = await t.db.query<{ changes: Record<string, unknown> }>(
      `SELECT changes FROM audit_entry WHERE table_name = 'api_key' AND row_id = $1`,
      [id],
    );
    expect(entry!.changes).toHaveProperty('name');
    expect(entry!.changes).not.toHaveProperty('key');
  });

  test('may no more than whoever made it may today', async () => {
    const maker = await t.http.as('admin', 'Former Admin');
    const { key } = await make(maker);
    const program = t.http.anonymous.with({ 'x-api-key': key });
    expect((await program.get('/api/v1/users')).status).toBe(200);
    await t.asSystem(() => t.get(UsersService).changeRole(maker.userId!, 'officer'));
    expect((await program.get('/api/v1/users')).status).toBe(403);
    expect((await program.get('/api/v1/leads')).status).toBe(200);
  });
});

test('the first answer to a creation is kept for a week and not for ever', async () => {
  const post = () =>
    admin.post<{ id: string }>('/api/v1/firms', { name: 'Công ty Giữ Lại' }, { 'idempotency-key': 'week' });
  await post();
  const clean = new RemoveExpired(t.db, t.clock, t.get(Files));
  const count = async () =>
    (await t.db.query<{ n: number }>(`SELECT count(*)::int AS n FROM idempotency_key WHERE key = 'week'`))[0]!
      .n;
  t.clock.advance(6 * 86_400_000);
  await clean.handle();
  expect(await count()).toBe(1);
  t.clock.advance(2 * 86_400_000);
  await clean.handle();
  expect(await count()).toBe(0);
});

/** Last: for a minute nobody signs in from this address. */
test('an Idempotency-Key does not undo the count of wrong passwords', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 25; n++) {
    const guess = { email: 'admin@sample.test', password: `sai-mat-khau-${n}` };
    const { status } = await t.http.anonymous.post('/api/auth/sign-in/email', guess, {
      'idempotency-key': `guess-${n}`,
    });
    statuses.push(status);
  }
  expect(statuses.at(-1)).toBe(429);
});
