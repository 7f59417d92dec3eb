import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { answerToken, type TokenPurpose } from '../../src/modules/messaging/answer-token.rules.js';
import { DailyPromotionLimit } from '../../src/modules/messaging/daily-promotion-limit.js';
import { DeliveryRecords } from '../../src/modules/messaging/delivery-records.js';
import { InFlight } from '../../src/modules/messaging/in-flight.js';
import { MessageSender } from '../../src/modules/messaging/message-sender.js';
import { SendMessageJob } from '../../src/modules/messaging/send-message.job.js';
import { Erasure } from '../../src/modules/privacy/erasure.service.js';
import { Calendar } from '../../src/platform/calendar/calendar.js';
import { givenMessage, startMailServer, type MailServer } from '../factories/messaging.js';
import { fixtureMail, handOver, INBOX_ADDRESS, INBOX_SECRET } from '../factories/inbox.js';
import {
  FORM,
  givenParty,
  openCase,
  PDF,
  press,
  sentCaseLink,
  upload,
  type Party,
} from '../portal/case-client.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let smtp: MailServer;
let address = 0;

const stranger = () => ({ 'x-forwarded-for': `10.9.${(address += 1) >> 8}.${address & 255}` });
const token = (messageId: string, purpose: TokenPurpose) =>
  answerToken(messageId, purpose, t.config.secretKey);
const erase = ({ contact }: Party) => t.asSystem(() => t.get(Erasure).erase(contact.id));

beforeAll(async () => {
  smtp = await startMailServer();
  t = await startApp({
    env: {
      SMTP_URL: smtp.url,
      TRUST_PROXY: '127.0.0.1',
      INBOX_ADDRESS,
      INBOUND_MAIL_SECRET: INBOX_SECRET,
    },
  });
});
afterEach(() => {
  smtp.whileReceiving = undefined;
});
afterAll(async () => {
  await t.close();
  await smtp.close();
});

/** Everything of these tables that has one of the words, as `table: row`. */
async function rowsWith(...words: string[]): Promise<string[]> {
  const tables = await t.db.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const found = await Promise.all(
    tables.map(({ name }) =>
      t.db.query<{ row: string }>(
        `SELECT '${name}: ' || x::text AS row FROM "${name}" x
          WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) w WHERE strpos(lower(x::text), lower(w)) > 0)`,
        [words],
      ),
    ),
  );
  return found.flat().map(({ row }) => row);
}

