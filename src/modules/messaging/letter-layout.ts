import mjml2html from 'mjml';
import { translate, type Language } from '../../platform/i18n/i18n.js';
import type { MailAudience, MailPurpose } from './template.entity.js';

/** Where the body of a text goes into its layout. */
const BODY = '<!--body-->';
const FONT = `-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', Arial, sans-serif`;

export interface Layout {
  html(body: string): string;
  text(body: string): string;
}

const layouts = new Map<string, Promise<Layout>>();

/**
 * The frame around a text in one language: 600 px, responsive, dark where the reader's program is dark. MJML runs
 * once for each of the few frames, never for a message. Liquid stands in the frame as in the texts.
 */
export function layoutOf(purpose: MailPurpose, audience: MailAudience, language: Language): Promise<Layout> {
  const key = `${purpose}-${audience}-${language}`;
  const known = layouts.get(key) ?? makeLayout(purpose, audience, language);
  layouts.set(key, known);
  return known;
}

async function makeLayout(purpose: MailPurpose, audience: MailAudience, language: Language): Promise<Layout> {
  const words = (key: string) => translate(language, `messaging:${key}`, { agency: '{{ agency.name }}' });
  const promotion = purpose === 'promotion' && audience === 'investor';
  const sections = [
    section(
      'head',
      text(`<strong>{{ agency.name }}</strong>`, 'font-size="14px" css-class="soft" color="#4b5563"'),
    ),
    section('card', text(BODY)),
    ...(promotion
      ? [section('card', text(words('answer_prompt'), 'padding-bottom="8px"')), answers(words)]
      : []),
    section('card', text(audience === 'officer' ? OFFICER_BUTTON(words) : signature(words))),
    section(
      'foot',
      text(
        footer(words, promotion, audience),
        'font-size="13px" line-height="20px" css-class="soft" color="#4b5563"',
      ),
    ),
  ];
  const { html, errors } = await mjml2html(document(language, sections), {
    fonts: {},
    keepComments: true,
    validationLevel: 'strict',
  });
  if (errors.length > 0) throw new Error(`The mail layout is broken: ${errors[0]!.message}`);
  const compact = html.replace(/\n\s+/g, '\n').replace(/\n{2,}/g, '\n');
  const textFrame = plainFrame(words, promotion, audience);
  return { html: (body) => compact.replace(BODY, () => body), text: (body) => `${body}\n\n${textFrame}` };
}

function document(language: Language, sections: string[]): string {
  return `<mjml lang="${language}" dir="ltr">
  <mj-head>
    <mj-title>{{ subject }}</mj-title>
    <mj-attributes>
      <mj-all font-family="${FONT}" />
      <mj-text font-size="16px" line-height="25px" color="#111827" padding="8px 24px" />
      <mj-section padding="0" />
      <mj-button background-color="#0b6b50" color="#ffffff" font-size="15px" border-radius="6px" inner-padding="12px 8px" width="240px" padding="6px 8px" />
    </mj-attributes>
    <mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
    <mj-style>
      :root { color-scheme: light dark; supported-color-schemes: light dark; }
      @media (prefers-color-scheme: dark) {
        body, .page, .head, .foot { background: #0f172a !important; background-color: #0f172a !important; }
        .card, .card > table, .card td { background: #1e293b !important; background-color: #1e293b !important; }
        .page div, .page p, .page li, .page h2, .page strong { color: #e5e7eb !important; }
        .soft div { color: #9ca3af !important; }
        .page a { color: #6ee7b7 !important; }
        .page .button a, .page .button td { color: #ffffff !important; background: #0b6b50 !important; }
      }
    </mj-style>
  </mj-head>
  <mj-body width="600px" background-color="#f3f4f6" css-class="page">${sections.join('\n')}</mj-body>
</mjml>`;
}

function section(kind: 'head' | 'card' | 'foot', content: string): string {
  const background = kind === 'card' ? ' background-color="#ffffff"' : '';
  const padding = kind === 'card' ? '8px 0' : '12px 0';
  return `<mj-section css-class="${kind}"${background} padding="${padding}"><mj-column>${content}</mj-column></mj-section>`;
}

function text(content: string, attributes = ''): string {
  return `<mj-text ${attributes}>${content}</mj-text>`;
}

type Words = (key: string) => string;

/** The five answers of the page behind them; a link opens the page with that answer chosen, and changes nothing. */
const ANSWER_LINKS: [string, string][] = [
  ['interested', 'answer_interested'],
  ['callMe', 'answer_call_me'],
  ['visit', 'answer_visit'],
  ['notNow', 'answer_not_now'],
];

function answers(words: Words): string {
  const button = ([link, key]: [string, string]) =>
    `<mj-button css-class="button" href="{{ links.${link} }}">${words(key)}</mj-button>`;
  const column = (from: number) =>
    `<mj-column>${ANSWER_LINKS.slice(from, from + 2)
      .map(button)
      .join('')}</mj-column>`;
  return `<mj-section css-class="card" background-color="#ffffff" padding="0 8px 16px">${column(0)}${column(2)}</mj-section>`;
}

function signature(words: Words): string {
  return (
    `${words('sign_off')}<br>{% if officer.name %}<strong>{{ officer.name }}</strong><br>{% endif %}{{ agency.name }}` +
    `{% if officer.email %}<br><a href="mailto:{{ officer.email }}" style="color:#0b6b50">{{ officer.email }}</a>{% endif %}`
  );
}

const OFFICER_BUTTON = (words: Words) =>
  `{% if links.lead %}<a href="{{ links.lead }}" style="color:#0b6b50;font-weight:bold">${words('open_lead')}</a>{% else %}` +
  `<a href="{{ links.reminders }}" style="color:#0b6b50;font-weight:bold">${words('open_reminders')}</a>{% endif %}`;

function footer(words: Words, promotion: boolean, audience: MailAudience): string {
  if (audience === 'officer') return words('notice_footer');
  if (!promotion) return words('service_footer');
  return (
    `${words('promotion_footer')}<br>${words('opt_out_line')} <a href="{{ links.optOut }}" style="color:#0b6b50">${words('opt_out_link')}</a>` +
    `<br><a href="{{ links.catalogue }}" style="color:#0b6b50">${words('catalogue_link')}</a>`
  );
}

function plainFrame(words: Words, promotion: boolean, audience: MailAudience): string {
  if (audience === 'officer') {
    return `{% if links.lead %}${words('open_lead')}: {{ links.lead }}{% else %}${words('open_reminders')}: {{ links.reminders }}{% endif %}\n\n-- \n${words('notice_footer')}\n`;
  }
  const signed = `${words('sign_off')}\n{% if officer.name %}{{ officer.name }}\n{% endif %}{{ agency.name }}{% if officer.email %}\n{{ officer.email }}{% endif %}\n`;
  if (!promotion) return `${signed}\n-- \n${words('service_footer')}\n`;
  const buttons = ANSWER_LINKS.map(([link, key]) => `- ${words(key)}: {{ links.${link} }}`).join('\n');
  return (
    `${words('answer_prompt')}\n${buttons}\n\n${signed}\n-- \n${words('promotion_footer')}\n` +
    `${words('opt_out_line')} ${words('opt_out_link')}: {{ links.optOut }}\n${words('catalogue_link')}: {{ links.catalogue }}\n`
  );
}
