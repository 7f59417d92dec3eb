import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { sitemap } from '../../src/modules/portal/catalogue/sitemap.rules.js';
import { invitationOf } from '../../src/modules/meetings/invitation.rules.js';
import type { MessageDraft } from '../../src/modules/messaging/message-draft.rules.js';
import { MessagesService } from '../../src/modules/messaging/messages.service.js';
import { readSeedTemplates } from '../../src/modules/messaging/messaging.seed.js';
import { sampleFacts } from '../../src/modules/messaging/templates/sample-facts.js';
import { newId } from '../../src/platform/database/ids.js';
import { givenCluster, givenContact, givenFirm } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { givenAsked, offeredIn } from '../factories/meetings.js';
import { startApp, type TestApp } from '../support/harness.js';

const LANGUAGES = ['vi', 'en', 'zh'] as const;
/** Each would show itself: as markup, as a sum, as a key of ours, as a setting, as another letter's part. */
const HOSTILE = `"><img src=x onerror=alert(1)><script>alert(1)</script></title></style>{{ 1234567 | times: 2 }}{{ officer.email }}{% include '/etc/passwd' %}{% raw %}$t(mail:case_email_body){{- "x" -}}[a](javascript:alert(1))<mj-include path="/etc/passwd" />`;
const SHOWN = /<img src=x|<script>alert|2469134|root:x:|<a[^>]+javascript:|<mj-include/;

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

/** The same facts with every free text in them hostile; codes, addresses and dates stay. */
function spoiled(value: unknown): unknown {
  if (typeof value === 'string') return /\s/.test(value) ? HOSTILE : value;
  if (Array.isArray(value)) return value.map(spoiled);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoiled(inner)]));
}

