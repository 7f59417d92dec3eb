import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { givenMessage } from '../factories/messaging.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

async function asked(): Promise<{
  leadId: string;
  contactId: string;
  messageId: string;
  ownerId: string;
  answer: string;
  optOut: string;
}> {
  const officer = await t.http.as('officer');
  const contact = await givenContact(t, { consent: 'given', fullName: 'Trần Văn <b>Mẫu</b>' });
  const lead = await givenLead(t, {
    firmId: contact.firmId,
    primaryContactId: contact.id,
    ownerId: officer.userId,
  });
  const message = await givenMessage(t, { contactId: contact.id, leadId: lead.id });
  const token = (purpose: 'answer' | 'opt_out'): string =>
    answerToken(message.id, purpose, t.config.secretKey);
  return {
    leadId: lead.id,
    contactId: contact.id,
    messageId: message.id,
    ownerId: officer.userId!,
    answer: token('answer'),
    optOut: token('opt_out'),
  };
}

const count = async (table: string): Promise<number> =>
  Number((await t.db.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n);

describe('the answer page', () => {
  test('opening it, as a mail scanner does, changes nothing', async () => {
    const { leadId, answer } = await asked();
    const before = await Promise.all(
      ['message_answer', 'timeline_entry', 'consent', 'message', 'audit_entry'].map(count),
    );
    for (const query of ['', '?answer=interested', '?answer=not_interested&lang=zh']) {
      const page = await t.http.anonymous.get(`/r/${answer}${query}`);
      expect(page.status).toBe(200);
      expect(page.headers['content-type']).toContain('text/html');
    }
    expect(
      await Promise.all(['message_answer', 'timeline_entry', 'consent', 'message', 'audit_entry'].map(count)),
    ).toEqual(before);
    const [lead] = await t.db.query<{ last_answer: string | null }>(
      `SELECT last_answer FROM lead WHERE id = $1`,
      [leadId],
    );
    expect(lead!.last_answer).toBeNull();
  });

  test('what people wrote is escaped, and no script is needed', async () => {
    const { answer } = await asked();
    const { text } = await t.http.anonymous.get<never>(`/r/${answer}`);
    expect(text).toContain('&lt;b&gt;Mẫu&lt;/b&gt;');
    expect(text).not.toContain('<script');
  });

  test('an answer settles message and lead once, and tells the owner once, however often it is sent', async () => {
    const { leadId, ownerId, messageId, answer } = await asked();
    const post = () =>
      t.http.anonymous.post<never>(`/r/${answer}`, 'answer=visit&text=Tu%E1%BA%A7n+sau', FORM);
    const pages = await Promise.all([post(), post(), post()]);
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(
      await t.db.query(`SELECT answer, note FROM message_answer WHERE message_id = $1`, [messageId]),
    ).toEqual([{ answer: 'visit', note: 'Tuần sau' }]);
    const [lead] = await t.db.query<{ last_answer: string }>(`SELECT last_answer FROM lead WHERE id = $1`, [
      leadId,
    ]);
    expect(lead!.last_answer).toBe('visit');
    const notices = await t.db.query(`SELECT 1 FROM message WHERE user_id = $1 AND lead_id = $2`, [
      ownerId,
      leadId,
    ]);
    expect(notices).toHaveLength(1);
    const tasks = await t.db.query(`SELECT 1 FROM reminder WHERE lead_id = $1 AND step_key LIKE 'answer:%'`, [
      leadId,
    ]);
    expect(tasks).toHaveLength(1);
  });

  test('"not now" with a day lets the lead sleep until then', async () => {
    const { leadId, answer } = await asked();
    const { status, text } = await t.http.anonymous.post<never>(`/r/${answer}?lang=vi`, {
      answer: 'not_now',
      until: '2026-06-01',
    });
    expect(status).toBe(200);
    expect(text).toContain('01/06/2026');
    const [lead] = await t.db.query(`SELECT stage, wake_on::text FROM lead WHERE id = $1`, [leadId]);
    expect(lead).toEqual({ stage: 'dormant', wake_on: '2026-06-01' });
  });

  test.each([
    ['a day that has passed', { answer: 'not_now', until: '2026-03-01' }, 'until'],
    ['a day far away', { answer: 'not_now', until: '2099-01-01' }, 'until'],
    ['a day that does not exist', { answer: 'not_now', until: '2026-02-30' }, 'until'],
    ['no answer', {}, 'answer'],
    ['another answer', { answer: 'maybe' }, 'answer'],
    ['an unknown field', { answer: 'visit', admin: true }, 'admin'],
    ['a text too long', { answer: 'visit', text: 'x'.repeat(2001) }, 'text'],
  ])('refuses %s and records nothing', async (_what, body, path) => {
    const { answer, messageId } = await asked();
    const refused = await t.http.anonymous.post<{ errors: { path: string }[] }>(`/r/${answer}`, body, {
      accept: 'application/json',
    });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((error) => error.path)).toContain(path);
    expect(await t.db.query(`SELECT 1 FROM message_answer WHERE message_id = $1`, [messageId])).toHaveLength(
      0,
    );
  });
});

