import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Contact } from '../../src/modules/directory/contact.entity.js';
import type { InboundMailDetail, InboundMailPage } from '../../src/modules/inbox/inbound-mails.dto.js';
import type { Lead } from '../../src/modules/leads/lead.entity.js';
import type { Message } from '../../src/modules/messaging/message.entity.js';
import { PersonErased } from '../../src/modules/directory/directory.events.js';
import { Events } from '../../src/platform/events/events.js';
import { replyAddress } from '../../src/modules/messaging/reply-address.rules.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenContact } from '../factories/directory.js';
import { statesOf } from '../factories/follow-up.js';
import { fixtureMail, handOver, INBOX_ADDRESS, INBOX_SECRET } from '../factories/inbox.js';
import { givenLead, leadOf } from '../factories/leads.js';
import { givenMessage, messageOf } from '../factories/messaging.js';
import { closeRound, givenRound } from '../factories/promotion.js';
import { ParticipationsService } from '../../src/modules/promotion/participations.service.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let officer: HttpClient;

beforeAll(async () => {
  t = await startApp({ env: { INBOX_ADDRESS, INBOUND_MAIL_SECRET: INBOX_SECRET } });
  officer = await t.http.as('officer');
});
afterAll(() => t.close());

interface Investor {
  contact: Contact;
  lead: Lead;
  message: Message;
}

const rows = (statement: string, ...params: unknown[]): Promise<Record<string, unknown>[]> =>
  t.db.query(statement, params);

/** A person with a lead of the officer's, to whom a letter has gone. */
async function givenInvestor(overrides: { email?: string } = {}): Promise<Investor> {
  const contact = await givenContact(t, { consent: 'given', ...overrides });
  const lead = await givenLead(t, {
    firmId: contact.firmId,
    primaryContactId: contact.id,
    ownerId: officer.userId,
  });
  return { contact, lead, message: await givenLetter(contact, lead) };
}

async function givenLetter(contact: Contact, lead: Lead): Promise<Message> {
  const message = await givenMessage(t, { contactId: contact.id, leadId: lead.id });
  await t.db.execute(`UPDATE message SET status = 'sent', sent_at = $2 WHERE id = $1`, [
    message.id,
    t.clock.now(),
  ]);
  return messageOf(t, message.id);
}

/** The same person with reminders that wait. */
async function givenSequence(): Promise<Investor> {
  const investor = await givenInvestor();
  const roundId = await givenRound(t, { ownerId: officer.userId! });
  await t.asSystem(() =>
    t.get(ParticipationsService).add(
      roundId,
      [
        {
          firmId: investor.contact.firmId,
          contactId: investor.contact.id,
          status: 'attended',
          ownerId: officer.userId!,
        },
      ],
      () => '',
    ),
  );
  await closeRound(t, roundId);
  return investor;
}

const timelineOf = async (leadId: string): Promise<unknown[]> =>
  (await rows(`SELECT kind FROM timeline_entry WHERE lead_id = $1 ORDER BY at, id`, leadId)).map(
    ({ kind }) => kind,
  );

const mailOf = async (messageId: string): Promise<Record<string, unknown>> =>
  (
    await rows(
      `SELECT * FROM inbound_mail WHERE message_id = $1 ORDER BY received_at DESC LIMIT 1`,
      messageId,
    )
  )[0]!;

