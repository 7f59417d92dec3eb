import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const HOUR_MS = 3_600_000;

/** How long after it was sent a mail's own link opens the case. */
export const MAIL_LINK_LIFE_MS = 72 * HOUR_MS;
/** How long a link that was asked for on the page opens the case. */
export const FRESH_LINK_LIFE_MS = HOUR_MS / 2;
/** How many of those one person gets in an hour. */
export const FRESH_LINKS_AN_HOUR = 3;
export const HOUR = HOUR_MS;
/** How long a browser may go on. */
export const SESSION_LIFE_MS = 24 * HOUR_MS;
/** The form of one page, sent twice by an impatient finger, is one use. */
export const SAME_PRESS_MS = 60_000;
/** How long another mailbox has to answer. */
export const EMAIL_CHANGE_LIFE_MS = 48 * HOUR_MS;

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits, 43 characters in base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it may be asked for at all: an id as we write it. */
export function isId(value: string): boolean {
  return ID.test(value);
}

export function isToken(value: unknown): value is string {
  return typeof value === 'string' && TOKEN.test(value);
}

/** What is kept of a token: enough to know it again, nothing to make it from. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** The link in the mail that asks a new mailbox to confirm itself: the change's id and a seal that only we can make. */
export function emailChangeToken(id: string, secret: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, sealOf(bytes, secret)]).toString('base64url');
}

/** The change behind such a link, or null: not ours. */
export function readEmailChangeToken(token: string, secret: string): string | null {
  if (!TOKEN.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== token) return null;
  const id = bytes.subarray(0, 16);
  if (!timingSafeEqual(bytes.subarray(16), sealOf(id, secret))) return null;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function sealOf(id: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update('case-email:').update(id).digest().subarray(0, 16);
}
