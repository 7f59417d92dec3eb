import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsentService } from '../../src/modules/directory/consent.service.js';
import { DailyPromotionLimit } from '../../src/modules/messaging/daily-promotion-limit.js';
import { DeliveryRecords } from '../../src/modules/messaging/delivery-records.js';
import { DeliverySettings } from '../../src/modules/messaging/delivery-settings.js';
import { InFlight } from '../../src/modules/messaging/in-flight.js';
import type { Message } from '../../src/modules/messaging/message.entity.js';
import { MessageSender } from '../../src/modules/messaging/message-sender.js';
import { SendMessageJob } from '../../src/modules/messaging/send-message.job.js';
import { SweepMessagesJob } from '../../src/modules/messaging/sweep-messages.job.js';
import { Timeline } from '../../src/modules/leads/timeline/timeline.service.js';
import { Calendar } from '../../src/platform/calendar/calendar.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { givenMessage, messageOf, startMailServer, type MailServer } from '../factories/messaging.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

const MINUTE = 60_000;

let t: TestApp;
let smtp: MailServer;

/** A worker's handlers with their own idea of what is in flight, as another process has. */
function worker(app: TestApp = t, calendar: Pick<Calendar, 'view'> = app.get(Calendar)) {
  const flying = new InFlight();
  const send = new SendMessageJob(
    app.get(DeliveryRecords),
    app.get(MessageSender),
    app.get(DailyPromotionLimit),
    calendar as Calendar,
    app.clock,
    flying,
  );
  const sweep = new SweepMessagesJob(
    app.db,
    app.clock,
    app.get(JobQueue),
    app.get(Timeline),
    flying,
    app.get(DeliverySettings),
  );
  return {
    send: (...messages: Pick<Message, 'id'>[]) =>
      app.asSystem(() => Promise.all(messages.map(({ id }) => send.handle({ messageId: id })))),
    sweep: () => app.asSystem(() => sweep.handle()),
  };
}

async function withdraw(contactId: string): Promise<void> {
  await t.asSystem(() =>
    t
      .get(ConsentService)
      .record({ contactId, purpose: 'promotion_mail', action: 'withdrawn', channel: 'one_click' }),
  );
}

beforeAll(async () => {
  smtp = await startMailServer();
  t = await startApp({
    env: {
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Sở Công Thương <xt@ccn.example.vn>',
      APP_URL: 'https://ccn.example.vn',
      MAIL_PER_DOMAIN_PER_HOUR: '5',
      MAIL_PER_DAY: '1000',
    },
  });
});
beforeEach(() => {
  t.clock.set(DEFAULT_NOW);
});
afterEach(() => {
  smtp.received = [];
  smtp.answer = 250;
  smtp.whileReceiving = undefined;
});
afterAll(async () => {
  await t.close();
  await smtp.close();
});

