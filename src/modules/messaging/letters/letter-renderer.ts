import { Injectable } from '@nestjs/common';
import type { Template as LiquidTemplate } from 'liquidjs';
import { translate, type Language } from '../../../platform/i18n/i18n.js';
import { oneLine } from './escape.rules.js';
import { layoutOf } from './letter-layout.js';
import { htmlLiquid, textLiquid } from './liquid.js';
import { toHtml, toText } from './markup.rules.js';
import type { MailAudience, MailPurpose } from '../templates/template.entity.js';

/** A text with what its frame depends on. */
export interface LetterSource {
  purpose: MailPurpose;
  audience: MailAudience;
  language: Language;
  subject: string;
  body: string;
}

export interface Letter {
  subject: string;
  text: string;
  html: string;
}

interface Compiled {
  subject: LiquidTemplate[];
  text: LiquidTemplate[];
  html: LiquidTemplate[];
}

export type LetterValues = Record<string, unknown>;

const KEPT = 200;
const SUBJECT_LENGTH = 200;
const PREHEADER_LENGTH = 120;

/** Fills texts with values. What can be done once for a text is done once: Markdown, the frame, parsing. */
@Injectable()
export class LetterRenderer {
  private readonly compiled = new Map<string, Promise<Compiled>>();

  async render(source: LetterSource, values: LetterValues): Promise<Letter> {
    return fill(await this.get(source), source, values);
  }

  private get(source: LetterSource): Promise<Compiled> {
    const key = [source.purpose, source.audience, source.language, source.subject, source.body].join(
      '\u0000',
    );
    const known = this.compiled.get(key) ?? compile(source);
    this.compiled.delete(key);
    this.compiled.set(key, known);
    if (this.compiled.size > KEPT) this.compiled.delete(this.compiled.keys().next().value!);
    return known;
  }
}

async function compile(source: LetterSource): Promise<Compiled> {
  const layout = await layoutOf(source.purpose, source.audience, source.language);
  return {
    subject: textLiquid.parse(source.subject),
    text: textLiquid.parse(layout.text(toText(source.body))),
    html: htmlLiquid.parse(layout.html(toHtml(source.body))),
  };
}

function fill(compiled: Compiled, source: LetterSource, values: LetterValues): Letter {
  const rendered = oneLine(String(textLiquid.renderSync(compiled.subject, values)), SUBJECT_LENGTH);
  const label =
    source.purpose === 'promotion' ? translate(source.language, 'messaging:advertising_label') : '';
  const subject = label && !rendered.startsWith(label) ? `${label} ${rendered}` : rendered;
  const text = String(textLiquid.renderSync(compiled.text, { ...values, subject }))
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const all = { ...values, subject, preheader: preheaderOf(text) };
  return { subject, text: `${text}\n`, html: String(htmlLiquid.renderSync(compiled.html, all)) };
}

/** What a list of mails shows beside the subject: how the letter begins after its greeting, without addresses. */
function preheaderOf(text: string): string {
  const [greeting = '', first = greeting] = text.split(/\n{2,}/);
  const words = first
    .replace(/ ?\(https?:[^)\s]*\)/g, '')
    .replace(/https?:\S+/g, '')
    .replace(/^- /gm, '');
  return oneLine(words, PREHEADER_LENGTH);
}
