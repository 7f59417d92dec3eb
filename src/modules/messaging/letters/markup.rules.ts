import { escapeHtml } from './escape.rules.js';

/**
 * The small part of Markdown that a letter needs: paragraphs, `## ` headings, `- ` and `1. ` lists, `**bold**`,
 * `[words](address)`. Liquid passes through untouched, so that a text is laid out once and filled many times, and
 * no value is ever read as markup. A line of Liquid tags alone (`{% for … %}`) leaves no line behind.
 */

/** Liquid tokens stand aside as these, so that their insides are neither escaped nor laid out. */
const HELD = /\uE000([ot])(\d+)\uE000/g;
const TAG_LINE = /^\s*(?:\uE000t\d+\uE000\s*)+$/;
const LINK = /\[([^\]\n]+)\]\(([^()\s]*)\)/g;
const BOLD = /\*\*(\S(?:[^*\n]*\S)?)\*\*/g;

const STYLE = {
  p: 'margin:0 0 16px',
  h2: 'margin:24px 0 12px;font-size:18px;line-height:26px',
  list: 'margin:0;padding-left:24px',
  li: 'margin:0 0 10px',
  a: 'color:#0b6b50',
};

interface Held {
  text: string;
  tokens: string[];
}

type LineKind = 'tag' | 'item' | 'number' | 'heading' | 'text';

/** Only addresses that a letter may point to: a variable that holds an address, https, http, a mailbox, a telephone. */
export function isSafeAddress(address: string): boolean {
  return (
    /^\{\{\s*(?:links\.\w+|\w+\.(?:url|link|calendar))\s*\}\}$/.test(address) ||
    /^(?:https?:\/\/[^\s{}"'<>]+|mailto:[^\s{}"'<>]+|tel:\+?\d+)$/.test(address)
  );
}

/** The addresses of every link of a text, as written. */
export function linkAddresses(source: string): string[] {
  const held = hold(source);
  return [...held.text.matchAll(LINK)].map((match) => release(match[2]!, held.tokens));
}

/** HTML with Liquid in it. */
export function toHtml(source: string): string {
  const held = hold(source);
  const html = held.text
    .split(/\n{2,}/)
    .map(blockToHtml)
    .join('\n');
  return release(html, held.tokens);
}

/** Plain text with Liquid in it. */
export function toText(source: string): string {
  const held = hold(source);
  const lines = held.text.split('\n').map((line) => {
    if (TAG_LINE.test(line)) return line.trim();
    return `${line
      .replace(/^#+ /, '')
      .replace(BOLD, '$1')
      .replace(LINK, (_all, words: string, address: string) =>
        words === address ? address : `${words} (${address})`,
      )}\n`;
  });
  return release(lines.join(''), held.tokens);
}

function hold(source: string): Held {
  const tokens: string[] = [];
  const text = source
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{Cc}\t\n]|\uE000/gu, '')
    .replace(
      /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g,
      (token) => `\uE000${token.startsWith('{{') ? 'o' : 't'}${tokens.push(token) - 1}\uE000`,
    )
    .trim();
  return { text, tokens };
}

function release(text: string, tokens: string[]): string {
  return text.replace(HELD, (_all, _kind, index: string) => tokens[Number(index)]!);
}

function kindOf(line: string): LineKind {
  if (TAG_LINE.test(line)) return 'tag';
  if (/^\s*[-*] /.test(line)) return 'item';
  if (/^\s*\d{1,2}\. /.test(line)) return 'number';
  return line.startsWith('## ') ? 'heading' : 'text';
}

/** A block of list items and tags is one list, so that a loop fills it; elsewhere a line of tags ends a paragraph. */
function blockToHtml(block: string): string {
  const lines = block.split('\n').filter((line) => line.trim() !== '');
  const kinds = new Set(lines.map(kindOf));
  kinds.delete('tag');
  const [only] = kinds;
  if (kinds.size === 1 && (only === 'item' || only === 'number')) return list(lines, only);
  const out: string[] = [];
  for (let at = 0; at < lines.length;) {
    const kind = kindOf(lines[at]!);
    const end = kind === 'heading' ? at + 1 : endOfRun(lines, at);
    out.push(run(kind, lines.slice(at, end)));
    at = end;
  }
  return out.join('\n');
}

function endOfRun(lines: string[], from: number): number {
  const kind = kindOf(lines[from]!);
  const end = lines.findIndex((line, index) => index > from && kindOf(line) !== kind);
  return end === -1 ? lines.length : end;
}

function run(kind: LineKind, lines: string[]): string {
  if (kind === 'tag') return lines.map((line) => line.trim()).join('');
  if (kind === 'heading') return `<h2 style="${STYLE.h2}">${inline(lines[0]!.slice(3))}</h2>`;
  if (kind === 'text')
    return `<p style="${STYLE.p}">${lines.map((line) => inline(line.trim())).join('<br>')}</p>`;
  return list(lines, kind);
}

function list(lines: string[], kind: 'item' | 'number'): string {
  const tag = kind === 'item' ? 'ul' : 'ol';
  const items = lines.map((line) =>
    kindOf(line) === 'tag'
      ? line.trim()
      : `<li style="${STYLE.li}">${inline(line.replace(/^\s*(?:[-*]|\d{1,2}\.) /, ''))}</li>`,
  );
  return `<${tag} style="${STYLE.list}">${items.join('')}</${tag}>`;
}

function inline(line: string): string {
  return escapeHtml(line)
    .replace(
      LINK,
      (_all, words: string, address: string) => `<a href="${address}" style="${STYLE.a}">${words}</a>`,
    )
    .replace(BOLD, '<strong>$1</strong>');
}
