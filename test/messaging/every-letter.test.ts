import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
import { readToken, type TokenPurpose } from '../../src/modules/messaging/answer-token.rules.js';
import { BUTTON, DARK, LIGHT } from '../../src/modules/messaging/letters/letter-layout.js';
import type { MessageDraft } from '../../src/modules/messaging/message-draft.rules.js';
import type { Message } from '../../src/modules/messaging/message.entity.js';
import { MessagesService } from '../../src/modules/messaging/messages.service.js';
import { readSeedTemplates, type SeedTemplate } from '../../src/modules/messaging/messaging.seed.js';
import { sampleFacts } from '../../src/modules/messaging/templates/sample-facts.js';
import { SendMessageJob } from '../../src/modules/messaging/send-message.job.js';
import { newId } from '../../src/platform/database/ids.js';
import type { Language } from '../../src/platform/i18n/i18n.js';
import { givenCluster, givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { messageOf, startMailServer, type MailServer } from '../factories/messaging.js';
import { startApp, type TestApp } from '../support/harness.js';
import { brokenTag, contrast, inlinedColours, linksOfHtml, linksOfText, preheaderOf } from './letters.js';

const APP_URL = 'https://ccn.example.vn';
/** Above this Gmail cuts a letter off. */
const GMAIL_CLIPS_AT = 102 * 1024;

interface Letter {
  name: string;
  template: SeedTemplate;
  language: Language;
  full: boolean;
  message: Message;
  mail: ParsedMail;
  html: string;
  text: string;
}

let t: TestApp;
let smtp: MailServer;
const letters: Letter[] = [];

/** By which a mail is found again. */
type Planned = Omit<Letter, 'message' | 'mail' | 'html' | 'text'> & { id: string };

async function plan(template: SeedTemplate, language: Language, full: boolean): Promise<Planned> {
  const officer = await t.http.as('officer', `${template.audience}-${language}`);
  await t.db.query(`UPDATE app_user SET language = $2, title = $3, phone = '+842053812345' WHERE id = $1`, [
    officer.userId,
    language === 'vi' ? 'vi' : 'en',
    full ? 'Phó Trưởng phòng' : null,
  ]);
  const contact = await givenContact(t, {
    consent: 'given',
    language,
    fullName: full ? 'Trần Văn <b>Mẫu</b> & Cộng sự' : 'Nguyễn Thị Bình',
    title: full ? 'Giám đốc' : null,
  });
  const clusterIds = full ? [(await givenCluster(t)).id, (await givenCluster(t)).id] : [];
  const lead = full
    ? await givenLead(t, { firmId: contact.firmId, primaryContactId: contact.id, ownerId: officer.userId })
    : null;
  const sample = sampleFacts(template, language);
  const always = {
    meeting: sample.meeting,
    request: sample.request,
    obstacle: sample.obstacle,
    mail: sample.mail,
  };
  const sometimes = {
    round: sample.round,
    event: sample.event,
    task: sample.task,
    answer: sample.answer,
    previousOwner: sample.previousOwner,
  };
  const draft: MessageDraft = {
    dedupeKey: newId(),
    templateCode: template.code,
    contactId: contact.id,
    clusterIds,
    ...(template.audience === 'officer' && { userId: officer.userId! }),
    ...(lead && { leadId: lead.id }),
    facts: { ...always, ...(full && sometimes) },
  };
  const { created, refused } = await t.asSystem(() => t.get(MessagesService).create([draft]));
  if (!created[0]) throw new Error(`${template.code}: ${refused[0]?.reason}`);
  return {
    name: `${template.code}, ${language}, ${full ? 'full' : 'bare'}`,
    template,
    language,
    full,
    id: created[0],
  };
}

beforeAll(async () => {
  smtp = await startMailServer();
  t = await startApp({
    env: { APP_URL, SMTP_URL: smtp.url, MAIL_FROM: 'Sở Công Thương tỉnh Lạng Sơn <xuctien@ccn.example.vn>' },
    worker: true,
  });
  const planned: Planned[] = [];
  for (const template of await readSeedTemplates())
    for (const language of Object.keys(template.texts) as Language[])
      for (const full of [true, false]) planned.push(await plan(template, language, full));
  for (const { id } of planned) await t.asSystem(() => t.get(SendMessageJob).handle({ messageId: id }));
  for (const { id, ...one } of planned) {
    const message = await messageOf(t, id);
    const mail = smtp.received.find(({ messageId }) => messageId === message.messageIdHeader);
    if (!mail) throw new Error(`${one.name} was not sent: ${message.status} ${message.errorCode}`);
    letters.push({ ...one, message, mail, html: String(mail.html), text: mail.text ?? '' });
  }
}, 300_000);

afterAll(async () => {
  await t.close();
  await smtp.close();
});

/** One assertion that names the letters that fail it. */
function all(check: (letter: Letter) => unknown, only: (letter: Letter) => boolean = () => true): void {
  const wrong = letters.filter(only).flatMap((letter) => {
    const fault = check(letter);
    return fault === undefined || fault === null || fault === true ? [] : [[letter.name, fault]];
  });
  expect(wrong).toEqual([]);
}

const toInvestor = ({ template }: Letter) => template.audience === 'investor';
const isPromotion = ({ template }: Letter) => template.purpose === 'promotion';

describe('every letter, as a real mail server gets it', () => {
  test('comes in every language of its readers, with and without what it may lack', async () => {
    const templates = await readSeedTemplates();
    const texts = templates.reduce((sum, { texts: its }) => sum + Object.keys(its).length, 0);
    expect(letters).toHaveLength(texts * 2);
  });

  test('is far smaller than what Gmail cuts off', () => {
    all(({ html }) => Buffer.byteLength(html) < GMAIL_CLIPS_AT / 2 || Buffer.byteLength(html));
  });

  test('has a plain part with the same links', () => {
    all(({ html, text }) => {
      const [inHtml, inText] = [linksOfHtml(html), linksOfText(text)];
      return JSON.stringify(inHtml) === JSON.stringify(inText) || { inHtml, inText };
    });
    all(({ text }) => text.length > 100 || text);
  });

  test('links only to whole addresses of our own', () => {
    all(({ html }) => {
      const strange = linksOfHtml(html).filter((href) => !href.startsWith(`${APP_URL}/`) && href !== APP_URL);
      return strange.length === 0 || strange;
    });
  });

  test('signs the personal links; a changed character opens nothing', () => {
    const purposes: [RegExp, TokenPurpose][] = [
      [/\/r\/([\w-]{43})(?:[?/]|$)/, 'answer'],
      [/\/u\/([\w-]{43})$/, 'opt_out'],
      [/\/p\/([\w-]{43})$/, 'preferences'],
      [/\/case\/open\/([\w-]{43})$/, 'case'],
    ];
    let seen = 0;
    all(({ html, message }) => {
      for (const href of linksOfHtml(html)) {
        for (const [pattern, purpose] of purposes) {
          const token = pattern.exec(href)?.[1];
          if (!token) continue;
          seen++;
          if (readToken(token, purpose, t.config.secretKey) !== message.id) return href;
          for (const at of [0, 10, 22, 30, 42]) {
            const other = token[at] === 'A' ? 'B' : 'A';
            const forged = token.slice(0, at) + other + token.slice(at + 1);
            if (readToken(forged, purpose, t.config.secretKey) !== null) return forged;
          }
        }
      }
      return true;
    });
    expect(seen).toBeGreaterThan(100);
  });

  test('leads to one’s own file when it is about a lead, and to one’s choices when it advertises', () => {
    all(
      ({ html, full }) => html.includes(`${APP_URL}/case/open/`) === full,
      (one) => toInvestor(one) && isPromotion(one),
    );
    all(({ html, full }) => !full || html.includes(`${APP_URL}/case/open/`), toInvestor);
    all((one) => one.html.includes(`${APP_URL}/p/`) === isPromotion(one));
    all((one) => one.html.includes(`${APP_URL}/u/`) === isPromotion(one));
    all(
      ({ html }) => !/\/(?:r|u|p|case\/open)\/[\w-]{43}/.test(html),
      (one) => !toInvestor(one),
    );
  });

  test('shows staff none of the personal links', async () => {
    const officer = await t.http.as('manager');
    for (const { name, message } of letters.filter(toInvestor)) {
      const { body } = await officer.get<{ bodyHtml: string; bodyText: string }>(
        `/api/v1/messages/${message.id}`,
      );
      expect([name, /\/[\w-]{40,}/.exec(body.bodyHtml + body.bodyText)?.[0]]).toEqual([name, undefined]);
    }
  });

  test('is whole: nothing unfilled, no script, form or picture, nothing fetched from elsewhere', () => {
    all(
      ({ html, text, mail }) =>
        /undefined|\bnull\b|\[object|\{\{|\{%|%\}/.exec(html + text + mail.subject)?.[0],
    );
    all(({ text }) => /[{}]/.exec(text)?.[0]);
    all(
      ({ html }) =>
        /<(?:script|form|img|iframe|input|video|object|embed|link)\b|@import|url\(|\sbackground="/i.exec(
          html,
        )?.[0],
    );
    all(({ html }) => /<[a-z][^>]*\son\w+=/i.exec(html)?.[0]);
    all(({ html }) => !html.includes('<b>Mẫu</b>'));
  });

  test('can be read by a strict parser, names its language and runs left to right', () => {
    all(({ html }) => brokenTag(html));
    all(({ html, message }) => {
      const root = /<html[^>]*>/.exec(html)?.[0] ?? '';
      return (root.includes(`lang="${message.language}"`) && root.includes('dir="ltr"')) || root;
    });
    all(({ message, language, template }) => message.language === language || template.code);
  });

  test('has headers of one line, a subject within 200 characters, and a way to reply', () => {
    all(({ mail }) => mail.headerLines.every(({ line }) => !/\r?\n(?![ \t])/.test(line)));
    all(({ mail }) => (mail.subject!.length <= 200 && !/[\r\n]/.test(mail.subject!)) || mail.subject);
    all(({ mail, full }) => !full || mail.replyTo?.value[0]?.address?.includes('@'), toInvestor);
    all(
      ({ mail, full }) => !full || mail.from?.value[0]?.name.includes('Sở Công Thương') || mail.from,
      toInvestor,
    );
  });

  test('is signed by its officer, with position and telephone where they are known', () => {
    all(({ text, full }) => !full || text.includes('Phó Trưởng phòng\n') || text, toInvestor);
    all(({ text, full }) => !full || text.includes('+84 205 3812 345') || text, toInvestor);
  });

  test('begins in a list of mails as it begins for its reader', () => {
    all(({ html }) => {
      const shown = preheaderOf(html);
      return (
        (shown !== null && shown.length >= 10 && shown.length <= 120 && !/https?:|\*\*/.test(shown)) ||
        shown ||
        'none'
      );
    });
  });
});

describe('colours', () => {
  const pairs = (colours: typeof LIGHT) =>
    [colours.paper, colours.back].flatMap((back) =>
      [colours.ink, colours.soft, colours.link].map((text): [string, string] => [text, back]),
    );

  test.each([...pairs(LIGHT), ...pairs(DARK), [BUTTON.ink, BUTTON.paper] as [string, string]])(
    '%s on %s can be read',
    (text, back) => {
      expect(contrast(text, back)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('no letter uses others', () => {
    const texts = new Set([LIGHT.ink, LIGHT.soft, LIGHT.link, BUTTON.ink, '#000000']);
    const backs = new Set([LIGHT.paper, LIGHT.back, BUTTON.paper]);
    all(({ html }) => {
      const { text, back } = inlinedColours(html);
      const strange = [
        ...[...text].filter((one) => !texts.has(one)),
        ...[...back].filter((one) => !backs.has(one)),
      ];
      return strange.length === 0 || strange;
    });
  });

  test('each changes where the reader is dark, in mail programs and in Outlook on the web', () => {
    for (const { html } of letters) {
      expect(html).toContain('prefers-color-scheme: dark');
      expect(html).toContain('[data-ogsc] .page a');
      expect(html).toContain('[data-ogsb] .card td');
      expect(html).toContain('<meta name="color-scheme" content="light dark"');
    }
  });
});

describe('one-click opt-out, as Gmail does it', () => {
  const optOutOf = ({ mail }: Letter) => {
    const list = mail.headers.get('list') as unknown as { unsubscribe?: { url: string } } | undefined;
    return list?.unsubscribe?.url;
  };

  test('stands in promotion mail, and in no other', () => {
    all((one) => (optOutOf(one) !== undefined) === isPromotion(one));
    all(({ mail }) => {
      const line = mail.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line;
      return line === 'List-Unsubscribe-Post: List-Unsubscribe=One-Click' || line;
    }, isPromotion);
    all((one) => optOutOf(one)!.startsWith(`${APP_URL}/u/`), isPromotion);
  });

  const lines = async (contactId: string): Promise<number> =>
    (await t.db.query(`SELECT 1 FROM consent WHERE contact_id = $1`, [contactId])).length;

  test('one POST without cookie or redirect is enough, in either kind of form; GET changes nothing', async () => {
    const forms: [string, string][] = [
      ['application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
      [
        'multipart/form-data; boundary=g',
        '--g\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--g--\r\n',
      ],
    ];
    for (const [at, letter] of letters.filter(isPromotion).entries()) {
      const path = new URL(optOutOf(letter)!).pathname;
      const { contactId } = letter.message;
      const before = await lines(contactId!);
      expect((await t.http.anonymous.get(path)).status).toBe(200);
      expect(await lines(contactId!)).toBe(before);
      const [type, body] = forms[at % forms.length]!;
      const answer = await t.http.anonymous.post(path, body, { 'content-type': type });
      expect([letter.name, answer.status, answer.headers['set-cookie']]).toEqual([
        letter.name,
        200,
        undefined,
      ]);
      const [last] = await t.db.query<{ action: string; channel: string }>(
        `SELECT action, channel FROM consent WHERE contact_id = $1 ORDER BY recorded_at DESC, id DESC LIMIT 1`,
        [contactId],
      );
      expect(last).toEqual({ action: 'withdrawn', channel: 'one_click' });
    }
  });
});