describe('a reply', () => {
  test('is the investor’s answer: it stops the sequence, becomes the next task, and its owner is told', async () => {
    const { contact, lead, message } = await givenSequence();
    const answer = await handOver(t, await fixtureMail(t, 'gmail-reply', { message }));
    expect([answer.status, answer.body.result]).toEqual([202, 'kept']);
    expect(await mailOf(message.id)).toMatchObject({
      kind: 'reply',
      state: 'matched',
      matched_by: 'reply_address',
      lead_id: lead.id,
      contact_id: contact.id,
      other_address: false,
    });
    expect(
      await rows(`SELECT status, stop_reason FROM follow_up_sequence WHERE lead_id = $1`, lead.id),
    ).toEqual([{ status: 'stopped', stop_reason: 'answered_by_mail' }]);
    const states = await statesOf(t, lead.id);
    expect(states.filter((state) => state.includes(': pending'))).toEqual([
      expect.stringMatching(/^mail:.+: pending$/),
    ]);
    expect(await timelineOf(lead.id)).toEqual(expect.arrayContaining(['mail_received', 'sequence_stopped']));
    const [activity] = await rows(`SELECT kind, incoming, body FROM activity WHERE lead_id = $1`, lead.id);
    expect(activity).toMatchObject({ kind: 'email', incoming: true });
    expect(activity!.body).toMatch(/^Chào chị Lan,[^]*Vương Lệ$/);
    expect(await leadOf(t, lead.id)).toMatchObject({
      nextAction: 'Trả lời thư của Vương Lệ',
      nextActionAt: new Date('2026-03-03T03:00:00Z'),
    });
    const [notice] = await rows(
      `SELECT subject, body_text AS text FROM message WHERE lead_id = $1 AND user_id = $2 AND subject LIKE 'Thư của%'`,
      lead.id,
      officer.userId,
    );
    expect(notice!.text).toContain('quan tâm lô đất khoảng 2 ha');
    expect(notice!.text).toContain(`/app/leads/${lead.id}`);
  });

  test('that comes again, at once or later, is one', async () => {
    const { lead, message } = await givenInvestor();
    const mail = await fixtureMail(t, 'outlook-reply', { message });
    const answers = await Promise.all([handOver(t, mail), handOver(t, mail), handOver(t, mail)]);
    expect(answers.map(({ body }) => body.result).sort()).toEqual(['kept', 'known', 'known']);
    expect(await rows(`SELECT 1 AS one FROM activity WHERE lead_id = $1`, lead.id)).toHaveLength(1);
  });

  test.each(['qq-reply', 'zimbra-reply'])(
    'as %s writes it finds its letter by what it answers',
    async (name) => {
      const { lead, message } = await givenInvestor();
      await handOver(t, await fixtureMail(t, name, { message, to: INBOX_ADDRESS }));
      expect(await mailOf(message.id)).toMatchObject({
        kind: 'reply',
        matched_by: 'thread',
        lead_id: lead.id,
      });
    },
  );

  test('from another address is taken, and said to be', async () => {
    const { message } = await givenInvestor();
    await handOver(t, await fixtureMail(t, 'outlook-reply', { message, from: 'assistant@elsewhere.test' }));
    expect(await mailOf(message.id)).toMatchObject({ state: 'matched', other_address: true });
  });

  test('with a forged mark matches nothing', async () => {
    const { message } = await givenInvestor();
    const [local, host] = replyAddress(INBOX_ADDRESS, message.id, 'o'.repeat(32)).split('@');
    const mail = await fixtureMail(t, 'outlook-reply', {
      from: `stranger-${newId()}@elsewhere.test`,
      to: `${local}@${host}`,
    });
    await handOver(t, mail);
    expect(await rows(`SELECT 1 AS one FROM inbound_mail WHERE message_id = $1`, message.id)).toEqual([]);
    const [kept] = await rows(`SELECT state, matched_by FROM inbound_mail ORDER BY id DESC LIMIT 1`);
    expect(kept).toEqual({ state: 'unmatched', matched_by: null });
  });

  test('that answers nothing goes by its sender, where that is one person', async () => {
    const { contact, lead } = await givenInvestor();
    await handOver(t, await fixtureMail(t, 'outlook-reply', { from: contact.email! }));
    const byLead = () => rows(`SELECT matched_by FROM inbound_mail WHERE lead_id = $1`, lead.id);
    expect(await byLead()).toEqual([{ matched_by: 'sender' }]);
    const other = await givenContact(t, { email: contact.email! });
    await givenLead(t, { firmId: other.firmId, primaryContactId: other.id });
    await handOver(t, await fixtureMail(t, 'outlook-reply', { from: contact.email! }));
    expect(await byLead()).toHaveLength(1);
  });

  test('keeps a file that is one, and names what is none', async () => {
    const { message } = await givenInvestor();
    await handOver(t, await fixtureMail(t, 'attachment-only', { message }));
    const { id } = await mailOf(message.id);
    const { body } = await officer.get<InboundMailDetail>(`/api/v1/inbound-mails/${id}`);
    expect(body.files.map(({ name, refusal }) => [name, refusal])).toEqual([
      ['profile.pdf', null],
      ['invoice.pdf.exe', 'type'],
    ]);
    const file = await officer.get(`/api/v1/inbound-mails/${id}/attachments/${body.files[0]!.id}`);
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="profile\.pdf"/);
    const refused = await officer.get(`/api/v1/inbound-mails/${id}/attachments/${body.files[1]!.id}`);
    expect(refused.status).toBe(404);
  });

  test('of HTML brings nothing that runs', async () => {
    const { message } = await givenInvestor();
    await handOver(t, await fixtureMail(t, 'hostile-html', { message }));
    const { id } = await mailOf(message.id);
    const { body } = await officer.get<InboundMailDetail>(`/api/v1/inbound-mails/${id}`);
    expect(body.text).not.toMatch(/steal|spy\.test/);
    expect(body.words).toContain('We are interested in <two> hectares.');
    expect(body.toAddresses).toBe('inbox+…@agency.test');
  });
});

