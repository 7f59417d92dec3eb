import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ConsentQueries } from '../../src/modules/directory/consent.queries.js';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import type { MessageDraft } from '../../src/modules/messaging/message-draft.rules.js';
import { MessagesService } from '../../src/modules/messaging/messages.service.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenContact } from '../factories/directory.js';
import { givenMessage } from '../factories/messaging.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
const ALL = 'topics=rounds&topics=land&topics=policy';

beforeAll(async () => {
  t = await startApp();
});
afterEach(() => t.clock.set(DEFAULT_NOW));
afterAll(() => t.close());

interface Reader {
  contactId: string;
  messageId: string;
  /** The page's address. */
  page: string;
  token: string;
}

async function reader(email = `${newId()}@reader.example`): Promise<Reader> {
  const contact = await givenContact(t, { consent: 'given', email });
  const message = await givenMessage(t, { contactId: contact.id });
  await t.db.query(`UPDATE message SET status = 'sent', sent_at = $2 WHERE id = $1`, [
    message.id,
    t.clock.now(),
  ]);
  const token = answerToken(message.id, 'preferences', t.config.secretKey);
  return { contactId: contact.id, messageId: message.id, token, page: `/p/${token}` };
}

const choose = (page: string, form: string) => t.http.anonymous.post<never>(page, form, FORM);

const ledger = (contactId: string) =>
  t.db.query<{ action: string; channel: string; evidence: string | null }>(
    `SELECT action, channel, evidence FROM consent WHERE contact_id = $1 ORDER BY recorded_at, id`,
    [contactId],
  );

const state = async (contactId: string) => (await t.get(ConsentQueries).current([contactId])).get(contactId);

async function make(contactId: string, draft: Partial<MessageDraft> = {}) {
  const { created, refused } = await t.asSystem(() =>
    t
      .get(MessagesService)
      .create([{ dedupeKey: newId(), templateCode: 'round-thank-you', contactId, ...draft }]),
  );
  if (!created[0]) return { refused: refused[0]!.reason };
  const [row] = await t.db.query<{ notBefore: Date; errorCode: string | null; language: string }>(
    `SELECT not_before AS "notBefore", error_code AS "errorCode", language FROM message WHERE id = $1`,
    [created[0]],
  );
  return row!;
}

describe('the page of what one gets', () => {
  test('opening it changes nothing, in each language, without script, and tells strangers no address', async () => {
    const { page, contactId } = await reader('someone.known@reader.example');
    for (const lang of ['vi', 'en', 'zh']) {
      const { status, text } = await t.http.anonymous.get<never>(`${page}?lang=${lang}`);
      expect(status).toBe(200);
      expect(text).toContain(`<html lang="${lang}">`);
      expect(text).not.toMatch(/<script|someone\.known|preferences_/);
      expect(text.match(/ checked/g)).toHaveLength(5);
    }
    expect(await t.db.query(`SELECT 1 FROM mail_preference`)).toHaveLength(0);
    expect(await ledger(contactId)).toHaveLength(1);
  });

  test('a guessed link, or one for another purpose, opens nothing', async () => {
    const { messageId, token } = await reader();
    const other = answerToken(messageId, 'opt_out', t.config.secretKey);
    for (const wrong of [other, `${token.slice(0, -2)}AA`, 'x'])
      expect((await t.http.anonymous.get(`/p/${wrong}`)).status).toBe(404);
  });

  test('a topic switched off is a preference: kept at once, said, and no withdrawal', async () => {
    const { page, contactId } = await reader();
    const { status, text } = await choose(`${page}?lang=en`, 'topics=land&language=zh&frequency=each');
    expect(status).toBe(200);
    expect(text).toContain('Saved for');
    expect(text).toMatch(/value="land" checked/);
    expect(text).not.toMatch(/value="rounds" checked/);
    expect(await ledger(contactId)).toHaveLength(1);
    expect(await make(contactId)).toEqual({ refused: 'topic_refused' });
    expect(await make(contactId, { templateCode: 'round-cluster-sheet' })).toMatchObject({
      language: 'zh',
    });
    expect(await make(contactId, { templateCode: 'enquiry-acknowledgement' })).toMatchObject({
      language: 'zh',
      errorCode: null,
    });
  });

  test('it holds for everybody who reads that mailbox', async () => {
    const email = `shared-${newId()}@reader.example`;
    const { page } = await reader(email);
    const colleague = await givenContact(t, { consent: 'given', email });
    await choose(page, 'topics=policy&language=vi&frequency=each');
    expect(await make(colleague.id)).toEqual({ refused: 'topic_refused' });
  });

  test('everything off is a withdrawal; on again is a new consent by the person, with its evidence', async () => {
    const { page, contactId, messageId } = await reader();
    const off = await choose(`${page}?lang=en`, 'language=en&frequency=each');
    expect(off.text).toContain('receives no more investment mail');
    expect(off.text).not.toMatch(/type="checkbox"[^>]* checked/);
    expect(await state(contactId)).toBe('withdrawn');
    t.clock.advance(1000);
    await choose(page, 'topics=rounds&language=en&frequency=weekly');
    expect(await state(contactId)).toBe('given');
    expect((await ledger(contactId)).slice(1)).toEqual([
      { action: 'withdrawn', channel: 'preferences_page', evidence: `message ${messageId}` },
      { action: 'given', channel: 'preferences_page', evidence: `message ${messageId}; topics: rounds` },
    ]);
  });

  test('one button stops all mail, and takes back what waits', async () => {
    const { page, contactId } = await reader();
    await make(contactId);
    const { text } = await choose(`${page}?lang=vi`, 'stop=all');
    expect(text).toContain('Đã ngừng');
    expect(await state(contactId)).toBe('withdrawn');
    const waiting = await t.db.query(`SELECT 1 FROM message WHERE contact_id = $1 AND status = 'queued'`, [
      contactId,
    ]);
    expect(waiting).toHaveLength(0);
  });

  test('the link of a mailbox that the person has left cannot agree for the person', async () => {
    const { page, contactId } = await reader();
    await choose(page, 'stop=all');
    await t.db.query(`UPDATE contact SET email = $2 WHERE id = $1`, [
      contactId,
      `${newId()}@elsewhere.example`,
    ]);
    t.clock.advance(1000);
    expect((await choose(page, `${ALL}&language=vi&frequency=each`)).status).toBe(200);
    expect(await state(contactId)).toBe('withdrawn');
  });

  test.each([
    ['an unknown topic', 'topics=gossip&language=vi&frequency=each'],
    ['an unknown language', 'topics=land&language=fr&frequency=each'],
    ['an unknown frequency', 'topics=land&language=vi&frequency=hourly'],
    ['nothing', ''],
    ['a field too many', 'topics=land&language=vi&frequency=each&admin=1'],
  ])('refuses %s', async (_what, form) => {
    const { page, contactId } = await reader();
    expect((await choose(page, form)).status).toBe(400);
    expect(await ledger(contactId)).toHaveLength(1);
  });
});

