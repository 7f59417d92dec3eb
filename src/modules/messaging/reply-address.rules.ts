import { createHmac, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;
/** 80 bits: nobody guesses one, and the whole stays within the 64 characters of a local part. */
const SEAL_BYTES = 10;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const MARK = /^[a-z2-7]{42}$/;

/**
 * Where a reply to a message goes: the agency's mailbox with a mark behind a plus sign that only we can make and that
 * tells the message. Small letters and digits, since some servers change the case of addresses.
 * @param inboxAddress `INBOX_ADDRESS` @example "inbox+ag5q…@agency.vn"
 */
export function replyAddress(inboxAddress: string, messageId: string, secret: string): string {
  const id = Buffer.from(messageId.replaceAll('-', ''), 'hex');
  if (id.length !== ID_BYTES) throw new Error('A reply address is made for the id of a message.');
  const at = inboxAddress.lastIndexOf('@');
  const mark = base32(Buffer.concat([id, seal(id, secret)]));
  return `${inboxAddress.slice(0, at)}+${mark}${inboxAddress.slice(at)}`;
}

/** The message that a reply address was made for, or null when it is none of ours. */
export function readReplyAddress(address: string, inboxAddress: string, secret: string): string | null {
  const given = address.trim().toLowerCase();
  const at = inboxAddress.lastIndexOf('@');
  const beginning = `${inboxAddress.slice(0, at)}+`.toLowerCase();
  const ending = inboxAddress.slice(at).toLowerCase();
  if (!given.startsWith(beginning) || !given.endsWith(ending)) return null;
  const mark = given.slice(beginning.length, given.length - ending.length);
  if (!MARK.test(mark)) return null;
  const bytes = fromBase32(mark);
  // the last character carries spare bits: only one spelling is ours
  if (base32(bytes) !== mark) return null;
  const id = bytes.subarray(0, ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), seal(id, secret))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The mailbox to which the reply to a letter goes: the agency's where it has one, else the officer's own. */
export function replyMailbox(
  letter: { id: string; officerName: string | null; officerAddress: string | null; agency: string },
  inboxAddress: string | undefined,
  secret: string,
): { name: string; address: string } | undefined {
  const name = letter.officerName ?? letter.agency;
  if (inboxAddress) return { name, address: replyAddress(inboxAddress, letter.id, secret) };
  return letter.officerAddress ? { name, address: letter.officerAddress } : undefined;
}

function seal(id: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update('mail-reply:').update(id).digest().subarray(0, SEAL_BYTES);
}

/** RFC 4648 without padding, in small letters. */
function base32(bytes: Buffer): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += ALPHABET[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}

function fromBase32(text: string): Buffer {
  let bits = 0;
  let value = 0;
  const bytes: number[] = [];
  for (const character of text) {
    value = (value << 5) | ALPHABET.indexOf(character);
    bits += 5;
    if (bits >= 8) {
      bytes.push((value >>> (bits - 8)) & 255);
      bits -= 8;
    }
    value &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
