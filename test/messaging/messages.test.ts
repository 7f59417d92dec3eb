import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentService } from '../../src/modules/directory/consent.service.js';
import { ContactsService } from '../../src/modules/directory/contacts.service.js';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { MessageAnswers } from '../../src/modules/messaging/message-answers.service.js';
import { MessagesService } from '../../src/modules/messaging/messages.service.js';
import { runAs } from '../../src/platform/database/actor.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenCluster, givenContact, givenFirm } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { givenMessage, messageOf } from '../factories/messaging.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let messages: MessagesService;
const DAY = 24 * 3_600_000;

beforeAll(async () => {
  t = await startApp({
    env: { APP_URL: 'https://ccn.example.vn', MAIL_FROM: 'Sở Công Thương <xt@ccn.example.vn>' },
  });
  messages = t.get(MessagesService);
});
afterAll(() => t.close());

describe('making messages', () => {
  it('makes each key once, whoever asks and however often', async () => {
    const contact = await givenContact(t, { consent: 'given' });
    const drafts = Array.from({ length: 20 }, (_, index) => ({
      dedupeKey: `once:${index % 10}`,
      templateCode: 'round-thank-you',
      contactId: contact.id,
    }));
    const results = await Promise.all([
      messages.create(drafts),
      messages.create(drafts.toReversed()),
      messages.create(drafts),
    ]);
    expect(results.flatMap((result) => result.created)).toHaveLength(10);
    expect(new Set(results.map((result) => result.byKey.get('once:3'))).size).toBe(1);
    for (const { byKey } of results) expect(byKey.size).toBe(10);
  });

  it('writes to the person in their language, in the officer’s name, about the lead and its clusters', async () => {
    const officer = await t.http.as('officer', 'Hoàng Thị Lan');
    const firm = await givenFirm(t, { name: 'Công ty <Ánh> & Dương' });
    const contact = await givenContact(t, {
      firmId: firm.id,
      fullName: '王伟',
      language: 'zh',
      consent: 'given',
    });
    const cluster = await givenCluster(t, { name: 'Cụm công nghiệp Thử', areaHa: 12.5 });
    const lead = await givenLead(t, {
      firmId: firm.id,
      ownerId: officer.userId!,
      primaryContactId: contact.id,
      clusterIds: [cluster.id],
    });
    const message = await givenMessage(t, {
      contactId: contact.id,
      leadId: lead.id,
      facts: { round: { name: 'Hội nghị 2026' } },
    });
    expect(message).toMatchObject({
      language: 'zh',
      status: 'queued',
      purpose: 'promotion',
      officerId: officer.userId,
      toAddress: contact.email,
      fromName: 'Hoàng Thị Lan (Sở Công Thương)',
    });
    expect(message.subject).toBe('[AD] 感谢贵公司的关注，随信附上相关资料');
    expect(message.bodyText).toContain('尊敬的王伟：');
    expect(message.bodyText).toContain(
      `Cụm công nghiệp Thử (https://ccn.example.vn/zh/clusters/${cluster.code})，面积12.5公顷`,
    );
    expect(message.bodyText).toContain('工业集群名录: https://ccn.example.vn/zh\n');
    expect(message.bodyHtml).toContain('Công ty &lt;Ánh&gt; &amp; Dương');
    expect(message.bodyText).toContain('Công ty <Ánh> & Dương');
    expect(message.bodyText).toContain(
      `https://ccn.example.vn/u/${answerToken(message.id, 'opt_out', t.config.secretKey)}`,
    );
    expect(message.messageIdHeader).toBe(`<${message.id}@ccn.example.vn>`);
  });

  it('makes none for who did not agree, withdrew, bounced or has no address', async () => {
    const silent = await givenContact(t);
    const withdrawn = await givenContact(t, { consent: 'given' });
    await t.asSystem(() =>
      t.get(ConsentService).record({
        contactId: withdrawn.id,
        purpose: 'promotion_mail',
        action: 'withdrawn',
        channel: 'officer',
      }),
    );
    const bounced = await givenContact(t, { consent: 'given' });
    await t.asSystem(() => t.get(ContactsService).markBounced(bounced.id, t.clock.now()));
    const mute = await givenContact(t, { email: null, consent: 'given' });
    const draft = (contactId: string, templateCode = 'round-thank-you') => ({
      dedupeKey: newId(),
      templateCode,
      contactId,
    });
    const { created, refused } = await messages.create([
      draft(silent.id),
      draft(withdrawn.id),
      draft(bounced.id),
      draft(mute.id),
    ]);
    expect(created).toEqual([]);
    expect(refused.map(({ reason }) => reason)).toEqual([
      'no_consent',
      'opted_out',
      'bounced_address',
      'no_address',
    ]);
    const service = await messages.create([
      draft(withdrawn.id, 'enquiry-acknowledgement'),
      draft(silent.id, 'enquiry-acknowledgement'),
    ]);
    expect(service.created).toHaveLength(2);
  });

  it('keeps promotion for working hours, and service mail for no hours', async () => {
    t.clock.set(new Date('2026-03-06T11:00:00Z'));
    const contact = await givenContact(t, { consent: 'given' });
    expect(await givenMessage(t, { contactId: contact.id })).toMatchObject({
      notBefore: new Date('2026-03-09T01:00:00Z'),
      errorCode: 'outside_working_hours',
    });
    expect(
      (await givenMessage(t, { contactId: contact.id, templateCode: 'enquiry-acknowledgement' })).notBefore,
    ).toEqual(t.clock.now());
    t.clock.set(DEFAULT_NOW);
  });

  it('makes nothing when the caller’s transaction fails', async () => {
    const contact = await givenContact(t, { consent: 'given' });
    const failing = t.db.transaction(async () => {
      await messages.create([
        { dedupeKey: 'undone', templateCode: 'round-thank-you', contactId: contact.id },
      ]);
      throw new Error('undo');
    });
    await expect(failing).rejects.toThrow('undo');
    expect(await t.db.query(`SELECT 1 FROM message WHERE dedupe_key = 'undone'`)).toEqual([]);
  });

  it('answers template_not_found for a template that is not there', async () => {
    await expect(
      messages.create([{ dedupeKey: 'x', templateCode: 'nothing', contactId: newId() }]),
    ).rejects.toMatchObject({ code: 'template_not_found' });
  });

  it('tells officers what happens: a lead handed over, an opt-out', async () => {
    const [one, two] = [await t.http.as('officer', 'An'), await t.http.as('officer', 'Binh')];
    const contact = await givenContact(t, { consent: 'given' });
    const lead = await givenLead(t, {
      firmId: contact.firmId,
      ownerId: one.userId!,
      primaryContactId: contact.id,
    });
    const manager = await t.http.as('manager');
    expect(
      (await manager.post(`/api/v1/leads/${lead.id}/assign`, { ownerId: two.userId })).status,
    ).toBeLessThan(300);
    const investor = { kind: 'investor', id: contact.id, name: 'x', role: null } as const;
    await runAs(investor, () =>
      t.get(ConsentService).record({
        contactId: contact.id,
        purpose: 'promotion_mail',
        action: 'withdrawn',
        channel: 'one_click',
      }),
    );
    const notices = await t.db.query<{ code: string; subject: string }>(
      `SELECT t.code, m.subject FROM message m JOIN template t ON t.id = m.template_id WHERE m.user_id = $1 ORDER BY m.id`,
      [two.userId],
    );
    expect(notices.map(({ code }) => code)).toEqual([
      'officer-lead-handed-over',
      'officer-investor-opted-out',
    ]);
    expect(notices[0]!.subject).toContain(lead.reference);
  });
});

