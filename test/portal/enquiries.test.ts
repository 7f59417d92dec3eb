import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { givenContact, givenFirm } from '../factories/directory.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let address = 0;

beforeAll(async () => {
  t = await startApp({ env: { TRUST_PROXY: '127.0.0.1' } });
  await t.http.as('officer');
});
afterAll(() => t.close());

interface Receipt {
  reference: string;
}

const enquiry = (overrides: object = {}) => ({
  firm: { name: 'Công ty Cổ phần Hỏi Thăm', country: 'VN' },
  contact: { fullName: 'Lê Thị Hỏi', email: 'hoi@hoitham.test', phone: '0912 345 678', language: 'vi' },
  kind: 'secondary',
  clusterCodes: ['van-lang'],
  message: 'Xin cho biết giá thuê đất.',
  ...overrides,
});

/** Each from an address of its own, so that the limit is met only where it is tested. */
const send = (body: object) =>
  t.http.anonymous.post<Receipt>('/api/public/v1/enquiries', body, {
    'x-forwarded-for': `10.0.0.${++address}`,
  });

const rows = (statement: string, ...params: unknown[]): Promise<Record<string, unknown>[]> =>
  t.db.query(statement, params);

test('an enquiry becomes firm, contact, lead, task and confirmation', async () => {
  const { status, body } = await send(enquiry());
  expect(status).toBe(201);
  expect(body.reference).toMatch(/^YC-2026-\d{6}$/);
  const [lead] = await rows(
    `SELECT l.id, l.source, l.owner_id IS NOT NULL AS owned, c.phone, c.email, f.name,
            (SELECT json_agg(k.code) FROM lead_cluster lc JOIN cluster k ON k.id = lc.cluster_id WHERE lc.lead_id = l.id) AS clusters
       FROM enquiry e JOIN lead l ON l.id = e.lead_id JOIN contact c ON c.id = e.contact_id JOIN firm f ON f.id = l.firm_id WHERE e.reference = $1`,
    body.reference,
  );
  expect(lead).toMatchObject({
    source: 'enquiry',
    owned: true,
    phone: '+84912345678',
    email: 'hoi@hoitham.test',
    name: 'Công ty Cổ phần Hỏi Thăm',
    clusters: ['van-lang'],
  });
  expect(await rows(`SELECT due_at FROM reminder WHERE lead_id = $1`, lead!.id)).toEqual([
    { due_at: new Date('2026-03-03T03:00:00Z') },
  ]);
  const mails = await rows(
    `SELECT audience, subject FROM message WHERE lead_id = $1 ORDER BY audience`,
    lead!.id,
  );
  expect(mails).toEqual([
    { audience: 'investor', subject: expect.stringContaining(body.reference) },
    { audience: 'officer', subject: expect.any(String) },
  ]);
});

test('consent is what was ticked, never what was left out', async () => {
  const contactOf = async (email: string) =>
    rows(
      `SELECT s.action FROM contact c LEFT JOIN consent s ON s.contact_id = c.id WHERE c.email = $1`,
      email,
    );
  await send(enquiry({ contact: { fullName: 'A', email: 'silent@a.test' } }));
  await send(
    enquiry({ contact: { fullName: 'B', email: 'ticked@a.test' }, consent: { promotionMail: true } }),
  );
  expect(await contactOf('silent@a.test')).toEqual([{ action: null }]);
  expect(await contactOf('ticked@a.test')).toEqual([{ action: 'given' }]);
});

test('a form that anybody can fill in does not undo a refusal', async () => {
  const firm = await givenFirm(t, { name: 'Công ty Đã Từ Chối' });
  const contact = await givenContact(t, { firmId: firm.id, email: 'no@tuchoi.test', consent: 'withdrawn' });
  const { status } = await send(
    enquiry({
      firm: { name: firm.name },
      contact: { fullName: 'Ai đó', email: 'no@tuchoi.test' },
      consent: { promotionMail: true },
    }),
  );
  expect(status).toBe(201);
  expect(await rows(`SELECT action FROM consent WHERE contact_id = $1`, contact.id)).toEqual([
    { action: 'withdrawn' },
  ]);
});

test('a firm that is known joins its open lead, and the answer does not say so', async () => {
  const body = enquiry({
    firm: { name: 'Công ty Quen Biết' },
    contact: { fullName: 'C', email: 'c@quen.test' },
  });
  const first = await send(body);
  const second = await send(body);
  expect(Object.keys(second.body)).toEqual(Object.keys(first.body));
  expect(second.body.reference).not.toBe(first.body.reference);
  expect(
    await rows(
      `SELECT count(DISTINCT lead_id)::int AS leads, count(*)::int AS enquiries FROM enquiry WHERE reference = ANY($1)`,
      [first.body.reference, second.body.reference],
    ),
  ).toEqual([{ leads: 1, enquiries: 2 }]);
});

