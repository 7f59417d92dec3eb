import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { givenContact } from '../factories/directory.js';
import { startApp, type TestApp } from '../support/harness.js';

interface Problem {
  code: string;
  errors?: { path: string; code: string }[];
}

let t: TestApp;
let address = 0;

beforeAll(async () => {
  t = await startApp({ env: { TRUST_PROXY: '127.0.0.1' } });
});
afterAll(() => t.close());

const enquire = (firm: string, email: string, more: object = {}) =>
  t.http.anonymous.post<Problem>(
    '/api/public/v1/enquiries',
    { firm: { name: firm }, contact: { fullName: 'Ai Đó', email }, kind: 'secondary', message: 'x', ...more },
    { 'x-forwarded-for': `10.1.0.${++address}` },
  );

test('one mailbox gets three confirmations a day, whatever firms are named', async () => {
  for (let n = 0; n < 6; n++)
    expect((await enquire(`Công ty Số ${n}`, 'nguoi-khac@thu-ba.test')).status).toBe(201);
  const [sent] = await t.db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM message WHERE to_address = 'nguoi-khac@thu-ba.test'`,
  );
  expect(sent!.n).toBe(3);
});

test('the form does not undo the refusal of a mailbox under another firm’s name', async () => {
  await givenContact(t, { email: 'khong@thu-ba.test', consent: 'withdrawn' });
  const consent = { promotionMail: true };
  expect((await enquire('Công ty Mạo Danh', 'khong@thu-ba.test', { consent })).status).toBe(201);
  const given = await t.db.query(
    `SELECT 1 FROM consent s JOIN contact c ON c.id = s.contact_id WHERE c.email = 'khong@thu-ba.test' AND s.action = 'given'
        AND s.channel = 'enquiry_form'`,
  );
  expect(given).toEqual([]);
});

test.each(['/api/auth/sign-in/email', '/api/public/v1/enquiries'])(
  'a body of 50,000 lists in one another is refused by %s, with a key and without',
  async (url) => {
    const body = `{"email":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const keys: Record<string, string>[] = [{}, { 'idempotency-key': 'deep' }];
    for (const key of keys) {
      const { status, body: problem } = await t.http.anonymous.post<Problem>(url, body, {
        'content-type': 'application/json',
        'x-forwarded-for': `10.1.0.${++address}`,
        ...key,
      });
      expect([status, problem.code]).toEqual([400, 'bad_request']);
    }
  },
);

test('the public list of clusters has a limit', async () => {
  const ask = () => t.http.anonymous.get('/api/public/v1/clusters', { 'x-forwarded-for': '10.2.0.1' });
  const statuses = new Set<number>();
  for (let n = 0; n < 301; n++) statuses.add((await ask()).status);
  expect([...statuses]).toEqual([200, 429]);
});

test.each(['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via', 'forwarded', 'cf-connecting-ip'])(
  'the local mailbox does not open through a proxy that sends %s',
  async (header) => {
    const local = { host: 'localhost:3000' };
    expect((await t.http.anonymous.get('/mailbox', local)).status).toBe(200);
    expect((await t.http.anonymous.get('/mailbox', { ...local, [header]: '203.0.113.9' })).status).toBe(404);
  },
);

test('a template that runs away is refused in about a second, as a fault of the template', async () => {
  const officer = await t.http.as('officer');
  const [template] = await t.db.query<{ id: string }>(
    `SELECT id FROM template WHERE audience = 'investor' LIMIT 1`,
  );
  const body = `${'{% for a in clusters %}'.repeat(30)}x${'{% endfor %}'.repeat(30)}`;
  const began = Date.now();
  const answer = await officer.post<Problem>(`/api/v1/templates/${template!.id}/preview`, {
    language: 'vi',
    subject: 'Thư',
    body,
  });
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toMatchObject([{ path: 'body', code: 'template_too_heavy' }]);
  expect(Date.now() - began).toBeLessThan(4_000);
});