describe('one mail', () => {
  it('goes out whole, and stands in the lead’s timeline', async () => {
    const officer = await t.http.as('officer', 'Hoàng Thị Lan');
    const contact = await givenContact(t, { fullName: 'Nguyễn Văn "An", MBA', consent: 'given' });
    const lead = await givenLead(t, {
      firmId: contact.firmId,
      ownerId: officer.userId!,
      primaryContactId: contact.id,
      source: 'enquiry',
    });
    const message = await givenMessage(t, { contactId: contact.id, leadId: lead.id });
    t.clock.advance(MINUTE);
    await worker().send(message);
    const [mail] = smtp.received;
    expect(mail!.from?.value[0]).toMatchObject({
      name: 'Hoàng Thị Lan (Sở Công Thương)',
      address: 'xt@ccn.example.vn',
    });
    expect(mail!.replyTo?.value[0]).toMatchObject({ name: 'Hoàng Thị Lan', address: message.replyTo });
    expect([mail!.to].flat()[0]?.value[0]).toMatchObject({
      name: 'Nguyễn Văn "An", MBA',
      address: contact.email,
    });
    expect(mail!.messageId).toBe(`<${message.id}@ccn.example.vn>`);
    const header = (name: string) => mail!.headerLines.find(({ key }) => key === name)?.line;
    expect(header('list-unsubscribe')?.replace(/\s+/g, ' ')).toMatch(
      /^List-Unsubscribe: <https:\/\/ccn\.example\.vn\/u\/[\w-]{43}>$/,
    );
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(mail!.subject).toBe(message.subject);
    expect(mail!.text?.trim()).toBe(message.bodyText.trim());
    expect(mail!.html).toContain('https://ccn.example.vn/r/');
    expect(await messageOf(t, message.id)).toMatchObject({
      status: 'sent',
      sentAt: t.clock.now(),
      attempts: 1,
      errorCode: null,
    });
    const timeline = await t.db.query(
      `SELECT kind, ref_id FROM timeline_entry WHERE lead_id = $1 AND ref_type = 'message'`,
      [lead.id],
    );
    expect(timeline).toEqual([{ kind: 'mail_sent', ref_id: message.id }]);
    const [row] = await t.db.query<{ at: Date }>(`SELECT acknowledged_at AS at FROM lead WHERE id = $1`, [
      lead.id,
    ]);
    expect(row!.at).toEqual(t.clock.now());
  });

  it('to an officer says that it is automatic', async () => {
    const officer = await t.http.as('officer', 'Notice');
    await worker().send(
      await givenMessage(t, {
        userId: officer.userId!,
        templateCode: 'officer-task',
        facts: { task: { titleVi: 'Gọi điện', titleEn: 'Call', dueAt: DEFAULT_NOW } },
      }),
    );
    expect(smtp.received[0]!.headerLines.find(({ key }) => key === 'auto-submitted')?.line).toBe(
      'Auto-Submitted: auto-generated',
    );
    expect(smtp.received[0]!.subject).toMatch(/^Việc cần làm: Gọi điện/);
  });

  it('is not sent before its time, nor twice', async () => {
    const message = await givenMessage(t, { notBefore: new Date(DEFAULT_NOW.getTime() + MINUTE) });
    await worker().send(message);
    expect(smtp.received).toHaveLength(0);
    t.clock.advance(MINUTE);
    await worker().send(message);
    await worker().send(message);
    expect(smtp.received).toHaveLength(1);
  });
});

describe('workers that compete', () => {
  it('send each of many once', async () => {
    const made = await Promise.all(Array.from({ length: 40 }, () => givenMessage(t)));
    const other = await startApp({
      database: t.database,
      env: { SMTP_URL: smtp.url, APP_URL: 'https://ccn.example.vn' },
    });
    try {
      await Promise.all([
        worker().send(...made),
        worker(other).send(...made.toReversed()),
        worker().send(...made),
      ]);
      // a claim that met another's lock leaves the message to the sweep
      await worker().send(...made);
    } finally {
      await other.close();
    }
    expect(smtp.received.map((mail) => mail.messageId).sort()).toEqual(
      made.map((message) => message.messageIdHeader).sort(),
    );
  });

  it('send a person three promotion mails a day, and the others on the next working day', async () => {
    const contact = await givenContact(t, { consent: 'given' });
    const made = await Promise.all(
      Array.from({ length: 6 }, () => givenMessage(t, { contactId: contact.id })),
    );
    await Promise.all([worker().send(...made), worker().send(...made.toReversed())]);
    for (let round = 0; round < 3; round++) {
      t.clock.advance(6 * MINUTE);
      await worker().send(...made);
    }
    expect(smtp.received).toHaveLength(3);
    const waiting = (await Promise.all(made.map(({ id }) => messageOf(t, id)))).filter(
      ({ status }) => status === 'queued',
    );
    expect(waiting.map(({ notBefore, errorCode }) => [notBefore.toISOString(), errorCode])).toEqual(
      Array.from({ length: 3 }, () => ['2026-03-03T01:00:00.000Z', 'daily_limit']),
    );
    t.clock.set(new Date('2026-03-03T01:00:00Z'));
    await worker().send(...waiting);
    expect(smtp.received).toHaveLength(6);
  });

  it('count a mailbox that several people share as one', async () => {
    const people = await Promise.all(
      ['office@shared.test', 'Office@Shared.Test', 'office@shared.test'].map((email) =>
        givenContact(t, { email, consent: 'given' }),
      ),
    );
    const made = await Promise.all(
      people.flatMap(({ id }) => [
        givenMessage(t, { contactId: id }),
        givenMessage(t, { contactId: id, templateCode: 'enquiry-acknowledgement' }),
        givenMessage(t, { contactId: id }),
      ]),
    );
    await Promise.all([worker().send(...made), worker().send(...made.toReversed())]);
    for (let round = 0; round < 3; round++) {
      t.clock.advance(61 * MINUTE);
      await worker().send(...made);
    }
    const after = await Promise.all(made.map(({ id }) => messageOf(t, id)));
    const left = (purpose: string) =>
      after.filter((one) => one.purpose === purpose && one.status === 'sent').length;
    expect([left('promotion'), left('service'), smtp.received.length]).toEqual([3, 3, 6]);
  });

  it('put off what is over a domain’s hourly limit', async () => {
    const made = [];
    for (let index = 0; index < 8; index++)
      made.push(
        await givenMessage(t, {
          contactId: (await givenContact(t, { email: `c${index}@one-domain.test`, consent: 'given' })).id,
        }),
      );
    await worker().send(...made);
    expect(smtp.received).toHaveLength(5);
    const waiting = (await Promise.all(made.map(({ id }) => messageOf(t, id)))).filter(
      ({ status }) => status === 'queued',
    );
    expect(
      waiting.map(({ notBefore, attempts, errorCode }) => [notBefore.toISOString(), attempts, errorCode]),
    ).toEqual(Array.from({ length: 3 }, () => ['2026-03-02T04:00:00.000Z', 0, 'throttled']));
    t.clock.set(new Date('2026-03-02T04:00:00Z'));
    await worker().send(...waiting);
    expect(smtp.received).toHaveLength(8);
  });
});

