import mjml2html from 'mjml';
import { translate, type Language } from '../../../platform/i18n/i18n.js';
import type { MailAudience, MailPurpose } from '../templates/template.entity.js';

/** Where the body of a text goes into its layout. */
const BODY = '<!--body-->';
const FONT = `-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', Arial, sans-serif`;

/** Every pair of text and background of a letter reads with a contrast of at least 4.5. */
export const LIGHT = { ink: '#111827', soft: '#4b5563', link: '#0b6b50', paper: '#ffffff', back: '#f3f4f6' };
export const DARK = { ink: '#e5e7eb', soft: '#a7afbd', link: '#6ee7b7', paper: '#1e293b', back: '#0f172a' };
export const BUTTON = { ink: '#ffffff', paper: '#0b6b50' };

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
      text('<strong>{{ agency.name }}</strong>', `font-size="14px" css-class="soft" color="${LIGHT.soft}"`),
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
        `font-size="13px" line-height="20px" css-class="soft" color="${LIGHT.soft}"`,
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
    <mj-preview>{{ preheader }}</mj-preview>
    <mj-attributes>
      <mj-all font-family="${FONT}" />
      <mj-text font-size="16px" line-height="25px" color="${LIGHT.ink}" padding="8px 24px" />
      <mj-section padding="0" />
      <mj-button background-color="${BUTTON.paper}" color="${BUTTON.ink}" font-size="15px" line-height="20px" border-radius="6px" inner-padding="12px 8px" width="240px" padding="6px 8px" />
    </mj-attributes>
    <mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no"></mj-raw>
    <mj-raw>${WORD}</mj-raw>
    <mj-style>
      :root { color-scheme: light dark; supported-color-schemes: light dark; }
      @media (prefers-color-scheme: dark) {
        ${darkRules('', '')}
      }
      ${darkRules('[data-ogsc] ', '[data-ogsb] ')}
    </mj-style>
  </mj-head>
  <mj-body width="600px" background-color="${LIGHT.back}" css-class="page">${sections.join('\n')}</mj-body>
</mjml>`;
}

/** Outlook for Windows lays out as Word does: it takes the first font it knows only from a list of its own, and stretches lines. */
const WORD = `<!--[if mso]><style>body,table,td,div,p,li,h2,a{font-family:'Segoe UI','Microsoft YaHei',Arial,sans-serif !important}td,p,div,li{mso-line-height-rule:exactly}</style><![endif]-->`;

/**
 * What changes where the reader's program is dark. Outlook on the web ignores the media query and marks the letter
 * instead, apart for text and for backgrounds.
 */
function darkRules(text: string, back: string): string {
  const page = (of: string) =>
    `${back}${of} { background: ${DARK.back} !important; background-color: ${DARK.back} !important; }`;
  return [
    // MJML paints the frame inside the body too
    ...['body', '.page', '.page > div', '.head', '.foot'].map(page),
    ...['.card', '.card > table', '.card td'].map(
      (of) =>
        `${back}${of} { background: ${DARK.paper} !important; background-color: ${DARK.paper} !important; }`,
    ),
    ...['div', 'p', 'li', 'h2', 'strong'].map(
      (of) => `${text}.page ${of} { color: ${DARK.ink} !important; }`,
    ),
    `${text}.page .soft div { color: ${DARK.soft} !important; }`,
    `${text}.page a { color: ${DARK.link} !important; }`,
    `${text}.page .button a, ${text}.page .button td { color: ${BUTTON.ink} !important; }`,
    `${back}.page .button a, ${back}.page .button td { background: ${BUTTON.paper} !important; background-color: ${BUTTON.paper} !important; }`,
  ].join('\n');
}

function section(kind: 'head' | 'card' | 'foot', content: string): string {
  const background = kind === 'card' ? ` background-color="${LIGHT.paper}"` : '';
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
  const button = ([name, key]: [string, string]) =>
    `<mj-button css-class="button" href="{{ links.${name} }}">${words(key)}</mj-button>`;
  const column = (from: number) =>
    `<mj-column>${ANSWER_LINKS.slice(from, from + 2)
      .map(button)
      .join('')}</mj-column>`;
  return `<mj-section css-class="card" background-color="${LIGHT.paper}" padding="0 8px 16px">${column(0)}${column(2)}</mj-section>`;
}

/** An address in the frame of a letter. */
const link = (address: string, words: string) =>
  `<a href="${address}" style="color:${LIGHT.link}">${words}</a>`;

/** In whose name it is written, and how to reach that person. */
function signature(words: Words): string {
  return (
    `${words('sign_off')}<br>{% if officer.name %}<strong>{{ officer.name }}</strong><br>{% if officer.title %}{{ officer.title }}<br>{% endif %}{% endif %}{{ agency.name }}` +
    `{% if officer.phone %}<br>${words('phone')} ${link('tel:{{ officer.phoneLink }}', '{{ officer.phone }}')}{% endif %}` +
    `{% if officer.email %}<br>${link('mailto:{{ officer.email }}', '{{ officer.email }}')}{% endif %}` +
    `{% if links.case %}<br><br>${words('case_line')} ${link('{{ links.case }}', words('case_link'))}{% endif %}`
  );
}

const OFFICER_BUTTON = (words: Words) =>
  `{% if links.lead %}<strong>${link('{{ links.lead }}', words('open_lead'))}</strong>{% else %}` +
  `<strong>${link('{{ links.reminders }}', words('open_reminders'))}</strong>{% endif %}`;

function footer(words: Words, promotion: boolean, audience: MailAudience): string {
  if (audience === 'officer') return words('notice_footer');
  if (!promotion) return words('service_footer');
  return (
    `${words('promotion_footer')}<br>${link('{{ links.preferences }}', words('preferences_link'))}` +
    ` · ${link('{{ links.optOut }}', words('opt_out_link'))} · ${link('{{ links.catalogue }}', words('catalogue_link'))}`
  );
}

function plainFrame(words: Words, promotion: boolean, audience: MailAudience): string {
  if (audience === 'officer') {
    return `{% if links.lead %}${words('open_lead')}: {{ links.lead }}{% else %}${words('open_reminders')}: {{ links.reminders }}{% endif %}\n\n-- \n${words('notice_footer')}\n`;
  }
  const signed =
    `${words('sign_off')}\n{% if officer.name %}{{ officer.name }}\n{% if officer.title %}{{ officer.title }}\n{% endif %}{% endif %}{{ agency.name }}` +
    `{% if officer.phone %}\n${words('phone')} {{ officer.phone }}{% endif %}{% if officer.email %}\n{{ officer.email }}{% endif %}\n` +
    `{% if links.case %}\n${words('case_link')}: {{ links.case }}\n{% endif %}`;
  if (!promotion) return `${signed}\n-- \n${words('service_footer')}\n`;
  const buttons = ANSWER_LINKS.map(([name, key]) => `- ${words(key)}: {{ links.${name} }}`).join('\n');
  return (
    `${words('answer_prompt')}\n${buttons}\n\n${signed}\n-- \n${words('promotion_footer')}\n` +
    `${words('preferences_link')}: {{ links.preferences }}\n${words('opt_out_link')}: {{ links.optOut }}\n${words('catalogue_link')}: {{ links.catalogue }}\n`
  );
}
