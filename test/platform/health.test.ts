import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;

beforeAll(async () => {
  // nothing listens there
  t = await startApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } });
});
afterAll(() => t.close());

test('the program lives, and says which part is down while it still serves', async () => {
  expect((await t.http.anonymous.get('/health/live')).body).toEqual({ status: 'ok' });
  const ready = await t.http.anonymous.get('/health/ready');
  expect(ready.status).toBe(200);
  expect(ready.body).toMatchObject({
    status: 'degraded',
    database: { ok: true },
    queue: { ok: true },
    mail: { ok: false, goesTo: 'mail_server' },
    dispatch: { ok: true, lagSeconds: 0 },
  });
});

test('the local mailbox does not exist where a mail server is set', async () => {
  expect((await t.http.anonymous.get('/mailbox', { host: 'localhost:3000' })).status).toBe(404);
});

test('every request carries an id, and nothing of the inside leaves', async () => {
  const answer = await t.http.anonymous.get<never>('/api/v1/leads');
  expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers['x-powered-by']).toBeUndefined();
  expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
});