describe('a report of a mail server', () => {
  test.each(['postfix-dsn', 'exchange-ndr', 'gmail-bounce', 'qq-bounce', 'qmail-bounce'])(
    '%s stops the address as a refusal at the door does',
    async (name) => {
      const { contact, lead, message } = await givenSequence();
      const { status } = await handOver(t, await fixtureMail(t, name, { message, to: 'no-reply@localhost' }));
      expect(status).toBe(202);
      expect(await messageOf(t, message.id)).toMatchObject({ status: 'bounced', errorCode: 'smtp_550' });
      expect(await rows(`SELECT email_state FROM contact WHERE id = $1`, contact.id)).toEqual([
        { email_state: 'bounced' },
      ]);
      expect(await rows(`SELECT stop_reason FROM follow_up_sequence WHERE lead_id = $1`, lead.id)).toEqual([
        { stop_reason: 'bounced' },
      ]);
      expect(await statesOf(t, lead.id)).toContain(`bounce:${contact.id}: pending`);
      expect(await timelineOf(lead.id)).toContain('mail_bounced');
    },
  );

  test('of a delay is only told', async () => {
    const { contact, lead, message } = await givenInvestor();
    await handOver(t, await fixtureMail(t, 'soft-bounce', { message }));
    expect((await messageOf(t, message.id)).status).toBe('sent');
    expect(await rows(`SELECT email_state FROM contact WHERE id = $1`, contact.id)).toEqual([
      { email_state: 'ok' },
    ]);
    expect(await timelineOf(lead.id)).toContain('mail_delayed');
  });

  test('leaves alone whoever has another address by now', async () => {
    const { contact, message } = await givenInvestor();
    await t.db.execute(`UPDATE contact SET email = $2 WHERE id = $1`, [contact.id, `new-${contact.email}`]);
    await handOver(t, await fixtureMail(t, 'postfix-dsn', { message }));
    expect((await messageOf(t, message.id)).status).toBe('bounced');
    expect(await rows(`SELECT email_state FROM contact WHERE id = $1`, contact.id)).toEqual([
      { email_state: 'ok' },
    ]);
  });
});

describe('what no person wrote', () => {
  test.each([
    ['out-of-office-vi', 'mail_out_of_office_until'],
    ['out-of-office-en', 'mail_out_of_office_until'],
    ['out-of-office-zh', 'mail_out_of_office_until'],
    ['auto-reply', 'mail_auto_reply'],
    ['read-receipt', 'mail_read_receipt'],
    ['calendar-reply', 'mail_calendar_reply'],
  ])('%s is told, and stops nothing', async (name, kind) => {
    const { lead, message } = await givenSequence();
    await handOver(t, await fixtureMail(t, name, { message }));
    expect(await timelineOf(lead.id)).toContain(kind);
    expect(await rows(`SELECT status FROM follow_up_sequence WHERE lead_id = $1`, lead.id)).toEqual([
      { status: 'running' },
    ]);
    expect(await rows(`SELECT 1 AS one FROM activity WHERE lead_id = $1`, lead.id)).toEqual([]);
  });

  test('our own letter that comes back is dropped', async () => {
    const { message } = await givenInvestor();
    const own = await fixtureMail(t, 'outlook-reply', { message, messageId: message.messageIdHeader });
    expect((await handOver(t, own)).body.result).toBe('ours');
    const fromUs = await fixtureMail(t, 'outlook-reply', { message, from: INBOX_ADDRESS });
    expect((await handOver(t, fromUs)).body.result).toBe('ours');
  });

  test('the twenty-first of an hour waits for a person', async () => {
    const { lead, message } = await givenInvestor();
    for (let sent = 0; sent < 22; sent++)
      await handOver(t, await fixtureMail(t, 'outlook-reply', { message }));
    expect(await rows(`SELECT 1 AS one FROM activity WHERE lead_id = $1`, lead.id)).toHaveLength(20);
    expect(
      await rows(`SELECT 1 AS one FROM inbound_mail WHERE message_id = $1 AND note = 'too_many'`, message.id),
    ).toHaveLength(2);
  });
});