describe('what changed since the message was made', () => {
  it('an opt-out before the sending ends it', async () => {
    const message = await givenMessage(t);
    // behind the back of the listener, as a worker sees it that read the queue before
    await t.db.execute(
      `INSERT INTO consent (id, contact_id, purpose, action, channel, recorded_at) VALUES (gen_random_uuid(), $1, 'promotion_mail', 'withdrawn', 'one_click', $2)`,
      [message.contactId, new Date(DEFAULT_NOW.getTime() + 1)],
    );
    await worker().send(message);
    expect(smtp.received).toHaveLength(0);
    expect(await messageOf(t, message.id)).toMatchObject({ status: 'cancelled', errorCode: 'opted_out' });
  });

  it('an opt-out in the middle of a batch ends what has not gone', async () => {
    const contact = await givenContact(t, { consent: 'given' });
    const [first, second] = [
      await givenMessage(t, { contactId: contact.id }),
      await givenMessage(t, { contactId: contact.id }),
    ];
    smtp.whileReceiving = () => withdraw(contact.id);
    await worker().send(first);
    await worker().send(second);
    expect(smtp.received).toHaveLength(1);
    expect((await messageOf(t, first.id)).status).toBe('sent');
    expect((await messageOf(t, second.id)).status).toBe('cancelled');
  });

  it('an opt-out of the mailbox right after the claim ends it, however fresh the claim; service mail goes', async () => {
    const people = [
      await givenContact(t, { email: 'quay@counter.test', consent: 'given' }),
      await givenContact(t, { email: 'Quay@Counter.test', consent: 'given' }),
    ] as const;
    const contactId = people[0].id;
    const promotion = await givenMessage(t, { contactId });
    const service = await givenMessage(t, { contactId, templateCode: 'enquiry-acknowledgement' });
    t.get(DeliverySettings).askAgainAfterMs = 60_000;
    const view = t.get(Calendar);
    // between the claim and the turn at the mail server
    const inBetween = async () => {
      await withdraw(people[1].id);
      return view.view();
    };
    await worker(t, { view: inBetween }).send(promotion);
    await worker().send(service);
    t.get(DeliverySettings).askAgainAfterMs = 500;
    expect(await messageOf(t, promotion.id)).toMatchObject({ status: 'cancelled', errorCode: 'opted_out' });
    expect((await messageOf(t, service.id)).status).toBe('sent');
    expect(smtp.received).toHaveLength(1);
  });

  it('promotion never leaves after hours', async () => {
    const message = await givenMessage(t);
    t.clock.set(new Date('2026-03-06T10:30:00Z'));
    await worker().send(message);
    expect(await messageOf(t, message.id)).toMatchObject({
      status: 'queued',
      attempts: 0,
      notBefore: new Date('2026-03-09T01:00:00Z'),
      errorCode: 'outside_working_hours',
    });
    expect(smtp.received).toHaveLength(0);
  });
});

