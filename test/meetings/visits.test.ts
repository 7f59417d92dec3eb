import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenAsked, offeredIn, type AskedVisit } from '../factories/meetings.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
const TABLES = ['meeting', 'activity', 'timeline_entry', 'message', 'reminder', 'audit_entry'];

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

let addresses = 0;
/** Each from an address of its own, as investors are. */
const from = () => ({ 'x-forwarded-for': `198.51.100.${(addresses += 1)}` });
const open = (token: string, query = '') =>
  t.http.anonymous.get<never>(`/r/${token}/visit${query}`, { accept: 'text/html', ...from() });
const send = (token: string, fields: Record<string, string>, query = '') =>
  t.http.anonymous.post<never>(`/r/${token}/visit${query}`, new URLSearchParams(fields).toString(), {
    ...FORM,
    ...from(),
  });
const meetingsOf = (leadId: string) =>
  t.db.query<{
    starts_at: Date;
    status: string;
    ics_sequence: number;
    note: string | null;
    officer_id: string;
  }>(`SELECT starts_at, status, ics_sequence, note, officer_id FROM meeting WHERE lead_id = $1 ORDER BY id`, [
    leadId,
  ]);
const counts = () =>
  Promise.all(
    TABLES.map(
      async (table) => (await t.db.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n,
    ),
  );
let officers = 0;
const asked = async (given: Parameters<typeof givenAsked>[1] = {}): Promise<AskedVisit> =>
  givenAsked(t, { owner: await t.http.as('officer', `officer-${(officers += 1)}`), ...given });

describe('the visit page', () => {
  test('offers free times, and opening it changes nothing', async () => {
    const { token } = await asked();
    const before = await counts();
    for (const lang of ['vi', 'en', 'zh']) {
      const { status, text } = await open(token, `?lang=${lang}`);
      expect(status).toBe(200);
      const offered = offeredIn(text);
      expect(offered.length).toBe(12);
      expect(new Set(offered.map((at) => at.slice(0, 10))).size).toBeGreaterThanOrEqual(4);
      expect(text).not.toContain('<script');
      expect(text).toContain('GMT+7');
      expect(Buffer.byteLength(text)).toBeLessThan(60_000);
    }
    expect((await open(token, '?lang=zh')).text).toContain('北京时间');
    expect(await counts()).toEqual(before);
  });

  test('is reached from the answer "visit"', async () => {
    const { token } = await asked();
    const { text } = await t.http.anonymous.post<never>(`/r/${token}?lang=en`, 'answer=visit', {
      ...FORM,
      ...from(),
    });
    expect(text).toContain(`/r/${token}/visit?lang=en`);
  });

  test('books once, however often it is tapped; the lead knows of it', async () => {
    const { token, leadId } = await asked();
    await t.http.anonymous.post(`/r/${token}`, 'answer=visit', { ...FORM, ...from() });
    const startsAt = offeredIn((await open(token)).text)[4]!;
    const fields = { act: 'book', startsAt, note: 'Ba người, cần phiên dịch' };
    const pages = await Promise.all([send(token, fields), send(token, fields), send(token, fields)]);
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await meetingsOf(leadId)).toMatchObject([
      { starts_at: new Date(startsAt), status: 'booked', ics_sequence: 0, note: 'Ba người, cần phiên dịch' },
    ]);
    const [lead] = await t.db.query<{ next_action_at: Date }>(
      `SELECT next_action_at FROM lead WHERE id = $1`,
      [leadId],
    );
    expect(lead!.next_action_at).toEqual(new Date(startsAt));
    expect(
      await t.db.query(
        `SELECT kind, actor_kind FROM timeline_entry WHERE lead_id = $1 AND ref_type = 'meeting'`,
        [leadId],
      ),
    ).toEqual([{ kind: 'meeting_booked', actor_kind: 'investor' }]);
    expect(
      await t.db.query(
        `SELECT status, outcome FROM reminder WHERE lead_id = $1 AND step_key LIKE 'answer:%'`,
        [leadId],
      ),
    ).toEqual([{ status: 'done', outcome: 'meeting_agreed' }]);
    expect(await t.db.query(`SELECT kind, happened_at FROM activity WHERE lead_id = $1`, [leadId])).toEqual([
      { kind: 'visit', happened_at: new Date(startsAt) },
    ]);
  });

  test('a second choice moves the first; cancelling gives the time back and the officer a task', async () => {
    const { token, leadId } = await asked();
    const [first, second] = offeredIn((await open(token)).text);
    await send(token, { act: 'book', startsAt: first! });
    await send(token, { act: 'book', startsAt: second! });
    expect(await meetingsOf(leadId)).toMatchObject([
      { starts_at: new Date(second!), status: 'booked', ics_sequence: 1 },
    ]);
    expect(offeredIn((await open(token, '?change=time')).text)).toContain(second);
    const { text } = await send(token, { act: 'cancel' }, '?lang=en');
    expect(text).toContain('Your visit is cancelled');
    await send(token, { act: 'cancel' });
    expect(await meetingsOf(leadId)).toMatchObject([{ status: 'cancelled', ics_sequence: 2 }]);
    expect(offeredIn((await open(token)).text)).toContain(second);
    expect(await t.db.query(`SELECT 1 FROM activity WHERE lead_id = $1`, [leadId])).toEqual([]);
    expect(
      await t.db.query(`SELECT 1 FROM reminder WHERE lead_id = $1 AND step_key LIKE 'visit:cancelled:%'`, [
        leadId,
      ]),
    ).toHaveLength(1);
  });

  test('of two investors who want the same hour one gets it, the other is shown the rest', async () => {
    const owner = await t.http.as('officer', `officer-${(officers += 1)}`);
    const rivals = await Promise.all([1, 2, 3, 4].map(() => givenAsked(t, { owner })));
    const startsAt = offeredIn((await open(rivals[0]!.token)).text)[0]!;
    const pages = await Promise.all(
      rivals.map(({ token }) => send(token, { act: 'book', startsAt, note: 'giữ lời nhắn' }, '?lang=vi')),
    );
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    const refused = pages.find(({ status }) => status === 409)!;
    expect(refused.text).toContain('vừa có người khác chọn');
    expect(refused.text).toContain('giữ lời nhắn');
    expect(offeredIn(refused.text)).not.toContain(startsAt);
    expect(offeredIn(refused.text).length).toBe(12);
    expect(
      await t.db.query(`SELECT 1 FROM meeting WHERE officer_id = $1 AND status = 'booked'`, [owner.userId]),
    ).toHaveLength(1);
  });

  test('the database itself refuses two at once, whoever writes them', async () => {
    const { leadId, token } = await asked();
    const startsAt = offeredIn((await open(token)).text)[0]!;
    await send(token, { act: 'book', startsAt });
    const copy = t.db.execute(
      `INSERT INTO meeting SELECT (jsonb_populate_record(m, jsonb_build_object('id', $2::text, 'ics_uid', $2::text,
              'starts_at', m.starts_at + interval '30 minutes', 'ends_at', m.ends_at + interval '30 minutes'))).*
         FROM meeting m WHERE m.lead_id = $1`,
      [leadId, newId()],
    );
    await expect(copy).rejects.toMatchObject({ code: '23P01' });
  });

  test('a time that was never offered, a strange cluster and a lead of nobody are refused', async () => {
    const { token, leadId } = await asked({ clusters: 2 });
    const offered = offeredIn((await open(token)).text);
    const night = { act: 'book', startsAt: '2026-03-05T20:00:00Z' };
    expect((await send(token, night)).status).toBe(409);
    expect((await send(token, { act: 'book' })).status).toBe(400);
    expect((await send(token, { act: 'book', startsAt: offered[0]!, clusterId: newId() })).status).toBe(400);
    expect((await send(token, { act: 'destroy' })).status).toBe(400);
    expect(await meetingsOf(leadId)).toEqual([]);

    const nobodys = await givenAsked(t);
    const page = await open(nobodys.token, '?lang=en');
    expect(offeredIn(page.text)).toEqual([]);
    expect(page.text).toContain('value="ask"');
    for (const _again of [1, 2]) await send(nobodys.token, { act: 'ask', note: 'Tháng sau' });
    expect(
      await t.db.query(`SELECT owner_id FROM reminder WHERE lead_id = $1 AND step_key LIKE 'visit:asked:%'`, [
        nobodys.leadId,
      ]),
    ).toEqual([{ owner_id: null }]);
  });

  test('guessed, foreign and expired links show and change nothing', async () => {
    const { token, leadId, contactId } = await asked();
    const startsAt = offeredIn((await open(token)).text)[0]!;
    const [message] = await t.db.query<{ id: string }>(`SELECT id FROM message WHERE contact_id = $1`, [
      contactId,
    ]);
    const bad = [
      answerToken(message!.id, 'opt_out', t.config.secretKey),
      answerToken(message!.id, 'answer', 'another-secret-of-32-characters!!'),
      `${token.slice(0, -2)}AA`,
      'x'.repeat(43),
      '..%2f..%2fetc',
    ];
    for (const one of bad) {
      expect((await open(one)).status).toBe(404);
      expect((await send(one, { act: 'book', startsAt })).status).toBe(404);
      expect((await t.http.anonymous.get(`/r/${one}/visit.ics`, from())).status).toBe(404);
    }
    t.clock.set(new Date(DEFAULT_NOW.getTime() + 181 * 24 * 3_600_000));
    expect((await open(token)).status).toBe(410);
    expect((await send(token, { act: 'book', startsAt })).status).toBe(410);
    t.clock.set(DEFAULT_NOW);
    expect(await meetingsOf(leadId)).toEqual([]);
  });

  test('names and notes are shown as text, and nothing of others', async () => {
    const owner = await t.http.as('officer', `officer-${(officers += 1)}`);
    const other = await givenAsked(t, { owner, contact: { fullName: 'Người Khác' } });
    const mine = await givenAsked(t, { owner, contact: { fullName: 'Trần <script>alert(1)</script>' } });
    const startsAt = offeredIn((await open(other.token)).text)[0]!;
    await send(other.token, { act: 'book', startsAt, note: 'chuyện riêng' });
    const offered = offeredIn((await open(mine.token)).text);
    expect(offered).not.toContain(startsAt);
    await send(mine.token, { act: 'book', startsAt: offered[0]!, note: '"><img src=x>' });
    const { text } = await open(mine.token, '?change=time');
    expect(text).not.toMatch(/<script|<img|Người Khác|chuyện riêng/);
    const ics = await t.http.anonymous.get<never>(`/r/${mine.token}/visit.ics`, from());
    expect(ics.headers['content-type']).toContain('text/calendar');
    expect(ics.text).not.toMatch(/Người Khác|chuyện riêng/);
    expect((await t.http.anonymous.get(`/r/${(await asked()).token}/visit.ics`, from())).status).toBe(404);
  });

  test('endless changes end: somebody has to talk to them', async () => {
    const { token, leadId } = await asked();
    const [one, other] = offeredIn((await open(token)).text);
    const answers: number[] = [];
    for (let n = 0; n < 16; n++)
      answers.push((await send(token, { act: 'book', startsAt: n % 2 ? one! : other! })).status);
    expect(answers.slice(0, 12)).toEqual(Array(12).fill(200));
    // every other one asks for what is booked already
    expect(answers.slice(12)).toEqual([409, 200, 409, 200]);
    expect(await meetingsOf(leadId)).toMatchObject([{ status: 'booked', ics_sequence: 11 }]);
  });
});
