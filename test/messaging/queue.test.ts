import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MessagesService } from '../../src/modules/messaging/messages.service.js';
import { givenContact } from '../factories/directory.js';
import { messageOf, startMailServer, until, type MailServer } from '../factories/messaging.js';
import { startApp, type TestApp } from '../support/harness.js';
import { queueBackends, startRedisIfAvailable, type RunningRedis } from '../support/redis.js';

describe.each(queueBackends())('sending through the queue on %s', (backend) => {
  let t: TestApp;
  let smtp: MailServer;
  let redis: RunningRedis | null = null;

  beforeAll(async () => {
    smtp = await startMailServer();
    redis = backend === 'redis' ? await startRedisIfAvailable() : null;
    const env = {
      SMTP_URL: smtp.url,
      APP_URL: 'https://ccn.example.vn',
      ...(redis && { REDIS_URL: redis.url }),
    };
    t = await startApp({ worker: true, env });
  });
  afterAll(async () => {
    await t.close();
    await smtp.close();
    await redis?.stop();
  });

  it('sends what was committed, once, and records it', async () => {
    const contact = await givenContact(t);
    const drafts = Array.from({ length: 60 }, (_, index) => ({
      dedupeKey: `queue:${index}`,
      templateCode: 'enquiry-acknowledgement',
      contactId: contact.id,
    }));
    const { created } = await t.asSystem(() => t.get(MessagesService).create(drafts));
    const open = async () =>
      (await t.db.query(`SELECT 1 FROM message WHERE id = ANY($1::uuid[]) AND status <> 'sent'`, [created]))
        .length;
    await until(async () => (await open()) === 0, 30_000);
    const ids = new Set(smtp.received.map(({ messageId }) => messageId));
    expect(ids.size).toBe(60);
    expect(smtp.received).toHaveLength(60);
    expect((await messageOf(t, created[0]!)).attempts).toBe(1);
  });

  it('sends nothing of a transaction that failed', async () => {
    const contact = await givenContact(t);
    const before = smtp.received.length;
    const failing = t.db.transaction(async () => {
      await t
        .get(MessagesService)
        .create([{ dedupeKey: 'undone', templateCode: 'enquiry-acknowledgement', contactId: contact.id }]);
      throw new Error('undo');
    });
    await expect(failing).rejects.toThrow('undo');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(smtp.received).toHaveLength(before);
  });
});
