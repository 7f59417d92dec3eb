import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
import ical, { type VEvent } from 'node-ical';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { SweepMessagesJob } from '../../src/modules/messaging/sweep-messages.job.js';
import { MeetingWatch } from '../../src/modules/meetings/meeting-watch.service.js';
import { givenAsked, offeredIn, type AskedVisit } from '../factories/meetings.js';
import { startMailServer, until, type MailServer } from '../factories/messaging.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let smtp: MailServer;
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };

beforeAll(async () => {
  smtp = await startMailServer();
  t = await startApp({
    worker: true,
    env: { SMTP_URL: smtp.url, MAIL_FROM: 'Trung tâm Xúc tiến <xuctien@agency.test>' },
  });
});
beforeEach(() => {
  smtp.received.length = 0;
  t.clock.set(DEFAULT_NOW);
});
afterAll(async () => {
  await t.close();
  await smtp.close();
});

const send = (token: string, fields: Record<string, string>, query = '') =>
  t.http.anonymous.post<never>(`/r/${token}/visit${query}`, new URLSearchParams(fields).toString(), FORM);
const offered = async (token: string) =>
  offeredIn((await t.http.anonymous.get<never>(`/r/${token}/visit`, { accept: 'text/html' })).text);
const addressOf = (mail: ParsedMail): string => {
  const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
  return to?.value[0]?.address ?? '';
};
const lettersTo = (address: string) => smtp.received.filter((mail) => addressOf(mail) === address);

interface Entry {
  method: string;
  text: string;
  event: VEvent & { sequence: string };
}

/** The calendar entry of a mail, as a calendar reads it. */
function entryOf(mail: ParsedMail): Entry {
  const part = mail.attachments.find(({ contentType }) => /calendar|ics/.test(contentType))!;
  const text = part.content.toString('utf8');
  const parsed = ical.sync.parseICS(text);
  const event = Object.values(parsed).find((one) => one?.type === 'VEVENT') as Entry['event'];
  return { method: /^METHOD:(\w+)/m.exec(text)![1]!, text, event };
}

/** Waits until so many letters with an invitation came to this address. */
async function entriesTo(address: string, count: number): Promise<Entry[]> {
  const withEntry = () => lettersTo(address).filter((mail) => mail.attachments.length > 0);
  await until(() => withEntry().length >= count);
  return withEntry()
    .map(entryOf)
    .sort((a, b) => Number(a.event.sequence) - Number(b.event.sequence));
}

let officers = 0;
async function asked(
  contact: Parameters<typeof givenAsked>[1] = {},
): Promise<AskedVisit & { officer: string }> {
  const name = `host-${(officers += 1)}`;
  const visit = await givenAsked(t, { owner: await t.http.as('officer', name), ...contact });
  return { ...visit, officer: `${name}@sample.test` };
}

describe('through a real mail server', () => {
  test('a visit is one entry in both calendars: booked, moved, cancelled', async () => {
    const { token, contactEmail, officer } = await asked({
      contact: { language: 'en', fullName: 'Mei "Lin", Ltd;\\' },
    });
    const [first, second] = await offered(token);
    await send(token, { act: 'book', startsAt: first!, note: 'Line one\r\nATTENDEE:mailto:evil@evil.test' });
    await entriesTo(contactEmail, 1);
    await send(token, { act: 'book', startsAt: second! });
    await entriesTo(contactEmail, 2);
    await send(token, { act: 'cancel' });
    for (const address of [contactEmail, officer]) {
      const entries = await entriesTo(address, 3);
      expect(entries.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
      expect(entries.map(({ event }) => Number(event.sequence))).toEqual([0, 1, 2]);
      expect(new Set(entries.map(({ event }) => event.uid)).size).toBe(1);
      expect(entries.map(({ event }) => event.status)).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
      expect(entries.map(({ event }) => event.start.toISOString())).toEqual([first, second, second]);
      const { event, text } = entries[0]!;
      expect(event.organizer).toMatchObject({ val: expect.stringMatching(/^mailto:xuctien@agency\.test$/i) });
      const attendees = [event.attendee].flat() as { val: string; params: Record<string, string> }[];
      expect(attendees.map(({ val }) => val.toLowerCase()).sort()).toEqual(
        [`mailto:${contactEmail}`, `mailto:${officer}`].sort(),
      );
      expect(attendees.find(({ val }) => val.includes(contactEmail))!.params.RSVP).toBeTruthy();
      expect(text).not.toMatch(/^ATTENDEE:mailto:evil/m);
      expect(event.dtstamp.toISOString()).toBe(DEFAULT_NOW.toISOString());
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(76);
    }
    const [letter] = lettersTo(contactEmail).filter(({ attachments }) => attachments.length > 0);
    expect(letter!.subject).toContain('Confirmed: site visit');
    expect(letter!.text).toContain('Viet Nam time, GMT+07:00');
    expect(letter!.text).toMatch(/\/r\/[\w-]{43}\/visit\?lang=en/);
  });

  test('a letter whose delivery broke off goes again with the same entry, byte by byte', async () => {
    const { token, officer } = await asked();
    const startsAt = (await offered(token))[0]!;
    smtp.answer = 'drop';
    await send(token, { act: 'book', startsAt });
    await until(() => lettersTo(officer).length === 1);
    smtp.answer = 250;
    await until(async () => {
      t.clock.advance(3_600_000);
      await t.asSystem(() => t.get(SweepMessagesJob).handle());
      return lettersTo(officer).length === 2;
    });
    const [one, other] = lettersTo(officer);
    expect(other!.messageId).toBe(one!.messageId);
    expect(entryOf(other!).text).toBe(entryOf(one!).text);
  });

  test('the link in the confirmation leads to the booking, in the reader’s language', async () => {
    const { token, leadId, contactId } = await asked({ contact: { language: 'zh', fullName: '王伟' } });
    await send(token, { act: 'book', startsAt: (await offered(token))[0]! });
    const [mail] = await t.db.query<{ id: string; body_text: string; subject: string }>(
      `SELECT id, body_text, subject FROM message WHERE lead_id = $1 AND contact_id = $2 AND dedupe_key LIKE 'meeting-confirmed:%'`,
      [leadId, contactId],
    );
    expect(mail!.subject).toContain('预约确认');
    const own = answerToken(mail!.id, 'answer', t.config.secretKey);
    expect(mail!.body_text).toContain(`/r/${own}/visit`);
    const { text } = await t.http.anonymous.get<never>(`/r/${own}/visit`, { accept: 'text/html' });
    expect(text).toContain('取消预约');
    const file = await t.http.anonymous.get<never>(`/r/${own}/visit.ics`);
    expect(file.text).toContain('BEGIN:VEVENT');
  });

  test('on the working day before one reminder goes out, twice asked is once', async () => {
    const { token, leadId } = await asked();
    const startsAt = (await offered(token))[0]!;
    await send(token, { act: 'book', startsAt });
    const remind = () => t.asSystem(() => t.get(MeetingWatch).remind());
    const reminders = () =>
      t.db.query(`SELECT 1 FROM message WHERE lead_id = $1 AND dedupe_key LIKE 'meeting-reminder:%'`, [
        leadId,
      ]);
    await remind();
    expect(await reminders()).toHaveLength(0);
    // Wednesday at eight: the day before is Tuesday
    t.clock.set(new Date('2026-03-03T03:00:00Z'));
    await Promise.all([remind(), remind()]);
    await remind();
    expect(await reminders()).toHaveLength(1);
  });
});
