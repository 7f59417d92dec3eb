import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UsersService } from '../../src/modules/identity/users.service.js';
import { PersonErased } from '../../src/modules/directory/directory.events.js';
import { Events } from '../../src/platform/events/events.js';
import { startApp, type TestApp } from '../support/harness.js';
import {
  fillIn,
  follow,
  freshToken,
  nextAddress,
  post,
  referenceIn,
  tokenIn,
  typed,
} from './enquiry-form.js';

let t: TestApp;

beforeAll(async () => {
  t = await startApp({ env: { TRUST_PROXY: '127.0.0.1', ENQUIRIES_PER_HOUR: '1000' } });
  await t.http.as('officer');
});
afterAll(() => t.close());

const rows = (statement: string, ...params: unknown[]): Promise<Record<string, unknown>[]> =>
  t.db.query(statement, params);
const countOf = async (email: string): Promise<number> => {
  const [row] = await rows(
    `SELECT count(*)::int AS n FROM enquiry e JOIN contact c ON c.id = e.contact_id WHERE c.email = $1`,
    email,
  );
  return row!.n as number;
};

describe('the form', () => {
  test.each([
    ['/enquiry', 'vi', 'Gửi yêu cầu'],
    ['/en/enquiry', 'en', 'Send the question'],
    ['/zh/enquiry', 'zh', '提交咨询'],
  ])(
    '%s is whole in its language, small, kept by no cache, and ticks nothing',
    async (path, language, button) => {
      const { status, text, headers } = await t.http.anonymous.get(path);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['set-cookie']).toBeUndefined();
      expect(text).toContain(`<html lang="${language}"`);
      expect(text).toContain(button);
      expect(text).not.toMatch(/enquiry_|\{\{|checked/);
      expect(Buffer.byteLength(text)).toBeLessThan(60_000);
      expect(text).not.toMatch(/<script(?! type="application\/ld\+json")/);
    },
  );

  test('a link from a cluster’s page has that cluster chosen', async () => {
    const { text } = await t.http.anonymous.get('/enquiry?cluster=van-lang');
    expect(text.match(/ checked/g)).toHaveLength(1);
    expect(text).toMatch(/value="van-lang" checked/);
    expect((await t.http.anonymous.get('/enquiry?cluster=atlantis')).text).not.toContain(' checked');
  });

  test('the notice on personal data is in three languages and names the law and its clocks', async () => {
    for (const path of ['/privacy', '/en/privacy', '/zh/privacy']) {
      const { status, text } = await t.http.anonymous.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(text).toContain('91/2025/QH15');
      for (const days of [15, 10, 20]) expect(text).toMatch(new RegExp(`${days}( ngày| days|天)`));
      expect(text).not.toMatch(/privacy_/);
    }
  });
});

test('a form that was filled in becomes firm, contact, consent and lead; the page after it says by when', async () => {
  const sent = await fillIn(t, { promotionMail: 'yes', taxCode: '', email: 'Hoi@HoiTham.test' });
  expect(sent.status).toBe(303);
  const page = await follow(t, sent);
  expect(page.status).toBe(200);
  const reference = referenceIn(page.text);
  // Monday 2 March 2026: one working day, five working days
  expect(page.text).toContain('Thứ Ba, 03/03/2026');
  expect(page.text).toContain('Thứ Hai, 09/03/2026');
  const [row] = await rows(
    `SELECT f.name, f.country, c.email, c.phone, e.via, e.kind, e.cluster_codes AS clusters, e.promotion_mail AS ticked, l.source,
            (SELECT s.action FROM consent s WHERE s.contact_id = c.id) AS consent
       FROM enquiry e JOIN lead l ON l.id = e.lead_id JOIN firm f ON f.id = l.firm_id JOIN contact c ON c.id = e.contact_id WHERE e.reference = $1`,
    reference,
  );
  expect(row).toEqual({
    name: 'Công ty Cổ phần Hỏi Thăm',
    country: 'VN',
    email: 'hoi@hoitham.test',
    phone: '+84912345678',
    via: 'page',
    kind: 'secondary',
    clusters: ['van-lang'],
    ticked: true,
    source: 'enquiry',
    consent: 'given',
  });
  const mails = await rows(
    `SELECT subject, body_text AS text FROM message WHERE to_address = 'hoi@hoitham.test'`,
  );
  expect(mails).toHaveLength(1);
  expect(mails[0]!.subject).toContain(reference);
});

test('faults come back beside their fields, named on top, with nothing lost', async () => {
  const { status, text } = await fillIn(t, {
    firmName: ' ',
    email: 'a@',
    phone: '113',
    kind: '',
    message: 'Câu hỏi <b>dài</b> & "quan trọng"',
    promotionMail: 'yes',
    clusters: ['van-lang', 'hop-thanh'],
  });
  expect(status).toBe(422);
  for (const field of ['firmName', 'email', 'phone', 'kind']) {
    expect(text).toContain(`<a href="#${field}">`);
    expect(text).toContain(`id="${field}-fault"`);
    expect(text).toMatch(new RegExp(`id="${field}"[^>]*aria-describedby="[^"]*${field}-fault`));
  }
  for (const field of ['firmName', 'email', 'phone'])
    expect(text).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"`));
  expect(text).toContain('Câu hỏi &lt;b&gt;dài&lt;/b&gt; &amp; &#34;quan trọng&#34;');
  expect(text).toMatch(/value="van-lang" checked/);
  expect(text).toMatch(/name="promotionMail" value="yes" checked/);
  expect(text).toContain('value="Lê Thị Hỏi"');
  expect(text).not.toMatch(/enquiry_/);
});

test('a double click, a reload, and going back to send again are one enquiry', async () => {
  const form = await freshToken(t);
  t.clock.advance(60_000);
  const fields = typed({ form, email: 'twice@twice.test', firmName: 'Công ty Hai Lần' });
  const from = nextAddress();
  const answers = await Promise.all([1, 2, 3].map(() => post(t, fields, { from })));
  answers.push(await post(t, { ...fields, message: 'Sửa lại.' }, { from }));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
  const pages = await Promise.all(answers.map((one) => follow(t, one)));
  expect(new Set(pages.map(({ text }) => referenceIn(text))).size).toBe(1);
  expect(await countOf('twice@twice.test')).toBe(1);
});

test('a page left open too long is given out anew with what was typed, and then goes', async () => {
  const form = await freshToken(t);
  t.clock.advance(13 * 3_600_000);
  const late = await post(t, typed({ form, email: 'late@late.test' }));
  expect(late.status).toBe(422);
  expect(late.text).toContain('value="late@late.test"');
  expect(await countOf('late@late.test')).toBe(0);
  t.clock.advance(10_000);
  const again = await post(t, typed({ form: tokenIn(late.text), email: 'late@late.test' }));
  expect(again.status).toBe(303);
  expect(await countOf('late@late.test')).toBe(1);
});

test('what comes faster than anybody types waits for a second look, and the same page may then send it', async () => {
  const form = await freshToken(t);
  const fast = await post(t, typed({ form, email: 'fast@fast.test' }));
  expect(fast.status).toBe(422);
  expect(tokenIn(fast.text)).toBe(form);
  t.clock.advance(5_000);
  expect((await post(t, typed({ form, email: 'fast@fast.test' }))).status).toBe(303);
});

test('the language of the page is that of the confirmation unless another was chosen', async () => {
  const sent = await fillIn(
    t,
    { language: '', email: 'zh@zh.test', country: 'CN', phone: '' },
    { path: '/zh/enquiry' },
  );
  expect(String(sent.headers.location)).toMatch(/^\/zh\/enquiry\/received\//);
  expect((await follow(t, sent)).text).toContain('谢谢，您的咨询已收到');
  const [mail] = await rows(`SELECT language FROM message WHERE to_address = 'zh@zh.test'`);
  expect(mail).toEqual({ language: 'zh' });
});

describe('who is given it', () => {
  const admin = () => t.http.as('admin');
  const officer = async (name: string, change: object) => {
    const client = await t.http.as('officer', name);
    const api = await admin();
    const { headers } = await api.get(`/api/v1/users/${client.userId}`);
    const changed = await api.patch<{ districtIds: string[]; languages: string[] }>(
      `/api/v1/users/${client.userId}`,
      change,
      { 'if-match': String(headers.etag ?? '"1"') },
    );
    expect(changed.status).toBe(200);
    return { id: client.userId!, ...changed.body };
  };
  const ownerOf = async (email: string) =>
    (
      await rows(
        `SELECT l.owner_id AS owner, (SELECT json_build_object('kind', s.kind, 'data', s.data) FROM timeline_entry s WHERE s.lead_id = l.id AND s.kind LIKE 'owner_chosen%') AS story
           FROM enquiry e JOIN lead l ON l.id = e.lead_id JOIN contact c ON c.id = e.contact_id WHERE c.email = $1`,
        email,
      )
    )[0]!;

  test('the officer of the district, then who writes the language; the story says why', async () => {
    const [district] = await rows(
      `SELECT d.id, d.name FROM cluster k JOIN planning_district d ON d.id = k.planning_district_id WHERE k.code = 'van-lang'`,
    );
    const local = await officer('Local', { districtIds: [district!.id] });
    const chinese = await officer('Chinese', { languages: ['vi', 'zh'] });
    expect(local.districtIds).toEqual([district!.id]);
    expect(chinese.languages).toEqual(['vi', 'zh']);
    await fillIn(t, { email: 'd@district.test', firmName: 'Công ty Có Địa Bàn' });
    expect(await ownerOf('d@district.test')).toMatchObject({
      owner: local.id,
      story: { kind: 'owner_chosen_district', data: { districts: [district!.name], to: 'Local' } },
    });
    await fillIn(t, {
      email: 'l@language.test',
      firmName: '语言公司',
      clusters: [],
      language: 'zh',
      phone: '',
    });
    expect(await ownerOf('l@language.test')).toMatchObject({
      owner: chinese.id,
      story: { kind: 'owner_chosen_language', data: { language: 'zh' } },
    });
    const client = await t.http.as('officer');
    const [lead] = await rows(
      `SELECT lead_id AS id FROM enquiry e JOIN contact c ON c.id = e.contact_id WHERE c.email = 'd@district.test'`,
    );
    const story = await client.get(`/api/v1/leads/${String(lead!.id)}/timeline`, { 'accept-language': 'vi' });
    expect(story.text).toContain(`Giao cho Local vì phụ trách địa bàn ${String(district!.name)}`);
  });

  test.each([
    ['a district that is none', { districtIds: ['01890a5d-ac96-774b-bcce-b302099a8057'] }, 'districtIds.0'],
    ['no id', { districtIds: ['x'] }, 'districtIds'],
    ['an unknown language', { languages: ['fr'] }, 'languages'],
    ['the same twice', { languages: ['vi', 'vi'] }, 'languages'],
    ['null', { languages: null }, 'languages'],
  ])('%s is refused', async (_what, change, path) => {
    const { userId } = await t.http.as('officer', 'Refused');
    const answer = await (
      await admin()
    ).patch<{ errors: { path: string }[] }>(`/api/v1/users/${userId}`, change, { 'if-match': '"1"' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]!.path).toBe(path);
  });

  test('without an officer the managers are told', async () => {
    const empty = await startApp({ env: { TRUST_PROXY: '127.0.0.1' } });
    const manager = await empty.http.as('manager');
    await fillIn(empty, { email: 'm@m.test' });
    expect(await empty.db.query(`SELECT user_id AS id FROM message WHERE audience = 'officer'`)).toEqual([
      { id: manager.userId },
    ]);
    await empty.close();
  });
});

describe('the lead’s page', () => {
  interface Shown {
    items: Record<string, unknown>[];
  }

  test('shows the enquiry with both clocks; the officer’s call answers it', async () => {
    const reference = referenceIn(
      (await follow(t, await fillIn(t, { email: 'p@page.test', firmName: 'Công ty Trang' }))).text,
    );
    const [{ id: leadId, owner } = {}] = await rows(
      `SELECT l.id, l.owner_id AS owner FROM enquiry e JOIN lead l ON l.id = e.lead_id WHERE e.reference = $1`,
      reference,
    );
    const client = await t.http.as('manager');
    const read = async () =>
      (await client.get<Shown>(`/api/v1/leads/${String(leadId)}/enquiries`)).body.items;
    expect(owner).not.toBeNull();
    expect(await read()).toEqual([
      expect.objectContaining({
        reference,
        via: 'page',
        kind: 'secondary',
        message: 'Xin cho biết giá thuê đất.',
        promotionMail: false,
        clusters: [expect.objectContaining({ code: 'van-lang' })],
        acknowledgedAt: null,
        answeredAt: null,
      }),
    ]);
    t.clock.advance(3_600_000);
    await client.post(`/api/v1/leads/${String(leadId)}/activities`, { kind: 'call', subject: 'Gọi trả lời' });
    const [answered] = await read();
    expect(answered!.answeredAt).toBe(t.clock.now().toISOString());
    expect(answered!.acknowledgedAt).toBe(t.clock.now().toISOString());
    expect((await t.http.anonymous.get(`/api/v1/leads/${String(leadId)}/enquiries`)).status).toBe(401);
  });

  test('after four enquiries of a day the officer has three notices, and every enquiry in the story', async () => {
    for (let n = 0; n < 5; n += 1)
      await fillIn(t, { email: 'many@many.test', firmName: 'Công ty Hỏi Nhiều' });
    const [counts] = await rows(
      `SELECT count(DISTINCT l.id)::int AS leads, count(DISTINCT e.id)::int AS enquiries,
              (SELECT count(*)::int FROM message m WHERE m.lead_id = min(l.id::text)::uuid AND m.audience = 'officer') AS notices,
              (SELECT count(*)::int FROM message m WHERE m.lead_id = min(l.id::text)::uuid AND m.audience = 'investor') AS mails
         FROM enquiry e JOIN lead l ON l.id = e.lead_id JOIN contact c ON c.id = e.contact_id WHERE c.email = 'many@many.test'`,
    );
    expect(counts).toEqual({ leads: 1, enquiries: 5, notices: 3, mails: 3 });
  });

  test('of a person who is erased the words are gone and the row stays', async () => {
    await fillIn(t, { email: 'gone@gone.test', firmName: 'Công ty Xin Quên', message: 'Bí mật của tôi' });
    const [{ id, firmId } = {}] = await rows(
      `SELECT id, firm_id AS "firmId" FROM contact WHERE email = 'gone@gone.test'`,
    );
    await t.asSystem(() =>
      t.db.transaction(() =>
        t.get(Events).publish(new PersonErased(String(id), String(firmId), ['gone@gone.test', 'Lê Thị Hỏi'])),
      ),
    );
    expect(
      await rows(
        `SELECT e.message, e.erased_at IS NOT NULL AS erased, (SELECT count(*)::int FROM timeline_entry s WHERE s.ref_id = e.id AND s.data::text LIKE '%Bí mật%') AS told
           FROM enquiry e WHERE e.contact_id = $1`,
        id,
      ),
    ).toEqual([{ message: '', erased: true, told: 0 }]);
  });
});

test('an account is made with its districts and languages', async () => {
  const [district] = await rows(`SELECT id FROM planning_district ORDER BY id LIMIT 1`);
  const user = await t.asSystem(() =>
    t.get(UsersService).create({
      email: 'new@staff.test',
      name: 'Mới',
      role: 'officer',
      password: 'mat-khau-moi-1',
      languages: ['vi', 'en'],
      districtIds: [String(district!.id)],
    }),
  );
  expect(user).toMatchObject({ languages: ['vi', 'en'], districtIds: [district!.id] });
});