describe('how often', () => {
  test('a mail too many waits for its week, and says why', async () => {
    const { page, contactId } = await reader();
    await choose(page, `${ALL}&language=vi&frequency=weekly`);
    expect(await make(contactId)).toMatchObject({
      notBefore: new Date('2026-03-09T01:00:00Z'),
      errorCode: 'too_frequent',
    });
  });

  test('the next one waits behind the one that waits', async () => {
    const { page, contactId } = await reader();
    await choose(page, `${ALL}&language=vi&frequency=weekly`);
    await make(contactId);
    expect(await make(contactId)).toMatchObject({ notBefore: new Date('2026-03-16T01:00:00Z') });
  });

  test('an invitation that would come after its event is not made', async () => {
    const { page, contactId } = await reader();
    await choose(page, `${ALL}&language=vi&frequency=monthly`);
    const event = { name: 'Hội nghị', startsAt: new Date('2026-03-20T01:00:00Z') };
    expect(await make(contactId, { templateCode: 'event-invitation', facts: { event } })).toEqual({
      refused: 'too_frequent',
    });
  });

  test('service mail does not wait', async () => {
    const { page, contactId } = await reader();
    await choose(page, `${ALL}&language=vi&frequency=monthly`);
    expect(await make(contactId, { templateCode: 'enquiry-acknowledgement' })).toMatchObject({
      notBefore: DEFAULT_NOW,
    });
  });

  test('what waits goes on when the reader wants more again', async () => {
    const { page, contactId } = await reader();
    await choose(page, `${ALL}&language=vi&frequency=weekly`);
    await make(contactId);
    await choose(page, `${ALL}&language=vi&frequency=each`);
    const [row] = await t.db.query<{ at: Date }>(
      `SELECT not_before AS at FROM message WHERE contact_id = $1 AND status = 'queued'`,
      [contactId],
    );
    expect(row!.at).toEqual(DEFAULT_NOW);
  });
});

test('staff read the choice with its day and its person, and cannot change it', async () => {
  const { page, contactId } = await reader();
  const officer = await t.http.as('officer');
  const path = `/api/v1/contacts/${contactId}/mail-preferences`;
  expect((await officer.get<unknown>(path)).body).toEqual({ chosen: null });
  await choose(page, 'topics=policy&topics=land&language=en&frequency=monthly');
  expect((await officer.get<{ chosen: unknown }>(path)).body.chosen).toMatchObject({
    topics: ['land', 'policy'],
    language: 'en',
    frequency: 'monthly',
    chosenAt: DEFAULT_NOW.toISOString(),
  });
  expect((await officer.put(path, {})).status).toBe(405);
  expect((await t.http.anonymous.get(path)).status).toBe(401);
});
