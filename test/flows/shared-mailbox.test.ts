import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Consent } from '../../src/modules/directory/consent.entity.js';
import { ConsentService } from '../../src/modules/directory/consent.service.js';
import { ContactsService } from '../../src/modules/directory/contacts.service.js';
import { tokenLink } from '../../src/modules/messaging/answer-token.rules.js';
import { Message } from '../../src/modules/messaging/message.entity.js';
import { MessagesService } from '../../src/modules/messaging/messages.service.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenContact } from '../factories/directory.js';
import { givenPlan, statesOf, workOffAt } from '../factories/follow-up.js';
import { givenMessage, messageOf } from '../factories/messaging.js';
import { closeRound, givenParticipant, givenRound } from '../factories/promotion.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

describe('two people of two firms read one mailbox', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startApp();
  });
  afterAll(() => t.close());

  async function optOut({ id }: Pick<Message, 'id'>): Promise<void> {
    const { pathname } = new URL(tokenLink(t.config.appUrl, id, 'opt_out', t.config.secretKey));
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await t.http.anonymous.post(pathname, 'List-Unsubscribe=One-Click', form)).status).toBe(200);
  }

  async function closedWith(emails: readonly string[]) {
    const planId = await givenPlan(t);
    const roundId = await givenRound(t);
    const participants = [];
    for (const email of emails) participants.push(await givenParticipant(t, roundId, { email }));
    const closed = await closeRound(t, roundId, { followUpPlanId: planId });
    return { participants, closed };
  }

  const promotionTo = (contactId: string | null) =>
    t.db.repo(Message).find({ where: { contactId: contactId!, purpose: 'promotion' }, order: { id: 'ASC' } });

  async function draftFor(contactId: string): Promise<string[]> {
    const draft = { dedupeKey: newId(), templateCode: 'round-thank-you', contactId };
    const { refused } = await t.asSystem(() => t.get(MessagesService).create([draft]));
    return refused.map(({ reason }) => reason);
  }

  it('one refuses: nothing that advertises goes there any more, and each story says why', async () => {
    t.clock.set(DEFAULT_NOW);
    const {
      participants: [first, second],
    } = await closedWith(['Van.Phong@chung.test', 'van.phong@Chung.test ']);
    await workOffAt(t, '2026-03-04T03:00:00Z');
    const [mail, others] = [
      (await promotionTo(first!.contactId))[0]!,
      (await promotionTo(second!.contactId))[0]!,
    ];
    const service = await givenMessage(t, {
      contactId: second!.contactId!,
      templateCode: 'enquiry-acknowledgement',
    });
    expect([mail.status, others.status]).toEqual(['queued', 'queued']);

    await optOut(mail);

    expect(await messageOf(t, others.id)).toMatchObject({ status: 'cancelled', errorCode: 'opted_out' });
    expect((await messageOf(t, service.id)).status).toBe('queued');
    for (const { leadId } of [first!, second!])
      expect(await statesOf(t, leadId)).toEqual([
        'mail: stopped (consent_withdrawn)',
        'call: stopped (consent_withdrawn)',
      ]);
    expect(
      await t.db.query(`SELECT data FROM timeline_entry WHERE lead_id = $1 AND kind = 'sequence_stopped'`, [
        second!.leadId,
      ]),
    ).toHaveLength(1);
    // the ledger tells what was said, and by whom
    const lines = await t.db.repo(Consent).findBy({ contactId: second!.contactId! });
    expect(lines.map(({ action }) => action)).toEqual(['given']);
    const [line] = await t.db.repo(Consent).findBy({ contactId: first!.contactId!, action: 'withdrawn' });
    expect(line).toMatchObject({ address: 'van.phong@chung.test', channel: 'one_click' });
  });

  it('whoever gets that mailbox later gets none either, until they agree themselves', async () => {
    const late = await givenContact(t, { email: 'VAN.PHONG@chung.test' });
    expect(await draftFor(late.id)).toEqual(['opted_out']);
    const dots = await givenContact(t, { email: 'vanphong@chung.test', consent: 'given' });
    expect(await draftFor(dots.id)).toEqual([]);
    await t.asSystem(() =>
      t.get(ConsentService).record({
        contactId: late.id,
        purpose: 'promotion_mail',
        action: 'given',
        channel: 'officer',
        evidence: 'Phiếu ký 5/3/2026',
      }),
    );
    expect(await draftFor(late.id)).toEqual([]);
    const another = await givenContact(t, { email: 'van.phong@chung.test', consent: undefined });
    expect(await draftFor(another.id)).toEqual(['opted_out']);
  });

  it('a link in an old mail refuses for the mailbox it went to, whatever the contact has now', async () => {
    const [mover, stays] = [
      await givenContact(t, { email: 'le-tan@cu.test', consent: 'given' }),
      await givenContact(t, { email: 'le-tan@cu.test', consent: 'given' }),
    ];
    const old = await givenMessage(t, { contactId: mover.id });
    const waiting = await givenMessage(t, { contactId: stays.id });
    await t.asSystem(() =>
      t.get(ContactsService).change(mover.id, mover.version, { email: 'le-tan@moi.test' }),
    );
    await optOut(old);
    expect((await messageOf(t, waiting.id)).status).toBe('cancelled');
    expect(await draftFor(mover.id)).toEqual(['opted_out']);
    expect(await draftFor(stays.id)).toEqual(['opted_out']);
  });
});
