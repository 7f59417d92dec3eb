import { createHmac, timingSafeEqual } from 'node:crypto';

/** The folder of the page behind a link of each purpose. */
const PLACES = { answer: 'r', opt_out: 'u', preferences: 'p', case: 'case/open', copy: 'copy' } as const;

export type TokenPurpose = keyof typeof PLACES;

/** How long a link in a mail may be answered. Opting out stays possible for ever. */
export const ANSWER_LIFE_DAYS = 180;

const ID_BYTES = 16;
const SEAL_BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const LINK = /(\/(?:r|u|p|case\/open|case\/email|copy|enquiry\/confirm)\/)[A-Za-z0-9_-]{43}/g;

/** A link that only we can make: the message's id and an HMAC-SHA256 cut to 128 bits, 43 characters in base64url. */
export function answerToken(messageId: string, purpose: TokenPurpose, secret: string): string {
  const id = Buffer.from(messageId.replaceAll('-', ''), 'hex');
  if (id.length !== ID_BYTES) throw new Error('A token is made for the id of a message.');
  return Buffer.concat([id, seal(id, purpose, secret)]).toString('base64url');
}

/** The message a token was made for, or null when we did not make it, or made it for another purpose. */
export function readToken(token: string, purpose: TokenPurpose, secret: string): string | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  // The last character carries two spare bits: only one spelling is ours.
  if (bytes.length !== ID_BYTES + SEAL_BYTES || bytes.toString('base64url') !== token) return null;
  const id = bytes.subarray(0, ID_BYTES);
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), seal(id, purpose, secret))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The page behind a link of a mail: `/r/…` to answer, `/u/…` to opt out, `/p/…` to choose, `/case/open/…` for one's own case, `/copy/…` for a copy of one's own data. */
export function tokenLink(appUrl: string, messageId: string, purpose: TokenPurpose, secret: string): string {
  return `${appUrl}/${PLACES[purpose]}/${answerToken(messageId, purpose, secret)}`;
}

/**
 * A letter as staff may see it: the investor's personal links lead nowhere, so that nobody answers or opts out in the
 * investor's name.
 */
export function withoutTokens(letter: string): string {
  return letter.replace(LINK, '$1…');
}

export function answerLifeEnded(createdAt: Date, now: Date): boolean {
  return now.getTime() - createdAt.getTime() > ANSWER_LIFE_DAYS * 24 * 3_600_000;
}

function seal(id: Buffer, purpose: TokenPurpose, secret: string): Buffer {
  return createHmac('sha256', secret)
    .update(`mail-link:${purpose}:`)
    .update(id)
    .digest()
    .subarray(0, SEAL_BYTES);
}
