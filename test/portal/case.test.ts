import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PersonErased } from '../../src/modules/directory/directory.events.js';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { emailChangeToken } from '../../src/modules/portal/case/case-token.rules.js';
import { Events } from '../../src/platform/events/events.js';
import { startApp, type TestApp } from '../support/harness.js';
import { FORM, givenParty, openCase, PDF, press, sentCaseLink, upload, type Party } from './case-client.js';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const HOUR = 3_600_000;
const count = async (table: string): Promise<number> =>
  (await t.db.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]!.n;
const freshTokens = async ({ contact }: Party): Promise<string[]> =>
  (
    await t.db.query<{ text: string }>(
      `SELECT m.body_text AS text FROM message m JOIN template x ON x.id = m.template_id
        WHERE x.code = 'case-link-fresh' AND m.contact_id = $1 ORDER BY m.created_at, m.id`,
      [contact.id],
    )
  ).map(({ text }) => /case\/open\/([\w-]{43})/.exec(text)![1]!);
/** What a page says, apart from what is drawn anew each time. */
const said = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\w-]{43}/g, '…');

describe('the link in a mail', () => {
  test('opening it changes nothing, tells the mailbox only in part, and is kept nowhere', async () => {
    const party = await givenParty(t);
    const token = await sentCaseLink(t, party);
    const tables = ['investor_case', 'case_link', 'case_session', 'audit_entry'];
    const before = await Promise.all(tables.map(count));
    const page = await t.http.anonymous.get<never>(`/case/open/${token}`);
    expect(page.status).toBe(200);
    expect(page.text).not.toContain(party.contact.email);
    expect(page.text).toContain(`co…@${party.contact.email!.split('@')[1]}`);
    expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(String(page.headers['x-robots-tag'])).toContain('noindex');
    expect(await Promise.all(tables.map(count))).toEqual(before);
  });

  test('opens once; the second time a new one goes to the same mailbox, which opens once in half an hour', async () => {
    const party = await givenParty(t);
    const token = await sentCaseLink(t, party);
    const first = await press(t, token);
    expect(first.status).toBe(303);
    const cookie = String(first.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    expect(cookie).toContain(`Path=${first.headers.location};`);
    expect(cookie).not.toContain(party.lead.id);
    const second = await press(t, token);
    expect([second.status, second.headers['set-cookie']]).toEqual([200, undefined]);
    const [fresh] = await freshTokens(party);
    expect(await t.db.query(`SELECT 1 FROM case_link WHERE hash = $1`, [fresh])).toEqual([]);
    expect((await press(t, fresh!)).status).toBe(303);
    expect((await press(t, fresh!)).status).toBe(200);
  });

  test('one form sent twice at once is one use, and both land in the case', async () => {
    const token = await sentCaseLink(t, await givenParty(t));
    const page = await t.http.anonymous.get<never>(`/case/open/${token}`);
    const value = /name="press" value="([^"]+)"/.exec(page.text)![1];
    const send = () => t.http.anonymous.post<never>(`/case/open/${token}`, `press=${value}`, FORM);
    expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([303, 303]);
  });

  test('two who press at once: one gets in', async () => {
    const token = await sentCaseLink(t, await givenParty(t));
    const statuses = (await Promise.all([press(t, token), press(t, token)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 303]);
  });

  test('when it is old it opens nothing; at most three new ones an hour go out, and the page says the same each time', async () => {
    const party = await givenParty(t);
    const token = await sentCaseLink(t, party);
    const start = t.clock.now();
    t.clock.advance(72 * HOUR + 1000);
    const pages = [];
    for (let n = 0; n < 5; n++) pages.push(await press(t, token));
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(pages.map(({ text }) => said(text))).size).toBe(1);
    expect(await freshTokens(party)).toHaveLength(3);
    const [fresh] = await freshTokens(party);
    t.clock.advance(HOUR / 2 + 1000);
    expect((await press(t, fresh!)).status).toBe(200);
    t.clock.set(start);
  });

  test('is nobody else’s: altered, guessed, for another purpose, of another’s mailbox', async () => {
    const party = await givenParty(t);
    const token = await sentCaseLink(t, party);
    const altered = `${token.slice(0, 30)}${token[30] === 'A' ? 'B' : 'A'}${token.slice(31)}`;
    const [message] = await t.db.query<{ id: string }>(`SELECT id FROM message WHERE contact_id = $1`, [
      party.contact.id,
    ]);
    const others = (['answer', 'opt_out', 'preferences'] as const).map((purpose) =>
      answerToken(message!.id, purpose, t.config.secretKey),
    );
    for (const wrong of [altered, 'A'.repeat(43), 'x', ...others]) {
      expect((await t.http.anonymous.get(`/case/open/${wrong}`)).status).toBe(404);
      expect((await t.http.anonymous.post(`/case/open/${wrong}`, 'press=x', FORM)).status).toBe(404);
    }
    await t.db.execute(`UPDATE contact SET email = 'khac@sample.test' WHERE id = $1`, [party.contact.id]);
    expect((await press(t, token)).status).toBe(200);
    expect(await freshTokens(party)).toEqual([]);
  });

  test('a form of another site is refused; one of a page that hides its address is not', async () => {
    const token = await sentCaseLink(t, await givenParty(t));
    const send = (headers: Record<string, string>) =>
      t.http.anonymous.post(`/case/open/${token}`, 'press=x', { ...FORM, ...headers });
    expect((await send({ origin: 'https://evil.test' })).status).toBe(403);
    expect((await send({ origin: 'null', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await send({ origin: 'null', 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });
});

describe('the case', () => {
  test('tells the own story and nothing that is the agency’s own', async () => {
    const party = await givenParty(t);
    await t.db.execute(
      `UPDATE lead SET next_action = 'NỘI BỘ: ép giá', next_action_at = $2, summary = 'NỘI BỘ tóm tắt' WHERE id = $1`,
      [party.lead.id, new Date(t.clock.now().getTime() + 48 * HOUR)],
    );
    const { path, cookie } = await openCase(t, party);
    for (const lang of ['vi', 'en', 'zh']) {
      const page = await t.http.anonymous.get<never>(`${path}?lang=${lang}`, { cookie });
      expect(page.status).toBe(200);
      expect(page.text).toContain(party.lead.reference);
      expect(page.text).not.toMatch(/NỘI BỘ|case_[a-z]|<script/);
      expect(Buffer.byteLength(page.text)).toBeLessThan(60_000);
    }
    const [visit] = await t.db.query<{ at: Date }>(
      `SELECT last_visit_at AS at FROM investor_case WHERE lead_id = $1`,
      [party.lead.id],
    );
    expect(visit!.at).toEqual(t.clock.now());
  });

  test('a lost lead says that it is closed, never why', async () => {
    const party = await givenParty(t);
    await t.db.execute(
      `UPDATE lead SET stage_before_exit = stage, stage = 'lost', lost_reason = 'not_eligible', lost_to = 'Tỉnh Khác' WHERE id = $1`,
      [party.lead.id],
    );
    const { path, cookie } = await openCase(t, party);
    const { text } = await t.http.anonymous.get<never>(path, { cookie });
    expect(text).toContain('Hồ sơ đã khép lại');
    expect(text).not.toMatch(/Tỉnh Khác|not_eligible|đủ điều kiện/);
  });

  test('a paper sent is kept, told to the owner once a day, and comes back only through the case', async () => {
    const party = await givenParty(t);
    const { path, cookie } = await openCase(t, party);
    const send = (title: string, content: Buffer, name = 'ho-so.pdf') => {
      const { body, headers } = upload({ title }, { name, content });
      return t.http.anonymous.post<never>(`${path}/documents`, body, { ...headers, cookie });
    };
    expect((await send('Báo cáo năng lực', PDF)).status).toBe(303);
    expect((await send('Báo cáo tài chính', PDF)).status).toBe(303);
    const lie = await send('Lừa', Buffer.from('MZ\u0090 this is a program'));
    expect(lie.status).toBe(400);
    expect(lie.text).toContain('role="alert"');
    const tasks = await t.db.query(
      `SELECT title_vi FROM reminder WHERE lead_id = $1 AND step_key LIKE 'case:document:%'`,
      [party.lead.id],
    );
    expect(tasks).toEqual([{ title_vi: 'Xem tài liệu nhà đầu tư mới gửi' }]);
    const page = await t.http.anonymous.get<never>(path, { cookie });
    const link = /href="([^"]+\/documents\/[^"]+)"/.exec(page.text)![1]!;
    const file = await t.http.anonymous.get<never>(link, { cookie });
    expect([file.status, file.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(String(file.headers['content-disposition'])).toContain('attachment');
    expect((await t.http.anonymous.get(link)).status).toBe(404);
  });

  test('what an officer keeps or shares with another is not there', async () => {
    const [one, other] = [await givenParty(t), await givenParty(t)];
    const officer = await t.http.as('officer');
    const add = async (fields: Record<string, string>) => {
      const { body, headers } = upload(
        { direction: 'to_investor', ...fields },
        { name: 'a.pdf', content: PDF },
      );
      return officer.post<{ id: string }>(`/api/v1/leads/${one.lead.id}/documents`, body, headers);
    };
    const kept = await add({ title: 'GIỮ LẠI' });
    const shared = await add({ title: 'CHIA SẺ', note: 'GHI CHÚ RIÊNG', sharedWithInvestor: 'true' });
    expect([kept.status, shared.status]).toEqual([201, 201]);
    const { path, cookie } = await openCase(t, one);
    const { text } = await t.http.anonymous.get<never>(path, { cookie });
    expect(text).toContain('CHIA SẺ');
    expect(text).not.toMatch(/GIỮ LẠI|GHI CHÚ RIÊNG/);
    expect((await t.http.anonymous.get(`${path}/documents/${kept.body.id}`, { cookie })).status).toBe(404);
    const theirs = await openCase(t, other);
    const wrong = await t.http.anonymous.get(`${theirs.path}/documents/${shared.body.id}`, {
      cookie: theirs.cookie,
    });
    expect(wrong.status).toBe(404);
  });

  test('a difficulty has an owner, a clock, a task and an answer by mail', async () => {
    const party = await givenParty(t);
    const { path, cookie } = await openCase(t, party);
    const form = new URLSearchParams({
      category: 'infrastructure',
      title: 'Chưa có điện',
      description: 'Cần 10 MW',
    });
    expect((await t.http.anonymous.post(`${path}/obstacles`, String(form), { ...FORM, cookie })).status).toBe(
      303,
    );
    const [raised] = await t.db.query<{ id: string; owner_id: string; version: number }>(
      `SELECT id, owner_id, version FROM obstacle WHERE lead_id = $1`,
      [party.lead.id],
    );
    expect(raised!.owner_id).toBe(party.lead.ownerId);
    const officer = await t.http.as('officer');
    const answer = { answer: 'Trạm biến áp đóng điện ngày 20/03.' };
    const settled = await officer.post(`/api/v1/obstacles/${raised!.id}/resolve`, answer, {
      'if-match': '"1"',
    });
    expect(settled.status).toBe(200);
    const { text } = await t.http.anonymous.get<never>(path, { cookie });
    expect(text).toContain(answer.answer);
    const mails = await t.db.query<{ text: string }>(
      `SELECT m.body_text AS text FROM message m JOIN template x ON x.id = m.template_id WHERE x.code = 'obstacle-answered' AND m.lead_id = $1`,
      [party.lead.id],
    );
    expect(mails.map((mail) => mail.text.includes(answer.answer))).toEqual([true]);
  });

  test('the own data is corrected at once, in the person’s name; a bad number is said beside what was typed', async () => {
    const party = await givenParty(t);
    const { path, cookie } = await openCase(t, party);
    const send = (fields: Record<string, string>) =>
      t.http.anonymous.post<never>(`${path}/data`, String(new URLSearchParams(fields)), { ...FORM, cookie });
    const bad = await send({ fullName: 'Tên Đã Gõ', phone: '12', title: '', language: 'en' });
    expect(bad.status).toBe(400);
    expect(bad.text).toContain('value="Tên Đã Gõ"');
    const good = await send({ fullName: 'Trần Thị Đúng', phone: '0912 345 678', title: '', language: 'en' });
    expect(good.status).toBe(303);
    const [row] = await t.db.query(`SELECT full_name, phone, title, language FROM contact WHERE id = $1`, [
      party.contact.id,
    ]);
    expect(row).toEqual({ full_name: 'Trần Thị Đúng', phone: '+84912345678', title: null, language: 'en' });
    const audit = await t.db.query(
      `SELECT actor_kind, actor_id FROM audit_entry WHERE row_id = $1 ORDER BY at DESC, id DESC LIMIT 1`,
      [party.contact.id],
    );
    expect(audit).toEqual([{ actor_kind: 'investor', actor_id: party.contact.id }]);
  });

  test('a request about the own data shows its clock', async () => {
    const party = await givenParty(t);
    const { path, cookie } = await openCase(t, party);
    const sent = await t.http.anonymous.post(`${path}/requests`, 'kind=copy', { ...FORM, cookie });
    expect(sent.status).toBe(303);
    const { text } = await t.http.anonymous.get<never>(`${path}?lang=en`, { cookie });
    expect(text).toContain('A copy of my data (');
    expect(text).toMatch(/1[12] March 2026/);
  });
});

describe('nobody else', () => {
  const ROUTES = [
    ['GET', ''],
    ['GET', `/documents/${randomUUID()}`],
    ['POST', '/documents'],
    ['POST', '/obstacles'],
    ['POST', '/data'],
    ['POST', '/email'],
    ['POST', '/requests'],
    ['POST', '/sign-out'],
  ] as const;

  test('gets another answer than for a case that does not exist, on any route', async () => {
    const [one, other] = [await openCase(t, await givenParty(t)), await openCase(t, await givenParty(t))];
    for (const [method, rest] of ROUTES) {
      const answers = await Promise.all(
        [
          { path: `/case/${randomUUID()}`, cookie: one.cookie },
          { path: '/case/khong-co', cookie: one.cookie },
          { path: other.path, cookie: one.cookie },
          { path: other.path, cookie: '' },
          { path: other.path, cookie: `${one.cookie.split('=')[0]}=${'A'.repeat(43)}` },
        ].map(({ path, cookie }) =>
          method === 'GET'
            ? t.http.anonymous.get<never>(`${path}${rest}`, { cookie })
            : t.http.anonymous.post<never>(`${path}${rest}`, 'kind=erase&title=x&category=other', {
                ...FORM,
                cookie,
              }),
        ),
      );
      expect([rest, answers.map(({ status }) => status)]).toEqual([rest, [404, 404, 404, 404, 404]]);
      expect(new Set(answers.map(({ text }) => said(text))).size).toBe(1);
    }
    expect((await t.http.anonymous.get(other.path, { cookie: other.cookie })).status).toBe(200);
  });

  test('two cases side by side in one browser never mix', async () => {
    const parties = [await givenParty(t), await givenParty(t)] as const;
    const [one, two] = [await openCase(t, parties[0]), await openCase(t, parties[1])];
    const both = `${one.cookie}; ${two.cookie}`;
    const first = await t.http.anonymous.get<never>(one.path, { cookie: both });
    const second = await t.http.anonymous.get<never>(two.path, { cookie: both });
    expect(first.text).toContain(parties[0].lead.reference);
    expect(first.text).not.toContain(parties[1].lead.reference);
    expect(second.text).toContain(parties[1].lead.reference);
    expect(second.text).not.toContain(parties[0].lead.reference);
  });

  test.each([
    ['a day has passed', async () => t.clock.advance(24 * HOUR + 1000)],
    [
      'the person is erased',
      ({ contact }: Party) =>
        t.asSystem(() =>
          t.db.transaction(() =>
            t.get(Events).publish(new PersonErased(contact.id, contact.firmId, ['x-y-z'])),
          ),
        ),
    ],
    [
      'the person is of another firm',
      async ({ contact }: Party) => {
        const { contact: stranger } = await givenParty(t);
        await t.db.execute(`UPDATE contact SET firm_id = $2, is_primary = false WHERE id = $1`, [
          contact.id,
          stranger.firmId,
        ]);
      },
    ],
    [
      'an officer ends it',
      async ({ contact, lead }: Party) => {
        const officer = await t.http.as('officer');
        expect((await officer.delete(`/api/v1/leads/${lead.id}/case-visitors/${contact.id}`)).status).toBe(
          204,
        );
      },
    ],
  ])('sees it any more once %s', async (_when, happen) => {
    const start = t.clock.now();
    const party = await givenParty(t);
    const { path, cookie } = await openCase(t, party);
    expect((await t.http.anonymous.get(path, { cookie })).status).toBe(200);
    await happen(party);
    expect((await t.http.anonymous.get(path, { cookie })).status).toBe(404);
    t.clock.set(start);
  });

  test('after signing out the cookie opens nothing', async () => {
    const { path, cookie } = await openCase(t, await givenParty(t));
    expect((await t.http.anonymous.post(`${path}/sign-out`, '', { ...FORM, cookie })).status).toBe(200);
    expect((await t.http.anonymous.get(path, { cookie })).status).toBe(404);
  });

  test('of a person who is erased the papers and words are gone, the rows are counted', async () => {
    const party = await givenParty(t);
    const { path, cookie } = await openCase(t, party);
    const { body, headers } = upload({ title: 'Tên riêng' }, { name: 'a.pdf', content: PDF });
    await t.http.anonymous.post(`${path}/documents`, body, { ...headers, cookie });
    await t.http.anonymous.post(`${path}/obstacles`, 'category=other&title=Rieng&description=Rieng', {
      ...FORM,
      cookie,
    });
    await t.asSystem(() =>
      t.db.transaction(() =>
        t.get(Events).publish(new PersonErased(party.contact.id, party.contact.firmId, ['x-y-z'])),
      ),
    );
    const [left] = await t.db.query(
      `SELECT d.file_id, d.title <> 'Tên riêng' AS emptied, o.title <> 'Rieng' AS emptied_too, o.description
         FROM lead_document d JOIN obstacle o ON o.lead_id = d.lead_id WHERE d.lead_id = $1`,
      [party.lead.id],
    );
    expect(left).toEqual({ file_id: null, emptied: true, emptied_too: true, description: null });
  });
});

describe('another mailbox', () => {
  test('counts once somebody there has confirmed it, once', async () => {
    const party = await givenParty(t);
    const { path, cookie } = await openCase(t, party);
    const name = (email: string) =>
      t.http.anonymous.post<never>(`${path}/email`, `email=${email}`, { ...FORM, cookie });
    expect((await name('khong-phai')).status).toBe(400);
    expect((await name('moi@sample.test')).status).toBe(303);
    const [change] = await t.db.query<{ id: string }>(
      `SELECT id FROM case_email_change WHERE email = 'moi@sample.test'`,
    );
    const url = `/case/email/${emailChangeToken(change!.id, t.config.secretKey)}`;
    const emailOf = async () =>
      (await t.db.query<{ email: string }>(`SELECT email FROM contact WHERE id = $1`, [party.contact.id]))[0]!
        .email;
    expect((await t.http.anonymous.get<never>(url)).text).toContain('moi@sample.test');
    expect(await emailOf()).toBe(party.contact.email);
    expect((await t.http.anonymous.post(url, '', FORM)).status).toBe(200);
    expect(await emailOf()).toBe('moi@sample.test');
    expect((await t.http.anonymous.post(url, '', FORM)).status).toBe(404);
    expect((await t.http.anonymous.get(`/case/email/${'A'.repeat(43)}`)).status).toBe(404);
    await name('hai@sample.test');
    await name('ba@sample.test');
    expect((await name('bon@sample.test')).status).toBe(429);
  });
});