describe('a mail server that', () => {
  it('says “later” is asked again with growing waits, and after three days no more', async () => {
    smtp.answer = 451;
    const message = await givenMessage(t, { templateCode: 'enquiry-acknowledgement' });
    const waits: number[] = [];
    for (;;) {
      await worker().send(message);
      const now = await messageOf(t, message.id);
      if (now.status !== 'queued') break;
      expect(now.errorCode).toBe('smtp_451');
      waits.push((now.notBefore.getTime() - t.clock.now().getTime()) / MINUTE);
      t.clock.set(now.notBefore);
    }
    expect(waits.slice(0, 6)).toEqual([1, 5, 15, 60, 240, 240]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(72 * 60);
    expect(await messageOf(t, message.id)).toMatchObject({ status: 'failed', errorCode: 'smtp_451' });
  });

  it('is away for a day gets everything once it is back', async () => {
    smtp.answer = 'drop-before-data';
    const made = await Promise.all(
      Array.from({ length: 5 }, () => givenMessage(t, { templateCode: 'enquiry-acknowledgement' })),
    );
    await worker().send(...made);
    t.clock.advance(24 * 60 * MINUTE);
    await worker().send(...made);
    expect((await messageOf(t, made[0]!.id)).status).toBe('queued');
    smtp.answer = 250;
    t.clock.advance(5 * MINUTE);
    await worker().send(...made);
    expect(smtp.received).toHaveLength(5);
  });

  it('refuses the address bounces: the person is marked and nothing else goes there', async () => {
    const contact = await givenContact(t, { consent: 'given' });
    const lead = await givenLead(t, { firmId: contact.firmId, primaryContactId: contact.id });
    const [message, other] = [
      await givenMessage(t, { contactId: contact.id, leadId: lead.id }),
      await givenMessage(t, { contactId: contact.id }),
    ];
    smtp.answer = { atRecipient: 550 };
    await worker().send(message);
    expect(await messageOf(t, message.id)).toMatchObject({
      status: 'bounced',
      errorCode: 'smtp_550',
      sentAt: null,
    });
    expect(await messageOf(t, other.id)).toMatchObject({ status: 'cancelled', errorCode: 'bounced_address' });
    const [row] = await t.db.query(`SELECT email_state FROM contact WHERE id = $1`, [contact.id]);
    expect(row).toEqual({ email_state: 'bounced' });
    const kinds = await t.db.query(
      `SELECT kind FROM timeline_entry WHERE lead_id = $1 AND ref_type = 'message'`,
      [lead.id],
    );
    expect(kinds).toEqual([{ kind: 'mail_bounced' }]);
  });

  it('refuses the content fails, and the address stays good', async () => {
    smtp.answer = 554;
    const message = await givenMessage(t);
    await worker().send(message);
    expect(await messageOf(t, message.id)).toMatchObject({ status: 'failed', errorCode: 'smtp_554' });
    const [row] = await t.db.query(`SELECT email_state FROM contact WHERE id = $1`, [message.contactId]);
    expect(row).toEqual({ email_state: 'ok' });
  });

  it('vanishes after the DATA leaves an investor’s mail unknown, and gets an officer’s again under the same Message-ID', async () => {
    smtp.answer = 'drop';
    const officer = await t.http.as('officer', 'Vanish');
    const [mail, notice] = [
      await givenMessage(t),
      await givenMessage(t, { userId: officer.userId!, templateCode: 'officer-task' }),
    ];
    await worker().send(mail, notice);
    smtp.answer = 250;
    expect((await messageOf(t, mail.id)).status).toBe('unknown');
    t.clock.advance(2 * MINUTE);
    await worker().send(mail, notice);
    expect((await messageOf(t, mail.id)).status).toBe('unknown');
    expect((await messageOf(t, notice.id)).status).toBe('sent');
    const ids = smtp.received.map(({ messageId }) => messageId);
    expect(ids.filter((id) => id === notice.messageIdHeader)).toHaveLength(2);
    expect(ids.filter((id) => id === mail.messageIdHeader)).toHaveLength(1);
  });
});

describe('what a dead worker left behind', () => {
  it('becomes unknown after the lease; a notice goes again', async () => {
    const officer = await t.http.as('officer', 'Lease');
    const lead = await givenLead(t);
    const [mail, notice] = [
      await givenMessage(t, { leadId: lead.id }),
      await givenMessage(t, { userId: officer.userId!, templateCode: 'officer-task' }),
    ];
    await Promise.all([mail, notice].map(({ id }) => t.get(DeliveryRecords).claim(id)));
    t.clock.advance(9 * MINUTE);
    await worker().sweep();
    expect((await messageOf(t, mail.id)).status).toBe('sending');
    t.clock.advance(2 * MINUTE);
    await worker().sweep();
    expect(await messageOf(t, mail.id)).toMatchObject({ status: 'unknown', errorCode: 'interrupted' });
    await worker().send(mail, notice);
    expect(smtp.received.map(({ messageId }) => messageId)).toEqual([notice.messageIdHeader]);
    expect(
      await t.db.query(`SELECT kind FROM timeline_entry WHERE lead_id = $1 AND ref_type = 'message'`, [
        lead.id,
      ]),
    ).toEqual([{ kind: 'mail_unknown' }]);
  });

  it('is never what this worker still sends, however the clock jumps; and the truth wins when it comes late', async () => {
    const [own, others] = [await givenMessage(t), await givenMessage(t)];
    const mine = worker();
    smtp.whileReceiving = async () => {
      t.clock.advance(48 * 60 * MINUTE);
      await mine.sweep();
      smtp.whileReceiving = undefined;
    };
    await mine.send(own);
    expect((await messageOf(t, own.id)).status).toBe('sent');
    t.clock.set(DEFAULT_NOW);
    smtp.whileReceiving = async () => {
      t.clock.advance(48 * 60 * MINUTE);
      await worker().sweep();
      expect((await messageOf(t, others.id)).status).toBe('unknown');
    };
    await mine.send(others);
    expect((await messageOf(t, others.id)).status).toBe('sent');
    expect(smtp.received).toHaveLength(2);
  });

  it('is nothing when a worker that lives fails before it hands anything over: the next may try', async () => {
    const mail = await givenMessage(t);
    const lost = worker(t, { view: () => Promise.reject(new Error('the database is away')) });
    await expect(lost.send(mail)).rejects.toThrow();
    expect(await messageOf(t, mail.id)).toMatchObject({
      status: 'queued',
      attempts: 0,
      errorCode: 'interrupted',
    });
    await worker().send(mail);
    expect(smtp.received).toHaveLength(1);
  });

  it('leaves the queue empty: the sweep finds every due message', async () => {
    const made = await Promise.all(Array.from({ length: 3 }, () => givenMessage(t)));
    const { enqueued } = await worker().sweep();
    expect(enqueued).toBeGreaterThanOrEqual(made.length);
  });

  it('does not undo its neighbours when one cannot be recorded', async () => {
    t.get(DeliverySettings).databaseRetryMs = [1];
    const made = await Promise.all(Array.from({ length: 3 }, () => givenMessage(t)));
    await t.db.query(
      `CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.status = 'sent' AND NEW.id = '${made[1]!.id}' THEN RAISE 'refused'; END IF; RETURN NEW; END $$`,
    );
    await t.db.query(
      `CREATE TRIGGER refuse_one BEFORE UPDATE ON message FOR EACH ROW EXECUTE FUNCTION refuse_one()`,
    );
    await worker()
      .send(...made)
      .catch(() => undefined);
    await t.db.query(`DROP TRIGGER refuse_one ON message; DROP FUNCTION refuse_one()`);
    const statuses = async () =>
      (await Promise.all(made.map(({ id }) => messageOf(t, id)))).map(({ status }) => status);
    expect(await statuses()).toEqual(['sent', 'sending', 'sent']);
  });
});