describe('no more mail', () => {
  test.each(['unsubscribe-vi', 'unsubscribe-en', 'unsubscribe-zh'])('%s holds at once', async (name) => {
    const { contact, lead, message } = await givenSequence();
    await handOver(t, await fixtureMail(t, name, { message }));
    const [line] = await rows(
      `SELECT action, channel, evidence FROM consent WHERE contact_id = $1 ORDER BY recorded_at DESC, id DESC LIMIT 1`,
      contact.id,
    );
    expect(line).toMatchObject({ action: 'withdrawn', channel: 'mail' });
    expect(line!.evidence).toContain('inbound mail');
    expect(await rows(`SELECT stop_reason FROM follow_up_sequence WHERE lead_id = $1`, lead.id)).toEqual([
      { stop_reason: 'consent_withdrawn' },
    ]);
    expect(await timelineOf(lead.id)).toContain('mail_opt_out');
    const told = await rows(
      `SELECT 1 AS one FROM message m JOIN template p ON p.id = m.template_id WHERE m.lead_id = $1 AND p.code = 'officer-investor-opted-out'`,
      lead.id,
    );
    expect(told).toHaveLength(1);
  });
});

describe('the door', () => {
  test('opens only for who has the secret, in time, with a mail', async () => {
    const mail = await fixtureMail(t, 'auto-reply');
    const late = { 'x-inbound-timestamp': `${Math.floor(t.clock.now().getTime() / 1000) - 301}` };
    const refused: [Record<string, string>, number][] = [
      [{ 'x-inbound-signature': 'a'.repeat(64) }, 401],
      [{ 'x-inbound-signature': '' }, 401],
      [late, 401],
      [{ 'content-type': 'text/plain' }, 415],
    ];
    for (const [headers, status] of refused)
      expect([headers, (await handOver(t, mail, headers)).status]).toEqual([headers, status]);
    expect((await handOver(t, Buffer.alloc(26 * 1024 * 1024, 'a'))).status).toBe(413);
    const elsewhere = await officer.send('POST', '/api/v1/firms', mail, { 'content-type': 'message/rfc822' });
    expect(elsewhere.status).toBe(400);
  });

  test('is not there without a secret', async () => {
    const closed = await startApp();
    const { status } = await handOver(closed, Buffer.from('From: a@b.test\r\n\r\nhello'));
    expect(status).toBe(404);
    await closed.close();
  });

  test('takes whatever it is, and never breaks', async () => {
    for (const source of [
      '',
      'nonsense',
      '\u0000\u0001',
      `Content-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\n'.repeat(1500)}`,
    ])
      expect((await handOver(t, Buffer.from(source))).status).toBe(202);
  });
});

