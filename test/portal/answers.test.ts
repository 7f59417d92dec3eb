import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { WakeUpsService } from '../../src/modules/follow-up/wake-ups.service.js';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { givenMessage } from '../factories/messaging.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };

beforeAll(async () => {
  t = await startApp();
});
afterEach(() => t.clock.set(DEFAULT_NOW));
afterAll(() => t.close());

async function asked() {
  const officer = await t.http.as('officer');
  const contact = await givenContact(t, { consent: 'given' });
  const lead = await givenLead(t, {
    firmId: contact.firmId,
    primaryContactId: contact.id,
    ownerId: officer.userId,
  });
  const message = await givenMessage(t, { contactId: contact.id, leadId: lead.id });
  return {
    leadId: lead.id,
    messageId: message.id,
    path: `/r/${answerToken(message.id, 'answer', t.config.secretKey)}`,
  };
}

const open = async (path: string): Promise<string> => (await t.http.anonymous.get<never>(path)).text;
const post = async (path: string, form: string): Promise<string> =>
  (await t.http.anonymous.post<never>(path, form, FORM)).text;
const stage = async (leadId: string) =>
  (
    await t.db.query<{ stage: string; wake: string | null }>(
      `SELECT stage, wake_on::text AS wake FROM lead WHERE id = $1`,
      [leadId],
    )
  )[0];

describe('an answer chosen in the mail', () => {
  test.each(['interested', 'call_me', 'visit', 'not_interested'])(
    'is one button away: %s',
    async (answer) => {
      const { path, messageId } = await asked();
      const page = await open(`${path}?answer=${answer}&lang=en`);
      const forms = page.match(/<form[\s\S]*?<\/form>/g)!;
      expect(forms).toHaveLength(1);
      expect(forms[0]!.match(/<button/g)).toHaveLength(1);
      expect(forms[0]).toContain(`name="answer" value="${answer}"`);
      expect(forms[0]).toContain('<button class="main">Send: ');
      await post(path, `answer=${answer}&text=`);
      expect(
        await t.db.query(`SELECT answer FROM message_answer WHERE message_id = $1`, [messageId]),
      ).toEqual([{ answer }]);
    },
  );

  test('"not now" asks until when: three days of one tap, a day of one’s own, or none', async () => {
    const { path } = await asked();
    const page = await open(`${path}?answer=not_now&lang=vi`);
    for (const [months, day] of [
      [1, '02/04/2026'],
      [3, '02/06/2026'],
      [6, '02/09/2026'],
    ]) {
      expect(page).toContain(`name="wait" value="${months}"`);
      expect(page).toContain(`Sau ${months} tháng (${day})`);
    }
    expect(page).toContain('name="until" type="date" required min="2026-03-03"');
  });

  test('the other answers are links, so that a mind is changed without a script', async () => {
    const { path } = await asked();
    const page = await open(`${path}?answer=visit`);
    for (const other of ['interested', 'call_me', 'not_now', 'not_interested'])
      expect(page).toContain(`href="${path}?answer=${other}&amp;lang=vi"`);
  });
});

describe('"not now"', () => {
  test.each([
    ['1', '2026-04-02'],
    ['3', '2026-06-02'],
    ['6', '2026-09-02'],
  ])('for %s months lets the lead sleep until %s, and then it wakes with a task', async (wait, day) => {
    const { path, leadId } = await asked();
    const answered = await post(`${path}?lang=vi`, `answer=not_now&wait=${wait}`);
    expect(answered).toContain('chỉ liên hệ lại từ ngày');
    expect(await stage(leadId)).toEqual({ stage: 'dormant', wake: day });
    const wake = () => t.asSystem(() => t.db.transaction(() => t.get(WakeUpsService).wake(500)));
    t.clock.set(new Date(Date.parse(`${day}T00:00:00Z`) - 24 * 3_600_000));
    await wake();
    expect((await stage(leadId))!.stage).toBe('dormant');
    t.clock.set(new Date(`${day}T01:30:00Z`));
    await wake();
    expect((await stage(leadId))!.stage).not.toBe('dormant');
    expect(
      await t.db.query(`SELECT 1 FROM reminder WHERE lead_id = $1 AND step_key = $2`, [
        leadId,
        `wake:${day}`,
      ]),
    ).toHaveLength(1);
  });

  test('the last day of a shorter month stands for one that it lacks', async () => {
    t.clock.set(new Date('2026-08-31T03:00:00Z'));
    const { path, leadId } = await asked();
    await post(path, 'answer=not_now&wait=6');
    expect((await stage(leadId))!.wake).toBe('2027-02-28');
  });

  test('another number of months is refused', async () => {
    const { path, leadId } = await asked();
    expect((await t.http.anonymous.post(path, 'answer=not_now&wait=99', FORM)).status).toBe(400);
    expect((await stage(leadId))!.wake).toBeNull();
  });
});

describe('after an answer', () => {
  test('the page says what happens next, by whom and by when, and the way to one’s own file', async () => {
    const { path, messageId } = await asked();
    const page = await post(`${path}?lang=en`, 'answer=call_me');
    expect(page).toMatch(/officer will call you during working hours, by 3 March 2026 at the latest/);
    const server = t.app.getHttpAdapter().getInstance();
    const own = answerToken(messageId, 'case', t.config.secretKey);
    expect(page.includes(`/case/open/${own}`)).toBe(
      server.hasRoute({ method: 'GET', url: '/case/open/:token' }),
    );
  });

  test('"visit" leads on to the free times once they are there', async () => {
    const { path } = await asked();
    const page = await post(`${path}?lang=en`, 'answer=visit');
    const server = t.app.getHttpAdapter().getInstance();
    expect(page.includes(`${path}/visit`)).toBe(server.hasRoute({ method: 'GET', url: '/r/:token/visit' }));
  });

  test('one’s mind can be changed: the page tells the answer so far, and the new one counts', async () => {
    const { path, messageId } = await asked();
    await post(path, 'answer=not_interested');
    expect(await open(`${path}?lang=en`)).toContain('You answered on 2 March 2026: We are not interested');
    t.clock.advance(60_000);
    await post(path, 'answer=interested');
    expect(await t.db.query(`SELECT answer FROM message_answer WHERE message_id = $1`, [messageId])).toEqual([
      { answer: 'interested' },
    ]);
  });

  test('a matter that is closed says so kindly, before and after', async () => {
    const { path, leadId } = await asked();
    await t.db.query(
      `UPDATE lead SET stage_before_exit = stage, stage = 'lost', lost_reason = 'other' WHERE id = $1`,
      [leadId],
    );
    expect(await open(`${path}?lang=en`)).toContain('This matter is closed.');
    expect(await post(`${path}?lang=en`, 'answer=interested')).toContain('has been passed to');
  });
});

test('an expired link says what to do, and leads to the public pages', async () => {
  const { path } = await asked();
  t.clock.advance(181 * 24 * 3_600_000);
  const page = await t.http.anonymous.get<never>(`${path}?lang=en`, { accept: 'text/html' });
  expect(page.status).toBe(410);
  expect(page.text).toContain('This link has expired.');
  expect(page.text).toContain('href="/en"');
});

test('the opt-out page offers to choose instead', async () => {
  const { messageId } = await asked();
  const optOut = answerToken(messageId, 'opt_out', t.config.secretKey);
  const preferences = answerToken(messageId, 'preferences', t.config.secretKey);
  expect(await open(`/u/${optOut}?lang=en`)).toContain(`href="/p/${preferences}?lang=en"`);
});
