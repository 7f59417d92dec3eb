import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Message } from '../../src/modules/messaging/message.entity.js';
import { givenContact } from '../factories/directory.js';
import { fixtureMail, INBOX_ADDRESS } from '../factories/inbox.js';
import { givenLead, leadOf } from '../factories/leads.js';
import { givenMessage, messageOf, startMailServer, until, type MailServer } from '../factories/messaging.js';
import { startApp, type TestApp } from '../support/harness.js';
import { hasImapServer, startImapServer, type RunningImap } from '../support/imap-server.js';
import { startWorkerProcess } from '../support/worker-process.js';

const SECRET_KEY = 'secret-of-the-mailbox-tests-0123456789';

if (!hasImapServer())
  process.stderr.write(
    'No Dovecot here: reading a real mailbox is NOT tested (apt-get install dovecot-imapd).\n',
  );
const withImap = hasImapServer() ? describe : describe.skip;

withImap('a mailbox', () => {
  let imap: RunningImap;
  let smtp: MailServer;
  let t: TestApp;
  let settings: Record<string, string>;

  beforeAll(async () => {
    [imap, smtp] = await Promise.all([startImapServer(), startMailServer()]);
    settings = {
      IMAP_URL: imap.url,
      INBOX_ADDRESS,
      SMTP_URL: smtp.url,
      SECRET_KEY,
      DISPATCH_EVERY_SECONDS: '1',
      QUEUE_LOCK_SECONDS: '1',
    };
    t = await startApp({ env: settings, worker: true });
  });
  afterAll(async () => {
    await t?.close();
    await Promise.all([imap?.stop(), smtp?.close()]);
  });

  const rows = (statement: string, ...params: unknown[]): Promise<Record<string, unknown>[]> =>
    t.db.query(statement, params);
  const count = async (statement: string, ...params: unknown[]): Promise<number> =>
    (await rows(statement, ...params)).length;

  async function givenLetter(): Promise<Message> {
    const contact = await givenContact(t, { consent: 'given' });
    const { userId } = await t.http.as('officer');
    const lead = await givenLead(t, {
      firmId: contact.firmId,
      primaryContactId: contact.id,
      ownerId: userId,
    });
    return givenMessage(t, { contactId: contact.id, leadId: lead.id });
  }

  test('brings the reply to a letter that went out to the lead it is about', async () => {
    const message = await givenLetter();
    await until(async () => (await messageOf(t, message.id)).status === 'sent');
    const sent = smtp.received.find(({ messageId }) => messageId === message.messageIdHeader)!;
    const replyTo = sent.replyTo!.value[0]!.address!;
    expect(replyTo).toMatch(/^inbox\+[a-z2-7]{42}@agency\.test$/);
    await imap.deliver(await fixtureMail(t, 'gmail-reply', { message, to: replyTo.toUpperCase() }));
    await until(async () => (await leadOf(t, message.leadId!)).nextAction !== null);
    const [mail] = await rows(
      `SELECT kind, state, channel, matched_by FROM inbound_mail WHERE message_id = $1`,
      message.id,
    );
    expect(mail).toEqual({ kind: 'reply', state: 'matched', channel: 'imap', matched_by: 'reply_address' });
    expect(
      await count(
        `SELECT 1 FROM timeline_entry WHERE lead_id = $1 AND kind = 'mail_received'`,
        message.leadId,
      ),
    ).toBe(1);
    const { body } = await t.http.anonymous.get<{ inbox: { ok: boolean; lastReadAt: string } }>(
      '/health/ready',
    );
    expect(body.inbox).toMatchObject({ ok: true, lastReadAt: t.clock.now().toISOString() });
    const flags = await imap.use(async (client) => {
      await client.mailboxOpen('INBOX', { readOnly: true });
      const found = await client.fetchOne('*', { flags: true });
      return found ? [...found.flags!] : null;
    });
    expect(flags!.filter((flag) => flag !== '\\Recent')).toEqual([]);
  });

  test('that cannot be read says so in health, and breaks nothing', async () => {
    const wrong = imap.url.replace(/:[^:@]+@/, ':wrong@');
    const other = await startApp({ env: { ...settings, IMAP_URL: wrong }, worker: true });
    const inbox = async () =>
      (await other.http.anonymous.get<{ inbox: { ok: boolean; reason?: string } }>('/health/ready')).body
        .inbox;
    await until(async () => !(await inbox()).ok);
    expect(await inbox()).toMatchObject({ reason: 'auth_failed', lastReadAt: null });
    await other.close();
  });

  test('reads each mail once, however often it is killed in the middle', async () => {
    await t.close();
    t = await startApp({ env: settings });
    const message = await givenLetter();
    await t.db.execute(`UPDATE message SET status = 'sent', sent_at = $2 WHERE id = $1`, [
      message.id,
      t.clock.now(),
    ]);
    const mails = 60;
    for (let sent = 0; sent < mails; sent++)
      await imap.deliver(
        await fixtureMail(t, 'outlook-reply', { message, from: `person-${sent}@elsewhere.test` }),
      );
    const env = {
      ...settings,
      DATABASE_URL: t.database.url,
      DATA_DIR: t.config.dataDir,
      QUEUE_PREFIX: t.config.queuePrefix,
    };
    const arrived = () => count(`SELECT 1 FROM inbound_mail WHERE message_id = $1`, message.id);
    for (let kills = 1; kills <= 2; kills++) {
      const worker = await startWorkerProcess(env);
      await until(async () => (await arrived()) >= kills * 5, 60_000);
      await worker.kill();
    }
    expect(await arrived()).toBeLessThan(mails);
    const worker = await startWorkerProcess(env);
    await until(async () => (await arrived()) === mails, 60_000);
    await worker.stop();
    expect(await count(`SELECT 1 FROM activity WHERE lead_id = $1 AND incoming`, message.leadId)).toBe(mails);
    expect(
      await count(
        `SELECT 1 FROM timeline_entry WHERE lead_id = $1 AND kind = 'mail_received'`,
        message.leadId,
      ),
    ).toBe(mails);
    expect(
      await count(`SELECT 1 FROM reminder WHERE lead_id = $1 AND step_key LIKE 'mail:%'`, message.leadId),
    ).toBe(mails);
  }, 180_000);
});
