import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { InboundMailDetail } from '../../src/modules/inbox/inbound-mails.dto.js';
import { inboundSignature } from '../../src/modules/inbox/inbound-signature.rules.js';
import { tokenLink } from '../../src/modules/messaging/answer-token.rules.js';
import { replyAddress } from '../../src/modules/messaging/reply-address.rules.js';
import { newId } from '../../src/platform/database/ids.js';
import { compose } from '../../src/platform/mail/compose.js';
import { fixtureMail, handOver, INBOX_ADDRESS, INBOX_SECRET } from '../factories/inbox.js';
import { givenMessage, messageOf } from '../factories/messaging.js';
import { givenParty, type Party } from '../portal/case-client.js';
import { DEFAULT_NOW, startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let party: Party;
let letter: Awaited<ReturnType<typeof messageOf>>;

beforeAll(async () => {
  t = await startApp({ env: { INBOX_ADDRESS, INBOUND_MAIL_SECRET: INBOX_SECRET } });
});
/** Somebody else each time, so that the most of an hour is met only where it is tested. */
beforeEach(async () => {
  t.clock.set(DEFAULT_NOW);
  party = await givenParty(t);
  const { id } = await givenMessage(t, { contactId: party.contact.id, leadId: party.lead.id });
  await t.db.execute(`UPDATE message SET status = 'sent', sent_at = $2 WHERE id = $1`, [id, t.clock.now()]);
  letter = await messageOf(t, id);
});
afterAll(() => t.close());

const marked = () => replyAddress(INBOX_ADDRESS, letter.id, t.config.secretKey);

/** A reply to the letter, with these headers beside or instead of its own. */
function mailOf(headers: string[], body = 'Xin chào', own: Record<string, string> = {}): Buffer {
  const all = {
    from: `Khách <${letter.toAddress}>`,
    to: marked(),
    subject: 'Trả lời',
    'message-id': `<${newId()}@firm.test>`,
    'content-type': 'text/plain; charset=utf-8',
    ...own,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([...headers, ...lines, '', body].join('\r\n'));
}

async function taken(mail: Buffer, within = 5_000): Promise<InboundMailDetail> {
  const began = performance.now();
  const { status, body } = await handOver(t, mail);
  expect([status, body.result]).toEqual([202, 'kept']);
  expect(performance.now() - began).toBeLessThan(within);
  const [row] = await t.db.query<{ id: string }>(`SELECT id FROM inbound_mail ORDER BY id DESC LIMIT 1`);
  return (await (await t.http.as('officer')).get<InboundMailDetail>(`/api/v1/inbound-mails/${row!.id}`)).body;
}

describe('a mail', () => {
  test('with ten thousand lines of its way, or one of a megabyte, is read like any other', async () => {
    const way = Array.from(
      { length: 10_000 },
      (_, n) => `Received: from a${n}.test by b${n}.test; Mon, 2 Mar 2026`,
    );
    expect(await taken(mailOf(way))).toMatchObject({
      kind: 'reply',
      state: 'matched',
      lead: { id: party.lead.id },
    });
    const long = `X-Filler: ${'a '.repeat(500_000)}`;
    expect(await taken(mailOf([long]))).toMatchObject({ kind: 'reply', state: 'matched' });
    const references = `References: ${Array.from({ length: 20_000 }, () => `<${newId()}@x.test>`).join(' ')}`;
    expect(await taken(mailOf([references]))).toMatchObject({ kind: 'reply', state: 'matched' });
  });

  test('to two thousand people is kept with the first of them', async () => {
    const many = Array.from({ length: 2_000 }, (_, n) => `ai-${n}@nhieu.test`).join(', ');
    const mail = await taken(mailOf([`cc: ${many}`]));
    expect(mail.toAddresses.length).toBeLessThanOrEqual(2_000);
    expect(mail).toMatchObject({ state: 'matched', lead: { id: party.lead.id } });
  });

  test('fifty deep, or of a thousand parts, or that says it is what it is not, breaks nothing', async () => {
    const deep = (left: number): string =>
      left === 0
        ? 'content-type: text/plain\r\n\r\nở trong cùng'
        : `content-type: multipart/mixed; boundary=b${left}\r\n\r\n--b${left}\r\n${deep(left - 1)}\r\n--b${left}--`;
    const [head, ...rest] = deep(50).split('\r\n\r\n');
    await taken(mailOf([], rest.join('\r\n\r\n'), { 'content-type': head!.slice('content-type: '.length) }));
    const wrapped = Array.from({ length: 50 }).reduce<string>(
      (inner) => `content-type: message/rfc822\r\n\r\nfrom: a@b.test\r\nsubject: trong\r\n${inner}`,
      'content-type: text/plain\r\n\r\nhết',
    );
    const [outer, ...more] = wrapped.split('\r\n\r\n');
    await taken(mailOf([], more.join('\r\n\r\n'), { 'content-type': outer!.slice('content-type: '.length) }));
    for (const type of [
      'text/plain; charset=khong-co',
      'text/plain; charset="\u0000"',
      'multipart/mixed',
      'text/html; boundary=x',
    ])
      await taken(mailOf([], '<b>x</b>', { 'content-type': type, 'content-transfer-encoding': 'base64' }));
  });

  test('with names of files that are endless, dangerous or twice the same keeps none of that', async () => {
    const names = [
      'a'.repeat(100_000),
      '../../etc/passwd',
      'x\u202efdp.exe',
      '=?utf-8?B?Li4vLi4v?=',
      'CON',
      '',
    ];
    const parts = names.map(
      (name) =>
        `--x\r\ncontent-type: application/pdf\r\ncontent-disposition: attachment; filename="${name}"\r\n\r\n%PDF-1.4\n%%EOF`,
    );
    const mail = await taken(
      mailOf([], [...parts, '--x--'].join('\r\n'), { 'content-type': 'multipart/mixed; boundary=x' }),
    );
    const files = await t.db.query<{ name: string }>(
      `SELECT a.name FROM inbound_attachment a WHERE a.mail_id = $1 UNION ALL
       SELECT f.name FROM inbound_attachment a JOIN stored_file f ON f.id = a.file_id WHERE a.mail_id = $1`,
      [mail.id],
    );
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const { name } of files) expect(name).toMatch(/^[^/\\\p{Cc}\u202e]{1,140}$/u);
  });

  test('puts no header into the mail that tells of it', async () => {
    const encode = (text: string) => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
    const evil = '\r\nBcc: nan-nhan@khac.test\r\n\r\n<script>alert(1)</script>{{ 1234567 | times: 2 }}';
    const mail = await taken(
      mailOf([], `Chào${evil}`, {
        subject: encode(`Re: x${evil}`),
        from: `${encode(`Khách${evil}`)} <${letter.toAddress}>`,
      }),
    );
    expect(mail.subject).not.toMatch(/[\r\n]/);
    const notices = await t.db.query<Record<'subject' | 'html' | 'toName' | 'to' | 'from', string>>(
      `SELECT subject, body_html AS html, to_name AS "toName", to_address AS "to", from_name AS "from" FROM message WHERE audience = 'officer' AND lead_id = $1`,
      [party.lead.id],
    );
    expect(notices).toHaveLength(1);
    for (const { subject, html, toName, to, from } of notices) {
      expect(html).not.toMatch(/<script>alert|2469134/);
      const wire = await compose(
        {
          from: { name: from, address: 'xt@agency.test' },
          to: { name: toName, address: to },
          subject,
          text: 'x',
          html,
          messageId: `<${newId()}@agency.test>`,
          headers: {},
        },
        t.clock.now(),
      );
      const [head] = wire.toString('latin1').split('\r\n\r\n');
      expect(head).not.toMatch(/^bcc:/im);
    }
  });

  test('with a mark that was forged, of another letter or bent, is nobody’s by it', async () => {
    const good = marked();
    const [local, domain] = good.split('@') as [string, string];
    const forged = [
      `${local.slice(0, -1)}${local.endsWith('a') ? 'b' : 'a'}@${domain}`,
      `${local.slice(0, -1)}@${domain}`,
      `${local}a@${domain}`,
      `inbox+${'a'.repeat(42)}@${domain}`,
      `${local}@evil.test`,
    ];
    for (const to of forged) {
      const mail = await taken(mailOf([], 'x', { to, from: `Kẻ lạ <la-${newId()}@evil.test>` }));
      expect([to, mail.state, mail.lead]).toEqual([to, 'unmatched', null]);
    }
  });
});

test('what an investor quotes of our letter has links that lead nowhere for staff, wherever it is kept', async () => {
  const purposes = ['answer', 'opt_out', 'preferences', 'case', 'copy'] as const;
  const links = purposes.map((purpose) => tokenLink(t.config.appUrl, letter.id, purpose, t.config.secretKey));
  const mail = await taken(mailOf([], `Tôi đồng ý, xem ${links[0]}\r\n\r\n> ${links.join('\r\n> ')}`));
  expect(mail.words).toContain('/r/…');
  for (const link of links) {
    const secret = link.split('/').at(-1)!;
    const found = await t.db.query(
      `SELECT 1 FROM inbound_mail WHERE strpos(text || words, $1) > 0 UNION ALL SELECT 1 FROM activity WHERE strpos(body, $1) > 0
       UNION ALL SELECT 1 FROM timeline_entry WHERE strpos(data::text, $1) > 0 UNION ALL SELECT 1 FROM audit_entry WHERE table_name = 'inbound_mail' AND strpos(changes::text, $1) > 0`,
      [secret],
    );
    expect(found).toEqual([]);
  }
});

describe('the door', () => {
  test('takes the same delivery once, and a signature for what it was made for', async () => {
    const mail = await fixtureMail(t, 'gmail-reply', { message: letter });
    const at = `${Math.floor(t.clock.now().getTime() / 1000)}`;
    const signed = {
      'x-inbound-timestamp': at,
      'x-inbound-signature': inboundSignature(at, mail, INBOX_SECRET),
    };
    const results = [];
    for (let n = 0; n < 3; n += 1) results.push((await handOver(t, mail, signed)).body.result);
    expect(results).toEqual(['kept', 'known', 'known']);
    const beside = await Promise.all([1, 2, 3, 4].map(() => handOver(t, mail, signed)));
    expect(beside.map(({ body }) => body.result)).toEqual(['known', 'known', 'known', 'known']);
    const changed = Buffer.concat([mail, Buffer.from('thêm')]);
    expect((await handOver(t, changed, signed)).status).toBe(401);
    expect((await handOver(t, mail, { ...signed, 'x-inbound-timestamp': `${Number(at) + 1}` })).status).toBe(
      401,
    );
    expect(
      (await handOver(t, mail, { ...signed, 'x-inbound-signature': `${signed['x-inbound-signature']}00` }))
        .status,
    ).toBe(401);
    t.clock.advance(6 * 60_000);
    expect((await handOver(t, mail, signed)).status).toBe(401);
  });

  test('two programs that answer each other come to an end: nothing writes back, and the officer is told twenty times at most', async () => {
    const sent = async () =>
      (
        await t.db.query<{ n: number }>(`SELECT count(*)::int AS n FROM message WHERE lead_id = $1`, [
          party.lead.id,
        ])
      )[0]!.n;
    const before = await sent();
    for (let n = 0; n < 30; n += 1) await taken(mailOf([], `lần ${n}`));
    expect((await sent()) - before).toBeLessThanOrEqual(20);
    const toInvestor = await t.db.query(
      `SELECT 1 FROM message WHERE lead_id = $1 AND audience = 'investor' AND id <> $2`,
      [party.lead.id, letter.id],
    );
    expect(toInvestor).toEqual([]);
    const machine = ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'];
    const after = await sent();
    expect(await taken(mailOf(machine, 'x', { from: 'Máy <may@loop.test>' }))).toMatchObject({
      kind: 'auto_reply',
    });
    expect(await sent()).toBe(after);
  });
});