describe('the agency’s own people', () => {
  const unmatched = async () =>
    (await officer.get<InboundMailPage>('/api/v1/inbound-mails?state=unmatched&limit=200')).body.items;

  test('assign what nothing assigned: then it is an answer', async () => {
    const { lead } = await givenInvestor();
    const from = `unknown-${newId()}@elsewhere.test`;
    await handOver(t, await fixtureMail(t, 'outlook-reply', { from }));
    const mail = (await unmatched()).find(({ fromAddress }) => fromAddress === from)!;
    const colleague = await t.http.as('officer', 'colleague');
    const path = `/api/v1/inbound-mails/${mail.id}/assign`;
    const version = { 'if-match': `"${mail.version}"` };
    expect((await colleague.post(path, { leadId: lead.id }, version)).status).toBe(403);
    expect((await officer.post(path, { leadId: newId() }, version)).status).toBe(400);
    const { status, body } = await officer.post<InboundMailDetail>(path, { leadId: lead.id }, version);
    expect([status, body.state, body.matchedBy, body.lead?.id]).toEqual([200, 'matched', 'person', lead.id]);
    expect(await timelineOf(lead.id)).toContain('mail_received');
    const again = { 'if-match': `"${body.version}"` };
    expect((await officer.post(path, { leadId: lead.id }, again)).status).toBe(409);
    expect((await officer.post(path, { leadId: lead.id }, version)).status).toBe(412);
  });

  const given = async (lead: { id: string }) => {
    const from = `wrong-${newId()}@elsewhere.test`;
    await handOver(t, await fixtureMail(t, 'outlook-reply', { from }));
    const mail = (await unmatched()).find(({ fromAddress }) => fromAddress === from)!;
    return (await assign(mail, lead.id)).body;
  };
  const assign = (mail: { id: string; version: number }, leadId: string) =>
    officer.post<InboundMailDetail & { code?: string }>(
      `/api/v1/inbound-mails/${mail.id}/assign`,
      { leadId },
      { 'if-match': `"${mail.version}"` },
    );

  test('move what went to a wrong lead: nothing of it stays there but that it went', async () => {
    const [{ lead: wrong }, { lead: right }] = [await givenInvestor(), await givenInvestor()];
    const moved = await assign(await given(wrong), right.id);
    expect([moved.status, moved.body.lead?.id]).toEqual([200, right.id]);
    expect(await timelineOf(wrong.id)).not.toContain('mail_received');
    expect(await timelineOf(wrong.id)).toContain('mail_moved_away');
    expect(await timelineOf(right.id)).toContain('mail_received');
    const lines = await rows(`SELECT lead_id FROM activity WHERE lead_id IN ($1, $2)`, wrong.id, right.id);
    expect(lines).toEqual([{ lead_id: right.id }]);
    expect(await statesOf(t, wrong.id)).toEqual([expect.stringMatching(/^mail:.+: cancelled/)]);
    expect(await statesOf(t, right.id)).toEqual([expect.stringMatching(/^mail:.+: pending/)]);
    expect((await leadOf(t, wrong.id)).nextAction).toBeNull();
    expect((await leadOf(t, right.id)).nextAction).not.toBeNull();
    // and back again
    expect((await assign(moved.body, wrong.id)).status).toBe(200);
    const tasks = await statesOf(t, wrong.id);
    expect(tasks).toHaveLength(2);
    expect(tasks.filter((state) => state.endsWith(': pending'))).toHaveLength(1);
  });

  test('are told why a mail stays: it answers a letter, stopped a follow-up, or was answered', async () => {
    const { lead: other } = await givenInvestor();
    const { message } = await givenInvestor();
    await handOver(t, await fixtureMail(t, 'gmail-reply', { message }));
    const { id, version } = (await mailOf(message.id)) as { id: string; version: number };
    const proven = await assign({ id, version }, other.id);
    expect([proven.status, proven.body.code]).toEqual([409, 'inbound_mail_proven']);
    const { lead: followed } = await givenSequence();
    const stopping = await assign(await given(followed), other.id);
    expect([stopping.status, stopping.body.code]).toEqual([409, 'inbound_mail_stopped_follow_up']);
    const { lead: answered } = await givenInvestor();
    const mail = await given(answered);
    await t.db.execute(`UPDATE reminder SET status = 'done', closed_at = $2 WHERE lead_id = $1`, [
      answered.id,
      t.clock.now(),
    ]);
    const done = await assign(mail, other.id);
    expect([done.status, done.body.code]).toEqual([409, 'inbound_mail_answered']);
    expect(await timelineOf(answered.id)).toContain('mail_received');
  });

  test('set aside what is nothing, and take it back', async () => {
    const from = `spam-${newId()}@elsewhere.test`;
    await handOver(t, await fixtureMail(t, 'outlook-reply', { from }));
    const mail = (await unmatched()).find(({ fromAddress }) => fromAddress === from)!;
    const path = `/api/v1/inbound-mails/${mail.id}`;
    const aside = await officer.post<InboundMailDetail>(
      `${path}/set-aside`,
      {},
      { 'if-match': `"${mail.version}"` },
    );
    expect(aside.body.state).toBe('set_aside');
    const back = await officer.post<InboundMailDetail>(
      `${path}/take-back`,
      {},
      { 'if-match': `"${aside.body.version}"` },
    );
    expect(back.body.state).toBe('unmatched');
  });
});

test('a person who is forgotten leaves the row, and nothing in it', async () => {
  const { contact, lead, message } = await givenInvestor();
  await handOver(t, await fixtureMail(t, 'attachment-only', { message }));
  await handOver(t, await fixtureMail(t, 'gmail-reply', { message }));
  const gone = new PersonErased(contact.id, contact.firmId, [contact.fullName, contact.email!]);
  await t.asSystem(() => t.db.transaction(() => t.get(Events).publish(gone)));
  const left = await rows(
    `SELECT from_address || from_name || to_addresses || subject || text || words AS said FROM inbound_mail WHERE message_id = $1`,
    message.id,
  );
  expect(left).toEqual([{ said: '' }, { said: '' }]);
  const files = await rows(
    `SELECT 1 AS one FROM inbound_attachment a JOIN inbound_mail i ON i.id = a.mail_id WHERE i.message_id = $1`,
    message.id,
  );
  expect(files).toEqual([]);
  const told = await rows(
    `SELECT data::text AS data FROM timeline_entry WHERE lead_id = $1 AND kind = 'mail_received'`,
    lead.id,
  );
  expect(told).toHaveLength(2);
  expect(JSON.stringify(told)).not.toMatch(/Vương Lệ|quan tâm|Company/);
});