describe('waiting messages', () => {
  it('are taken back, and held', async () => {
    const [one, two] = [await givenMessage(t), await givenMessage(t)];
    expect(await messages.cancel({ ids: [one.id] }, 'lead_lost')).toEqual([one.id]);
    expect(await messageOf(t, one.id)).toMatchObject({ status: 'cancelled', errorCode: 'lead_lost' });
    expect(await messages.cancel({ ids: [one.id] }, 'again')).toEqual([]);
    const until = new Date(DEFAULT_NOW.getTime() + DAY);
    expect(await messages.hold({ ids: [one.id, two.id] }, until)).toBe(1);
    expect((await messageOf(t, two.id)).notBefore).toEqual(until);
  });

  it('of promotion end when the person refuses; service mail stays', async () => {
    const contact = await givenContact(t, { consent: 'given' });
    const promotion = await givenMessage(t, { contactId: contact.id });
    const service = await givenMessage(t, { contactId: contact.id, templateCode: 'enquiry-acknowledgement' });
    await t.asSystem(() =>
      t.get(ConsentService).record({
        contactId: contact.id,
        purpose: 'promotion_mail',
        action: 'withdrawn',
        channel: 'officer',
      }),
    );
    expect(await messageOf(t, promotion.id)).toMatchObject({ status: 'cancelled', errorCode: 'opted_out' });
    expect((await messageOf(t, service.id)).status).toBe('queued');
  });
});

describe('answers', () => {
  const at = DEFAULT_NOW;

  it('are found by their link, for its purpose alone', async () => {
    const answers = t.get(MessageAnswers);
    const message = await givenMessage(t);
    const token = answerToken(message.id, 'answer', t.config.secretKey);
    expect(await answers.findByToken(token, 'answer')).toMatchObject({
      messageId: message.id,
      contactId: message.contactId,
      agencyName: 'Sở Công Thương',
      expired: false,
      given: null,
    });
    expect(await answers.findByToken(token, 'opt_out')).toBeNull();
    expect(
      await answers.findByToken(answerToken(newId(), 'answer', t.config.secretKey), 'answer'),
    ).toBeNull();
  });

  it('count once; another one replaces it', async () => {
    const answers = t.get(MessageAnswers);
    const { id } = await givenMessage(t);
    const both = await Promise.all([
      answers.settleAnswer(id, { answer: 'visit', at }),
      answers.settleAnswer(id, { answer: 'visit', note: ' ', at }),
    ]);
    expect(both.map(({ changed }) => changed).sort()).toEqual([false, true]);
    const changed = await answers.settleAnswer(id, { answer: 'not_now', until: '2026-09-01', at });
    expect(changed).toMatchObject({ changed: true, previous: { answer: 'visit' } });
    expect((await answers.find(id))?.given).toMatchObject({ answer: 'not_now', untilDay: '2026-09-01' });
  });

  it('are refused after 180 days, and for an officer’s notice', async () => {
    const answers = t.get(MessageAnswers);
    const { id } = await givenMessage(t);
    t.clock.advance(181 * DAY);
    await expect(answers.settleAnswer(id, { answer: 'visit', at })).rejects.toMatchObject({
      status: 410,
      code: 'answer_expired',
    });
    t.clock.set(DEFAULT_NOW);
    const officer = await t.http.as('officer');
    const notice = await givenMessage(t, { userId: officer.userId!, templateCode: 'officer-task' });
    await expect(answers.settleAnswer(notice.id, { answer: 'visit', at })).rejects.toMatchObject({
      code: 'message_not_found',
    });
  });
});
