import { createHash } from 'node:crypto';
import { simpleParser, type AddressObject } from 'mailparser';
import { fileName } from '../../platform/files/file-kinds.rules.js';

export interface IncomingAttachment {
  name: string;
  content: Buffer;
  /** As the sender claims it. */
  mediaType: string;
}

/** One mail as it came in, decoded. All addresses are in small letters. */
export interface IncomingMail {
  /** With its angle brackets; made from the content where the sender gave none, so that twice is still once. */
  messageId: string;
  from: { name: string; address: string };
  /** Whoever it is addressed to, by any header that a mail server or a person writes. */
  recipients: string[];
  subject: string;
  /** Plain; made from the HTML where there is nothing else, without script, style or links' targets hidden in it. */
  text: string;
  /** Message-IDs that it answers, the nearest first. */
  references: string[];
  /** By name in small letters, unfolded; of a header that comes twice the first one. */
  headers: ReadonlyMap<string, string>;
  attachments: IncomingAttachment[];
  /** The parts that programs write for programs. */
  deliveryStatus: string | null;
  dispositionNotice: boolean;
  calendar: string | null;
  /** The headers of the letter that a delivery report is about. */
  originalHeaders: string | null;
}

/** Bytes of a whole mail; of a larger one only the beginning is read. */
export const LARGEST_MAIL = 25 * 1024 * 1024;

/** Characters that are kept of a text; more than any letter has. */
const LONGEST_TEXT = 1_000_000;
const LONGEST_HTML = 3_000_000;
const RECIPIENTS = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'resent-to'];
/** Where a link or a picture of an HTML letter leads, as it is written beside its words. */
const HIDDEN_TARGET = / ?\[(?:[a-z][a-z0-9+.-]*:|\/)[^\]\s]{0,4000}\]/gi;
const ADDRESS = /[^\s<>"(),:;]+@[^\s<>"(),:;]+/g;
const ID = /<[^<>\s]{1,900}>/g;
const MACHINE_PARTS =
  /^(message\/(delivery-status|disposition-notification|rfc822|global.*)|text\/(rfc822-headers|calendar)|application\/ics)$/;

/** Reads a raw message (RFC 5322). Throws when it is none. */
export async function readMail(source: Buffer): Promise<IncomingMail> {
  const parsed = await simpleParser(source, {
    skipTextToHtml: true,
    skipImageLinks: true,
    maxHtmlLengthToParse: LONGEST_HTML,
    keepDeliveryStatus: true,
    ignoreEmbedded: true,
    checksumAlgo: 'sha256',
  } as Parameters<typeof simpleParser>[1]);
  const headers = headersOf(parsed.headerLines);
  const partOf = (...types: string[]): string | null =>
    parsed.attachments.find(({ contentType }) => types.includes(contentType))?.content.toString('utf8') ??
    null;
  const from = parsed.from?.value[0];
  return {
    messageId: headers.get('message-id')?.match(ID)?.[0] ?? idOf(source),
    from: { name: clean(from?.name ?? '', 200), address: (from?.address ?? '').toLowerCase().slice(0, 320) },
    recipients: recipientsOf(headers, [parsed.to, parsed.cc].flat()),
    subject: clean(parsed.subject ?? '', 500),
    text: plain(parsed.html ? (parsed.text ?? '').replace(HIDDEN_TARGET, '') : (parsed.text ?? '')),
    references: [headers.get('in-reply-to'), ...[headers.get('references') ?? ''].reverse()]
      .flatMap((value) => [...(value ?? '').matchAll(ID)].map(([id]) => id).reverse())
      .slice(0, 50),
    headers,
    attachments: parsed.attachments
      .filter(({ contentType, related }) => !MACHINE_PARTS.test(contentType) && !related)
      .map(({ filename, content, contentType }) => ({
        name: fileName(filename ?? 'file', /\.([A-Za-z0-9]{1,8})$/.exec(filename ?? '')?.[1] ?? 'bin'),
        content,
        mediaType: contentType,
      })),
    deliveryStatus: partOf('message/delivery-status', 'message/global-delivery-status'),
    dispositionNotice: partOf('message/disposition-notification') !== null,
    calendar: partOf('text/calendar', 'application/ics'),
    originalHeaders: partOf(
      'message/rfc822',
      'text/rfc822-headers',
      'message/global',
      'message/global-headers',
    ),
  };
}

function headersOf(lines: readonly { key: string; line: string }[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const { key, line } of lines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim();
    if (!headers.has(key)) headers.set(key, value.slice(0, 10_000));
  }
  return headers;
}

function recipientsOf(
  headers: ReadonlyMap<string, string>,
  lists: readonly (AddressObject | undefined)[],
): string[] {
  const listed = lists.flatMap((list) => list?.value.flatMap(({ address }) => address ?? []) ?? []);
  const written = RECIPIENTS.flatMap((name) => headers.get(name)?.match(ADDRESS) ?? []);
  return [...new Set([...listed, ...written].map((address) => address.toLowerCase()))].slice(0, 100);
}

/** One line without control characters or marks that reverse the reading direction. */
function clean(text: string, max: number): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, max);
}

function plain(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{C}\n\t\u200d]/gu, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim()
    .slice(0, LONGEST_TEXT);
}

/** For a mail without a Message-ID of its own: the same content has the same. */
export function idOf(source: Buffer): string {
  return `<${createHash('sha256').update(source).digest('hex')}@without.id>`;
}
