import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface Key {
  id: string;
  key?: string;
  name: string;
  role: string;
  start: string;
  expiresAt: string | null;
}

let t: TestApp;
let admin: HttpClient;

beforeAll(async () => {
  t = await startApp();
  admin = await t.http.as('admin');
});
afterAll(() => t.close());

const make = async (role: string, more: object = {}) => {
  const answer = await admin.post<Required<Key>>('/api/v1/api-keys', { name: `cho ${role}`, role, ...more });
  expect(answer.status).toBe(201);
  return answer.body;
};
const program = (key: string) => t.http.anonymous.with({ 'x-api-key': key });

test('a key is shown once, kept as a hash, and carries its role and no more', async () => {
  const officer = await make('officer');
  expect(officer.key).toMatch(/^dh_[A-Za-z]{64}$/);
  expect(officer.key.startsWith(officer.start)).toBe(true);
  const [row] = await t.db.query<{ key: string }>('SELECT key FROM api_key WHERE id = $1', [officer.id]);
  expect(row!.key).not.toContain(officer.key.slice(3));

  const me = await program(officer.key).get<{
    kind: string;
    id: string;
    name: string;
    permissions: string[];
  }>('/api/v1/me');
  expect(me.body).toMatchObject({ kind: 'apiKey', id: officer.id, name: 'cho officer' });
  expect(me.body.permissions).not.toContain('user.read');
  expect((await program(officer.key).get('/api/v1/users')).status).toBe(403);
  expect((await program(officer.key).get('/api/v1/audit')).status).toBe(403);
  const asAdmin = await make('admin');
  expect((await program(asAdmin.key).get('/api/v1/users')).status).toBe(200);

  const listed = await admin.get<{ items: Key[] }>('/api/v1/api-keys');
  expect(listed.body.items.map(({ id }) => id)).toContain(officer.id);
  expect(listed.text).not.toContain(officer.key);
  expect(listed.body.items[0]!.key).toBeUndefined();
});

test('a program needs no Origin, makes no keys, has no profile and no password', async () => {
  const { key } = await make('admin');
  const headers = { origin: 'https://elsewhere.example' };
  const made = await program(key).post(
    '/api/v1/users',
    { email: 'qua-khoa@so-ct.example', name: 'A', role: 'officer', password: 'mat-khau-1' },
    headers,
  );
  expect(made.status).toBe(201);
  expect((await program(key).post('/api/v1/api-keys', { name: 'x', role: 'officer' })).status).toBe(403);
  expect((await program(key).patch('/api/v1/me', { name: 'x' }, { 'if-match': '"1"' })).status).toBe(403);
  const password = await program(key).post('/api/auth/change-password', {
    currentPassword: 'x',
    newPassword: 'mat-khau-2',
  });
  expect(password.status).toBe(401);
  const { body } = await admin.get<{ items: { actor: { kind: string; name: string } }[] }>(
    '/api/v1/audit?table=app_user&limit=1',
  );
  expect(body.items[0]!.actor).toMatchObject({ kind: 'apiKey', name: 'cho admin' });
});

test('a key ends when it is deleted, disabled or expired; a wrong one is nobody even beside a good cookie', async () => {
  const [deleted, disabled, expired] = [
    await make('officer'),
    await make('officer'),
    await make('officer', { expiresInDays: 30 }),
  ];
  expect(expired.expiresAt).not.toBeNull();
  expect((await admin.delete(`/api/v1/api-keys/${deleted.id}`)).status).toBe(204);
  expect((await admin.delete(`/api/v1/api-keys/${deleted.id}`)).status).toBe(404);
  await t.db.query('UPDATE api_key SET enabled = false WHERE id = $1', [disabled.id]);
  await t.db.query(`UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1`, [expired.id]);
  for (const { key } of [deleted, disabled, expired])
    expect((await program(key).get('/api/v1/me')).status).toBe(401);
  for (const wrong of ['', 'dh_x', 'x'.repeat(5000)])
    expect((await admin.get('/api/v1/me', { 'x-api-key': wrong })).status).toBe(401);
});

test('keys come and go in the audit under the person who acted, all or nothing', async () => {
  const { id } = await make('officer');
  await admin.delete(`/api/v1/api-keys/${id}`);
  const { body } = await admin.get<{ items: { action: string; actor: { id: string } }[] }>(
    `/api/v1/audit?table=api_key&rowId=${id}`,
  );
  expect(body.items.map(({ action, actor }) => [action, actor.id])).toEqual([
    ['delete', admin.userId],
    ['insert', admin.userId],
  ]);
});
