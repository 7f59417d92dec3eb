import { beforeAll, describe, expect, it } from '@jest/globals';
import { Config } from '../../../platform/config/config.js';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';
import { textIn } from '../language.rules.js';
import { LetterRenderer, type LetterSource } from './letter-renderer.js';
import { letterValues, type LetterFacts } from './letter-values.js';
import { readSeedTemplates, type SeedTemplate } from '../messaging.seed.js';
import { sampleFacts } from '../templates/sample-facts.js';
import { checkText } from '../templates/template-check.rules.js';

const ID = '01990000-0000-7000-8000-000000000001';
const config = new Config({
  APP_URL: 'https://ccn.langson.gov.vn',
  MAIL_FROM: 'Sở Công Thương <xt@langson.gov.vn>',
  SECRET_KEY: 's'.repeat(32),
});
const renderer = new LetterRenderer();

function facts(
  overrides: Partial<LetterFacts> & Pick<LetterFacts, 'purpose' | 'audience' | 'language'>,
): LetterFacts {
  const cluster = {
    id: ID,
    code: 'ho-son-1',
    name: 'Cụm công nghiệp Hồ Sơn 1',
    district: 'Hữu Lũng',
    areaHa: '73.76',
    status: 'calling_for_investor',
    summaryVi: 'Gần cao tốc.',
    summaryEn: null,
    summaryZh: null,
  };
  return {
    // what a letter about a meeting, a request or a difficulty never lacks
    ...sampleFacts(overrides, overrides.language),
    messageId: ID,
    contact: { firmName: 'Công ty Cổ phần Ánh Dương', fullName: 'Nguyễn Văn An', title: 'Giám đốc' },
    recipient: { name: 'Hoàng Thị Lan' },
    officer: {
      name: 'Hoàng Thị Lan',
      email: 'lan@langson.gov.vn',
      title: 'Trưởng phòng',
      phone: '+842053812345',
    },
    lead: {
      id: ID,
      reference: 'CH-2026-000001',
      firmName: 'Công ty Cổ phần Ánh Dương',
      contactName: 'Nguyễn Văn An',
      contactTitle: null,
    },
    clusters: Array.from({ length: 8 }, (_, index) => ({ ...cluster, code: `ho-son-${index}` })),
    round: { name: 'Hội nghị xúc tiến đầu tư 2026' },
    event: { name: 'Hội nghị', place: 'Lạng Sơn', startsAt: new Date('2026-05-20T01:30:00Z') },
    task: { titleVi: 'Gọi điện', titleEn: 'Call', dueAt: new Date('2026-05-20T02:00:00Z'), daysLate: 2 },
    answer: { answer: 'not_now', note: 'Năm sau', untilDay: '2027-01-04' },
    previousOwner: { name: 'Lương Văn Minh' },
    ...overrides,
  };
}

