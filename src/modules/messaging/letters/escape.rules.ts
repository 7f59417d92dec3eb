const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** One line without control or direction-changing characters: safe in a header and in a sentence. */
export function oneLine(value: string, max: number): string {
  const line = value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  return [...line].length <= max ? line : `${[...line].slice(0, max - 1).join('')}…`;
}

/**
 * A name that somebody outside typed: in a letter that goes out under the agency's name it must not carry an
 * address of its own, or an enquiry form becomes a way to advertise to strangers.
 */
export function withoutAddresses(value: string): string {
  return (
    value
      .replace(/(?:\b[a-z][a-z0-9+.-]*:\/\/|\bwww\.)\S*/gi, '')
      // mail programs make a link of a bare domain too
      .replace(/(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}\/\S*/gu, '')
      .replace(/(?<=[\p{L}\p{N}])(\.(?=\p{L}{2})|@)/gu, '$1\u2060')
      .replace(/ {2,}/g, ' ')
      .trim()
  );
}