describe('names and notes of outsiders', () => {
  test('are text in every letter, in every language', async () => {
    const officer = await t.http.as('officer');
    const firm = await givenFirm(t, { name: HOSTILE.slice(0, 190) });
    const clusterIds = [(await givenCluster(t, { name: HOSTILE.slice(0, 190) })).id];
    const drafts: MessageDraft[] = [];
    for (const language of LANGUAGES) {
      const contact = await givenContact(t, {
        firmId: firm.id,
        language,
        consent: 'given',
        fullName: HOSTILE.slice(0, 190),
        title: HOSTILE.slice(0, 90),
      });
      const lead = await givenLead(t, {
        firmId: firm.id,
        primaryContactId: contact.id,
        ownerId: officer.userId,
      });
      for (const template of await readSeedTemplates())
        drafts.push({
          dedupeKey: newId(),
          templateCode: template.code,
          contactId: contact.id,
          leadId: lead.id,
          clusterIds,
          ...(template.audience === 'officer' && { userId: officer.userId! }),
          facts: spoiled(sampleFacts(template, language)) as MessageDraft['facts'],
        });
    }
    for (const draft of drafts) {
      const { created } = await t.asSystem(() => t.get(MessagesService).create([draft]));
      const [letter] = await t.db.query<Record<'subject' | 'html' | 'text' | 'toName', string>>(
        `SELECT subject, body_html AS html, body_text AS text, to_name AS "toName" FROM message WHERE id = $1`,
        [created[0]],
      );
      // a letter that may not go to this person now is not made
      if (!letter) continue;
      expect([draft.templateCode, SHOWN.exec(letter.html)?.[0] ?? null]).toEqual([draft.templateCode, null]);
      expect([
        draft.templateCode,
        /2469134|root:x:/.exec(`${letter.subject}${letter.text}`)?.[0] ?? null,
      ]).toEqual([draft.templateCode, null]);
      expect(`${letter.subject}${letter.toName}`).not.toMatch(/[\r\n\u0000]/);
    }
    const [made] = await t.db.query<{ n: number }>(
      `SELECT count(DISTINCT template_id)::int AS n FROM message`,
    );
    expect(made!.n).toBeGreaterThan(15);
  }, 120_000);

  test('add no line to a calendar entry', async () => {
    const evil =
      'Khách"\r\nATTENDEE:mailto:nan-nhan@khac.test\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:EMAIL\nX:1\\n;,:';
    const { content } = invitationOf({
      uid: 'a@b.test',
      sequence: 0,
      stamp: t.clock.now(),
      startsAt: new Date('2026-03-04T03:00:00Z'),
      endsAt: new Date('2026-03-04T04:00:00Z'),
      summary: evil,
      description: evil,
      location: evil,
      url: 'https://a.test',
      cancelled: false,
      organizer: { name: evil, email: 'xt@a.test' },
      guest: { name: evil, email: 'an@b.test' },
      host: { name: evil, email: 'lan@a.test' },
    });
    expect(namesOf(content)).toEqual(namesOf(calm()));
    const owner = await t.http.as('officer', 'Cán bộ lịch');
    const asked = await givenAsked(t, { owner, contact: { fullName: 'Khách"; CN=x: END:VEVENT' } });
    const url = `/r/${asked.token}/visit`;
    const [startsAt] = offeredIn((await t.http.anonymous.get(url, { accept: 'text/html' })).text);
    const body = new URLSearchParams({ act: 'book', startsAt: startsAt!, note: evil }).toString();
    const { status } = await t.http.anonymous.post(url, body, {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(status).toBe(200);
    const { text } = await t.http.anonymous.get(`${url}.ics`);
    expect(namesOf(text)).toEqual(expect.not.arrayContaining(['BEGIN VALARM', 'ACTION', 'X']));
    expect(namesOf(text).filter((name) => name === 'ATTENDEE')).toHaveLength(2);
  });

  test('run nothing in a spreadsheet, and break out of no file', async () => {
    const NAMES = ['=cmd|calc', '+1+1', '-2+3', '@SUM(1)', '\t=1', '＝1+1', '＠SUM(1)'];
    for (const [n, name] of NAMES.entries())
      await givenCluster(t, { code: `cong-thuc-${n}`, name: `${name} "x"\r\n<b>]]>`.trim(), isPublic: true });
    const { text } = await t.http.anonymous.get('/open-data/clusters.csv');
    const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
    const ours = rows.filter(({ code }) => code!.startsWith('cong-thuc-'));
    expect(ours.length).toBe(NAMES.length);
    for (const row of ours)
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+@＝＋－＠\t\r\n]|^-\D/);
    for (const file of ['clusters.json', 'clusters.geojson']) {
      const answer = await t.http.anonymous.get(`/open-data/${file}`);
      expect(answer.headers['content-type']).toMatch(/^application\/(geo\+)?json/);
      expect(() => JSON.parse(answer.text) as unknown).not.toThrow();
    }
    const xml = sitemap('https://a.test/?x=1&y=<2>', [
      { code: `a"'&<b>]]>/../c`, updatedAt: '2026-03-02T00:00:00.000Z' },
    ]);
    expect(xml.replaceAll(/&#\d+;/g, '')).not.toMatch(/&|<b>|'/);
    expect(xml.match(/<url>/g)!.length).toBe(xml.match(/<\/url>/g)!.length);
  });
});

/** What a calendar program reads as names of properties, in their order. */
function namesOf(calendar: string): string[] {
  return calendar
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .filter(Boolean)
    .map((line) => /^(BEGIN|END):(.*)$/.exec(line)?.slice(1).join(' ') ?? line.split(/[:;]/)[0]!);
}

function calm(): string {
  return invitationOf({
    uid: 'a@b.test',
    sequence: 0,
    stamp: t.clock.now(),
    startsAt: new Date('2026-03-04T03:00:00Z'),
    endsAt: new Date('2026-03-04T04:00:00Z'),
    summary: 'Thăm',
    description: 'Thăm',
    location: 'Lạng Sơn',
    url: 'https://a.test',
    cancelled: false,
    organizer: { name: 'Sở', email: 'xt@a.test' },
    guest: { name: 'An', email: 'an@b.test' },
    host: { name: 'Lan', email: 'lan@a.test' },
  }).content;
}
