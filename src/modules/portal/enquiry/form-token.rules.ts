import { createHmac, timingSafeEqual } from 'node:crypto';
import { newId } from '../../../platform/database/ids.js';

/** Nobody fills in the form faster. */
const SHORTEST_MS = 3_000;
/** A page left open longer is given out anew, with what was typed. */
const LONGEST_MS = 12 * 3_600_000;

const ID_BYTES = 16;
const TIME_BYTES = 6;
const SEAL_BYTES = 16;
const BYTES = ID_BYTES + TIME_BYTES + SEAL_BYTES;

export type FormTokenFault = 'forged' | 'too_old' | 'too_fast';

export interface FormToken {
  /** Of one page given out once; an enquiry is received once under it. */
  formId: string;
  /** Unset: the form may be sent. */
  fault?: Exclude<FormTokenFault, 'forged'>;
}

/** What makes a form ours: an id, when it was given out, and an HMAC-SHA256 cut to 128 bits; 51 characters in base64url. */
export function formToken(now: Date, secret: string, formId = newId()): string {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeUIntBE(now.getTime(), 0, TIME_BYTES);
  const content = Buffer.concat([Buffer.from(formId.replaceAll('-', ''), 'hex'), time]);
  return Buffer.concat([content, seal(content, 'enquiry-form', secret)]).toString('base64url');
}

/** Null: not ours, or of another page. */
export function readFormToken(token: string, now: Date, secret: string): FormToken | null {
  const content = opened(token, BYTES, 'enquiry-form', secret);
  if (!content) return null;
  const age = now.getTime() - content.readUIntBE(ID_BYTES, TIME_BYTES);
  const formId = uuid(content.subarray(0, ID_BYTES));
  if (age > LONGEST_MS) return { formId, fault: 'too_old' };
  return age < SHORTEST_MS ? { formId, fault: 'too_fast' } : { formId };
}

/** The link by which the sender of an enquiry that waits confirms it. */
export function confirmationToken(formId: string, secret: string): string {
  const id = Buffer.from(formId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, seal(id, 'enquiry-confirmation', secret)]).toString('base64url');
}

export function readConfirmationToken(token: string, secret: string): string | null {
  const content = opened(token, ID_BYTES + SEAL_BYTES, 'enquiry-confirmation', secret);
  return content && uuid(content);
}

/** What the page after the form shows; it says nothing that the sender does not know. */
export interface Receipt {
  reference: string;
  receivedAt: Date;
  /** Waits for the sender's word. */
  waits: boolean;
}

const REFERENCE = /^YC-\d{4}-\d{6,12}$/;

export function receiptToken({ reference, receivedAt, waits }: Receipt, secret: string): string {
  const content = Buffer.from(`${reference}.${receivedAt.getTime()}.${waits ? 1 : 0}`);
  return Buffer.concat([seal(content, 'enquiry-receipt', secret), content]).toString('base64url');
}

export function readReceiptToken(token: string, secret: string): Receipt | null {
  if (token.length > 120) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= SEAL_BYTES || bytes.toString('base64url') !== token) return null;
  const content = bytes.subarray(SEAL_BYTES);
  if (!timingSafeEqual(bytes.subarray(0, SEAL_BYTES), seal(content, 'enquiry-receipt', secret))) return null;
  const [reference = '', at, waits] = content.toString().split('.');
  if (!REFERENCE.test(reference)) return null;
  return { reference, receivedAt: new Date(Number(at)), waits: waits === '1' };
}

/** Enough to count by and nothing to find the address from; of IPv6 the network, which one household has to itself. */
export function senderOf(ip: string, secret: string): string {
  return createHmac('sha256', secret)
    .update(`enquiry-sender:${networkOf(ip)}`)
    .digest('base64url')
    .slice(0, 22);
}

function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip;
  const [head = '', tail] = ip.split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after].slice(0, 4).join(':');
}

function opened(token: string, bytes: number, purpose: string, secret: string): Buffer | null {
  const all = Buffer.from(token, 'base64url');
  // the last character may carry spare bits: only one spelling is ours
  if (all.length !== bytes || all.toString('base64url') !== token) return null;
  const content = all.subarray(0, bytes - SEAL_BYTES);
  return timingSafeEqual(all.subarray(bytes - SEAL_BYTES), seal(content, purpose, secret)) ? content : null;
}

function seal(content: Buffer, purpose: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${purpose}:`).update(content).digest().subarray(0, SEAL_BYTES);
}

function uuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