describe('whoever is erased', () => {
  test('while a mail is on its way is named in no trace of it', async () => {
    const party = await givenParty(t);
    const { id } = await givenMessage(t, { contactId: party.contact.id, leadId: party.lead.id });
    smtp.whileReceiving = async () => {
      smtp.whileReceiving = undefined;
      await erase(party);
    };
    t.clock.advance(60_000);
    const job = new SendMessageJob(
      t.get(DeliveryRecords),
      t.get(MessageSender),
      t.get(DailyPromotionLimit),
      t.get(Calendar),
      t.clock,
      new InFlight(),
    );
    await t.asSystem(() => job.handle({ messageId: id }));
    const [row] = await t.db.query(`SELECT status, to_address FROM message WHERE id = $1`, [id]);
    expect(row).toEqual({ status: 'sent', to_address: '' });
    expect(await rowsWith(party.contact.fullName, party.contact.email!)).toEqual([]);
  });

  test('is asked, told and recorded nothing by the links of old mails; opting out is thanked', async () => {
    const party = await givenParty(t);
    const { id } = await givenMessage(t, { contactId: party.contact.id, leadId: party.lead.id });
    const cased = await sentCaseLink(t, party);
    const { path, cookie } = await openCase(t, party);
    await erase(party);
    const counts = () =>
      t.db.query(
        `SELECT (SELECT count(*) FROM message_answer) AS answers, (SELECT count(*) FROM mail_preference) AS choices, (SELECT count(*) FROM consent) AS consents,
                (SELECT count(*) FROM message) AS messages, (SELECT count(*) FROM meeting) AS meetings, (SELECT count(*) FROM timeline_entry) AS lines,
                (SELECT count(*) FROM case_session) AS sessions`,
      );
    const before = await counts();
    const open = async (url: string, body?: string, headers: Record<string, string> = FORM) => {
      const all = { ...headers, ...stranger() };
      const { status } =
        body === undefined
          ? await t.http.anonymous.get(url, all)
          : await t.http.anonymous.post(url, body, all);
      return status;
    };
    const answer = `/r/${token(id, 'answer')}`;
    expect(await open(answer)).toBe(404);
    expect(await open(answer, 'answer=interested&text=Xin+gọi+0912345678')).toBe(404);
    expect(await open(`${answer}/visit`)).toBe(404);
    expect(await open(`${answer}/visit.ics`)).toBe(404);
    expect(await open(`${answer}/visit`, 'act=ask&note=Xin+chào')).toBe(404);
    expect(await open(`/p/${token(id, 'preferences')}`)).toBe(404);
    expect(await open(`/p/${token(id, 'preferences')}`, 'topics=rounds&language=vi&frequency=each')).toBe(
      404,
    );
    expect(await open(`/u/${token(id, 'opt_out')}`)).toBe(200);
    expect(await open(`/u/${token(id, 'opt_out')}`, 'List-Unsubscribe=One-Click')).toBe(200);
    expect([200, 404]).toContain((await press(t, cased)).status);
    expect(await open(path, undefined, { ...FORM, cookie })).toBe(404);
    expect(await open(`${path}/requests`, 'kind=copy', { ...FORM, cookie })).toBe(404);
    expect(await counts()).toEqual(before);
  });

  test('at the very moment of an act leaves nothing of it behind', async () => {
    const party = await givenParty(t);
    const { id } = await givenMessage(t, { contactId: party.contact.id, leadId: party.lead.id });
    await t.db.execute(`UPDATE message SET status = 'sent', sent_at = $2 WHERE id = $1`, [id, t.clock.now()]);
    const { path, cookie } = await openCase(t, party);
    const words = 'bi-mat-cua-toi';
    const file = upload({ title: words }, { name: `${words}.pdf`, content: PDF });
    const [message] = await t.db.query<{ id: string; toAddress: string; messageIdHeader: string }>(
      `SELECT id, to_address AS "toAddress", message_id_header AS "messageIdHeader" FROM message WHERE id = $1`,
      [id],
    );
    const mail = await fixtureMail(t, 'qq-reply', { message });
    const statuses = await Promise.all([
      t.http.anonymous.post(`/r/${token(id, 'answer')}`, `answer=call_me&text=${words}`, {
        ...FORM,
        ...stranger(),
      }),
      t.http.anonymous.post(`/r/${token(id, 'answer')}/visit`, `act=ask&note=${words}`, {
        ...FORM,
        ...stranger(),
      }),
      t.http.anonymous.post(`${path}/obstacles`, `category=other&title=${words}`, {
        ...FORM,
        cookie,
        ...stranger(),
      }),
      t.http.anonymous.post(`${path}/documents`, file.body, { ...file.headers, cookie, ...stranger() }),
      t.http.anonymous.post(`${path}/requests`, `kind=restrict&text=${words}`, {
        ...FORM,
        cookie,
        ...stranger(),
      }),
      handOver(t, mail),
      erase(party).then(() => ({ status: 200 })),
    ]);
    expect(statuses.map(({ status }) => status < 500)).toEqual(statuses.map(() => true));
    const left = await rowsWith(party.contact.fullName, party.contact.email!, words);
    // what comes after the erasure comes from somebody whom nobody knows
    expect(left.filter((row) => !/^(inbound_mail|audit_entry):.*inbox\+/s.test(row))).toEqual([]);
  });
});