describe('links that are not ours', () => {
  test('a guessed, cut or exchanged token opens nothing, and the page says what to do', async () => {
    const { answer, optOut } = await asked();
    const foreign = answerToken(newId(), 'answer', 'x'.repeat(40));
    const gone = answerToken(newId(), 'answer', t.config.secretKey);
    for (const token of ['a', answer.slice(0, -1), `${answer}A`, optOut, foreign, gone, '%00', "' OR 1=1"]) {
      const page = await t.http.anonymous.get<never>(`/r/${encodeURIComponent(token)}`, {
        accept: 'text/html',
        'accept-language': 'vi',
      });
      expect(page.status).toBe(404);
      expect(page.text).toContain('Đường dẫn này không đúng');
    }
    expect((await t.http.anonymous.post(`/u/${answer}`)).status).toBe(404);
  });

  test('an old link answers no more, but still opts out', async () => {
    const { answer, optOut } = await asked();
    const before = t.clock.now();
    t.clock.advance(181 * 24 * 3_600_000);
    expect((await t.http.anonymous.get(`/r/${answer}`)).status).toBe(410);
    expect((await t.http.anonymous.post(`/r/${answer}`, { answer: 'visit' })).status).toBe(410);
    expect((await t.http.anonymous.post(`/u/${optOut}`)).status).toBe(200);
    t.clock.set(before);
  });
});

describe('opting out', () => {
  const state = async (contactId: string): Promise<unknown[]> =>
    t.db.query(`SELECT action, channel FROM consent WHERE contact_id = $1 ORDER BY recorded_at, id`, [
      contactId,
    ]);

  test('opening the page does nothing; one post, as a mail program sends it, is enough', async () => {
    const { contactId, optOut } = await asked();
    expect((await t.http.anonymous.get(`/u/${optOut}`)).status).toBe(200);
    expect(await state(contactId)).toHaveLength(1);
    const oneClick = await t.http.anonymous.post(`/u/${optOut}`, 'List-Unsubscribe=One-Click', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(oneClick.status).toBe(200);
    expect((await state(contactId)).at(-1)).toEqual({ action: 'withdrawn', channel: 'one_click' });
  });

  test('as any mail program sends it: the other kind of form, and without a body', async () => {
    const form =
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    const multipart = { 'content-type': 'multipart/form-data; boundary=x' };
    const first = await asked();
    const posted = await t.http.anonymous.post(`/u/${first.optOut}`, form, multipart);
    expect(posted.status).toBe(200);
    expect((await state(first.contactId)).at(-1)).toEqual({ action: 'withdrawn', channel: 'one_click' });
    const second = await asked();
    expect((await t.http.anonymous.send('POST', `/u/${second.optOut}`, undefined, {})).status).toBe(200);
    expect((await state(second.contactId)).at(-1)).toEqual({ action: 'withdrawn', channel: 'one_click' });
    const broken = await t.http.anonymous.post(`/u/${second.optOut}`, 'no form', multipart);
    expect(broken.status).toBe(400);
    expect((await t.http.anonymous.post(`/r/${second.answer}`, form, multipart)).status).toBe(415);
  });

  test('promotion mail that waited is taken back at once', async () => {
    const { messageId, optOut } = await asked();
    await t.http.anonymous.post(`/u/${optOut}`, 'from=page', FORM);
    expect(await t.db.query(`SELECT status, error_code FROM message WHERE id = $1`, [messageId])).toEqual([
      { status: 'cancelled', error_code: 'opted_out' },
    ]);
  });

  test('a stranger who is handed the link does not learn the address', async () => {
    const { contactId, optOut } = await asked();
    const [contact] = await t.db.query<{ email: string }>(`SELECT email FROM contact WHERE id = $1`, [
      contactId,
    ]);
    expect((await t.http.anonymous.get<never>(`/u/${optOut}`)).text).not.toContain(contact!.email);
  });
});
