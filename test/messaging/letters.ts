/** What a mail program would find in a letter. */

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

export const unescaped = (html: string): string =>
  html.replace(/&(amp|lt|gt|quot|#39);/g, (_all, name: string) => ENTITIES[name]!);

/** Addresses of the web, each once. */
export function linksOfHtml(html: string): string[] {
  const all = [...html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)].map(([, href]) => unescaped(href!));
  return [...new Set(all.filter((href) => !/^(?:mailto|tel):/.test(href)))].sort();
}

export function linksOfText(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/https?:\/\/[^\s)]+/g)].map(([href]) => href.replace(/[.,;。，]+$/, ''))),
  ].sort();
}

const VOID = new Set(['meta', 'br', 'img', 'link', 'hr', 'input', 'col', 'base']);

/** The first thing that a strict reader would stumble over: a tag that is not closed, or closed out of turn; null when none. */
export function brokenTag(html: string): string | null {
  const open: string[] = [];
  const body = html.replace(/<!--[\s\S]*?-->/g, '').replace(/<style\b[\s\S]*?<\/style>/g, '');
  for (const [tag, closing, name, rest] of body.matchAll(/<(\/?)([a-zA-Z][\w:]*)((?:"[^"]*"|[^">])*)>/g)) {
    const lower = name!.toLowerCase();
    if (VOID.has(lower) || rest!.endsWith('/')) continue;
    if (!closing) open.push(lower);
    else if (open.pop() !== lower) return tag;
  }
  return open.pop() ?? null;
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** Of WCAG 2: 4.5 is enough for text of any size. */
export function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

/** Every colour that the HTML sets inline, of text and of backgrounds. */
export function inlinedColours(html: string): { text: Set<string>; back: Set<string> } {
  const text = new Set<string>();
  const back = new Set<string>();
  for (const [, style] of html.matchAll(/\sstyle="([^"]*)"/g)) {
    for (const [, name, value] of style!.matchAll(
      /(?:^|;)\s*(color|background(?:-color)?)\s*:\s*(#[0-9a-f]{6})/g,
    ))
      (name === 'color' ? text : back).add(value!);
  }
  for (const [, value] of html.matchAll(/\sbgcolor="(#[0-9a-f]{6})"/g)) back.add(value!);
  return { text, back };
}

/** What a list of mails shows beside the subject: the first hidden words of the body. */
export function preheaderOf(html: string): string | null {
  const found = /<body[^>]*>\s*<div style="display:none[^"]*">([\s\S]*?)<\/div>/.exec(html);
  return found ? unescaped(found[1]!).trim() : null;
}
