import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { simpleParser, type ParsedMail } from 'mailparser';
import { RemoveExpired } from '../../src/modules/identity/remove-expired.job.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

interface User {
  id: string;
  invitedAt: string | null;
}

let t: TestApp;
let admin: HttpClient;

beforeAll(async () => {
  t = await startApp({ worker: true });
  admin = await t.http.as('admin');
});
afterAll(() => t.close());

async function mailsTo(address: string): Promise<ParsedMail[]> {
  const folder = join(t.config.dataDir, 'mailbox');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(
    files.map(async (name) => simpleParser(await readFile(join(folder, name)))),
  );
  return mails.filter(({ to }) => to && !Array.isArray(to) && to.text.includes(address));
}

async function mailTo(address: string, count = 1): Promise<ParsedMail> {
  for (let waited = 0; waited < 20_000; waited += 100) {
    const mails = await mailsTo(address);
    if (mails.length >= count) return mails[count - 1]!;
    await sleep(100);
  }
  throw new Error(`No mail number ${count} to ${address}`);
}

const tokenIn = (mail: ParsedMail) => /\/app\/set-password#(\S+)/.exec(mail.text ?? '')![1]!;
const post = async (url: string, payload: object) => {
  await t.db.query('DELETE FROM sign_in_limit');
  const response = await t.app.inject({ method: 'POST', url, payload });
  return {
    status: response.statusCode,
    body: response.json<{ code?: string; ok?: boolean; errors?: { code: string }[] }>(),
  };
};

test('who is made without a password gets a link that sets one, once, in the own language', async () => {
  const email = 'moi@so-ct.example';
  const made = await admin.post<User>('/api/v1/users', {
    email,
    name: 'Hà "Hương" <b>',
    role: 'officer',
    language: 'en',
  });
  expect(made.status).toBe(201);
  const mail = await mailTo(email);
  expect(mail.subject).toBe('Your account at Đồng Hành');
  expect(mail.text).toContain('http://localhost:3000/app/set-password#');
  expect(mail.html).toContain('Hà &quot;Hương&quot; &lt;b&gt;');
  expect((await post('/api/auth/sign-in/email', { email, password: 'bat-ky-gi-1' })).status).toBe(401);

  const token = tokenIn(mail);
  expect(
    (await post('/api/auth/reset-password', { token: `${token}x`, newPassword: 'mat-khau-dau-1' })).body
      .errors![0]!.code,
  ).toBe('link_used_or_expired');
  expect((await post('/api/auth/reset-password', { token, newPassword: 'mat-khau-dau-1' })).status).toBe(200);
  expect((await post('/api/auth/reset-password', { token, newPassword: 'mat-khau-hai-2' })).status).toBe(400);
  expect((await post('/api/auth/sign-in/email', { email, password: 'mat-khau-dau-1' })).status).toBe(200);
  const [row] = await t.db.query<{ verified: boolean; invited: boolean }>(
    'SELECT email_verified AS verified, invited_at IS NOT NULL AS invited FROM app_user WHERE id = $1',
    [made.body.id],
  );
  expect(row).toEqual({ verified: true, invited: true });
  expect((await admin.post(`/api/v1/users/${made.body.id}/invite`)).status).toBe(409);
});

test('an invitation can be sent again', async () => {
  const email = 'lai@so-ct.example';
  const made = await admin.post<User>('/api/v1/users', { email, name: 'Lại', role: 'officer' });
  expect((await mailTo(email)).subject).toBe('Tài khoản của anh/chị trên Đồng Hành');
  expect((await admin.post(`/api/v1/users/${made.body.id}/invite`)).status).toBe(202);
  await mailTo(email, 2);
});

test('a forgotten password: sessions end, and nobody learns which addresses exist', async () => {
  const officer = await t.http.as('officer');
  const known = await post('/api/auth/request-password-reset', { email: 'OFFICER@sample.test' });
  const unknown = await post('/api/auth/request-password-reset', { email: 'khong-co@sample.test' });
  expect([known, unknown]).toEqual([
    { status: 200, body: { ok: true } },
    { status: 200, body: { ok: true } },
  ]);
  const mail = await mailTo('officer@sample.test');
  expect(mail.subject).toBe('Mật khẩu mới cho Đồng Hành');
  expect(
    (await post('/api/auth/reset-password', { token: tokenIn(mail), newPassword: 'mat-khau-khac-3' })).status,
  ).toBe(200);
  expect((await officer.get('/api/v1/me')).status).toBe(401);
  expect(
    (await post('/api/auth/sign-in/email', { email: 'officer@sample.test', password: 'mat-khau-khac-3' }))
      .status,
  ).toBe(200);
  expect(await mailsTo('khong-co@sample.test')).toHaveLength(0);
});

test('a link that has expired sets nothing, and a deactivated account gets none', async () => {
  const manager = await t.http.as('manager');
  await post('/api/auth/request-password-reset', { email: 'manager@sample.test' });
  const token = tokenIn(await mailTo('manager@sample.test'));
  await t.db.query(`UPDATE user_verification SET expires_at = now() - interval '1 second'`);
  expect((await post('/api/auth/reset-password', { token, newPassword: 'mat-khau-khac-4' })).status).toBe(
    400,
  );
  await admin.post(`/api/v1/users/${manager.userId}/deactivate`, { handOverTo: admin.userId });
  await post('/api/auth/request-password-reset', { email: 'manager@sample.test' });
  await sleep(1500);
  expect(await mailsTo('manager@sample.test')).toHaveLength(1);
});

test('what ended of itself is removed at night', async () => {
  await t.db.query(`UPDATE user_session SET expires_at = now() - interval '1 day' WHERE user_id <> $1`, [
    admin.userId,
  ]);
  await t.get(RemoveExpired).handle();
  const left = await t.db.query<{ user_id: string }>('SELECT DISTINCT user_id FROM user_session');
  expect(left).toEqual([{ user_id: admin.userId }]);
  expect((await admin.get('/api/v1/me')).status).toBe(200);
});