test('the form cannot fill a stranger’s mailbox: three confirmations a day, every enquiry recorded', async () => {
  const body = enquiry({
    firm: { name: 'Công ty Hay Hỏi' },
    contact: { fullName: 'D', email: 'd@hayhoi.test' },
  });
  for (let n = 0; n < 5; n += 1) expect((await send(body)).status).toBe(201);
  const [counts] = await rows(
    `SELECT (SELECT count(*)::int FROM enquiry e WHERE e.contact_id = c.id) AS enquiries,
            (SELECT count(*)::int FROM message m WHERE m.contact_id = c.id AND m.audience = 'investor') AS mails
       FROM contact c WHERE c.email = 'd@hayhoi.test'`,
  );
  expect(counts).toEqual({ enquiries: 5, mails: 3 });
});

test('a program that fills the hidden field is thanked and forgotten', async () => {
  const { status, body } = await send(enquiry({ firm: { name: 'Spam Ltd' }, website: 'https://spam.test' }));
  expect(status).toBe(201);
  expect(await rows(`SELECT 1 FROM enquiry WHERE reference = $1`, body.reference)).toHaveLength(0);
  expect(await rows(`SELECT 1 FROM firm WHERE name = 'Spam Ltd'`)).toHaveLength(0);
});

test.each([
  ['no firm', { firm: undefined }, 'firm'],
  ['a hostile name', { firm: { name: 'A\r\nBcc: victim@x.test' } }, 'firm.name'],
  ['a short number', { contact: { fullName: 'A', email: 'a@a.test', phone: '113' } }, 'contact.phone'],
  ['an address that is none', { contact: { fullName: 'A', email: 'a@' } }, 'contact.email'],
  ['a tax code with letters', { firm: { name: 'A', taxCode: '01234ABCDE' } }, 'firm.taxCode'],
  ['a cluster that is none', { clusterCodes: ['atlantis'] }, 'clusterCodes.0'],
  ['an unknown field', { role: 'admin' }, 'role'],
  ['another kind', { kind: 'tertiary' }, 'kind'],
  ['a NUL', { message: 'a\u0000b' }, 'message'],
])('%s is refused by name, and nothing is half-written', async (_what, overrides, path) => {
  const before = await rows(
    `SELECT (SELECT count(*) FROM firm) AS firms, (SELECT count(*) FROM contact) AS contacts, (SELECT count(*) FROM lead) AS leads`,
  );
  const refused = await t.http.anonymous.post<{ code: string; errors: { path: string }[] }>(
    '/api/public/v1/enquiries',
    enquiry(overrides),
    { 'x-forwarded-for': `10.0.1.${++address}` },
  );
  expect(refused.status).toBe(400);
  expect(refused.body.errors.map((error) => error.path)).toContain(path);
  expect(
    await rows(
      `SELECT (SELECT count(*) FROM firm) AS firms, (SELECT count(*) FROM contact) AS contacts, (SELECT count(*) FROM lead) AS leads`,
    ),
  ).toEqual(before);
});

test('more than ten an hour from one address wait', async () => {
  const from = { 'x-forwarded-for': '10.9.9.9' };
  const answers = [];
  for (let n = 0; n < 12; n += 1)
    answers.push((await t.http.anonymous.post('/api/public/v1/enquiries', {}, from)).status);
  expect(answers.filter((status) => status === 400)).toHaveLength(10);
  expect(answers.slice(-2)).toEqual([429, 429]);
});

test('the catalogue shows the real clusters, with what is not known as unknown', async () => {
  const { body } = await t.http.anonymous.get<{
    items: { code: string; areaHa: number | null; occupancyRate: number | null; source: string }[];
  }>('/api/public/v1/clusters');
  expect(body.items).toHaveLength(12);
  expect(body.items.find(({ code }) => code === 'bac-son-2')).toMatchObject({
    areaHa: null,
    occupancyRate: null,
  });
  expect(body.items.every(({ source }) => source.length > 0)).toBe(true);
  for (const path of ['/', '/en', '/zh', '/clusters/van-lang', '/en/clusters/van-lang']) {
    expect((await t.http.anonymous.get(path)).status).toBe(200);
  }
  expect((await t.http.anonymous.get('/clusters/atlantis')).status).toBe(404);
});