describe('the letters that the product brings', () => {
  let templates: SeedTemplate[];
  beforeAll(async () => {
    templates = await readSeedTemplates();
  });

  const source = (template: SeedTemplate, wished: Language): LetterSource => {
    const texts = LANGUAGES.flatMap((language) =>
      template.texts[language] ? [{ language, ...template.texts[language] }] : [],
    );
    const text = textIn(texts, wished)!;
    return {
      purpose: template.purpose,
      audience: template.audience,
      language: text.language,
      subject: text.subject,
      body: text.body.join('\n'),
    };
  };

  it('pass their own checks, in all the languages of their readers', () => {
    for (const template of templates) {
      const languages = template.audience === 'investor' ? ['vi', 'en', 'zh'] : ['vi', 'en'];
      expect(Object.keys(template.texts)).toEqual(languages);
      for (const text of Object.values(template.texts))
        checkText({ subject: text.subject, body: text.body.join('\n') }, template.audience);
    }
  });

  it.each(LANGUAGES)('in %s are small, whole, and complete in both parts', async (language) => {
    for (const template of templates) {
      const letter = source(template, language);
      const { subject, text, html } = await renderer.render(letter, letterValues(facts(letter), config));
      expect(Buffer.byteLength(html)).toBeLessThan(40_000);
      expect(html).toContain(`lang="${letter.language}"`);
      expect(html).toContain('prefers-color-scheme: dark');
      expect(html).not.toMatch(
        /\{\{|\{%|undefined|\[object|http:\/\/(?!www\.w3\.org)|<!--body-->|googleapis/,
      );
      expect(text).not.toMatch(/\{\{|\{%|undefined|\[object|<[a-z]|\n{3}|http:\/\//);
      expect(subject).not.toMatch(/[{\r\n]|  /);
      expect(subject.length).toBeGreaterThan(3);
      expect(text).toContain(template.audience === 'investor' ? 'Nguyễn Văn An' : 'Hoàng Thị Lan');
      const promotion = template.purpose === 'promotion';
      for (const part of [text, html]) {
        expect(part.includes('https://ccn.langson.gov.vn/u/')).toBe(promotion);
        expect(part.includes('?answer=interested')).toBe(promotion);
      }
      expect(/^\[(QC|AD)\] /.test(subject)).toBe(promotion);
    }
  });

  it.each(LANGUAGES)('in %s read well with nothing but a person', async (language) => {
    for (const template of templates) {
      const letter = source(template, language);
      const bare = facts({
        ...letter,
        lead: undefined,
        officer: undefined,
        clusters: [],
        round: undefined,
        event: undefined,
        task: undefined,
        answer: undefined,
        previousOwner: undefined,
      });
      const { subject, text } = await renderer.render(letter, letterValues(bare, config));
      expect(`${subject}\n${text}`).not.toMatch(/null|undefined| ,|\*\*|\(\)|: *\n\n *\n/);
    }
  });
});

describe('hostile values', () => {
  const letter: LetterSource = {
    purpose: 'promotion',
    audience: 'investor',
    language: 'en',
    subject: 'For {{ contact.fullName }}',
    body: 'Dear {{ contact.fullName }} of **{{ firm.name }}** [go]({{ links.answer }})',
  };
  const hostile = (name: string) =>
    renderer.render(
      letter,
      letterValues(facts({ ...letter, contact: { fullName: name, firmName: name, title: null } }), config),
    );

  /** What a reader sees: word joiners keep mail programs from making a link of a bare address. */
  const visible = (value: string) => value.replaceAll('\u2060', '');

  it('are text, never HTML', async () => {
    const { html } = await hostile(`<script>alert(1)</script><img src=x onerror="a">'`);
    expect(html).not.toMatch(/<script|<img src=x/);
    expect(html).toContain('&lt;script&gt;');
  });

  it('are never Markdown or Liquid', async () => {
    const { html, text } = await hostile('**x** [click](javascript:x) {{ officer.email }} {% if %}');
    expect(html).not.toContain('<strong>x</strong>');
    expect(html).not.toContain('href="javascript');
    expect(visible(text)).toContain('**x** [click](javascript:x) {{ officer.email }} {% if %}');
  });

  it('cannot add a header', async () => {
    const { subject } = await hostile('An\r\nBcc: everybody@example.vn\r\n\r\nBody');
    expect(visible(subject)).toBe('[AD] For An Bcc: everybody@example.vn Body');
  });

  it('carry no address of their own to strangers', async () => {
    const { html, text } = await hostile('Prize https://evil.example/win or evil.example or me@evil.example');
    expect(html + text).not.toMatch(/evil\.example|@evil/);
  });

  it('fill an address only after escaping', async () => {
    const { html } = await renderer.render(letter, {
      ...letterValues(facts(letter), config),
      links: { answer: 'https://x/"onmouseover="a' },
    });
    expect(html).not.toContain('"onmouseover=');
  });
});

it('a template cannot run for ever', async () => {
  const endless: LetterSource = {
    purpose: 'service',
    audience: 'officer',
    language: 'en',
    subject: 'x',
    body: '{% for i in (1..100000000) %}x{% endfor %}',
  };
  await expect(renderer.render(endless, letterValues(facts(endless), config))).rejects.toThrow(/limit/);
});
