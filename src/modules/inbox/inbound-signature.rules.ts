import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the sender's clock may be off, and how long a signature holds. */
export const SIGNATURE_SECONDS = 5 * 60;

/** Of `<timestamp>.<body>`, hexadecimal. @param timestamp Unix seconds, as in the header */
export function inboundSignature(timestamp: string, body: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
}

/** Asked before the body is read: a time that is off needs no reading. */
export function isTimely(timestamp: string | undefined, now: Date): timestamp is string {
  if (!timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= SIGNATURE_SECONDS;
}

export function isSigned(
  { timestamp, signature }: { timestamp: string; signature: string | undefined },
  body: Buffer,
  secret: string,
): boolean {
  if (!signature || !/^[0-9a-f]{64}$/i.test(signature)) return false;
  const expected = Buffer.from(inboundSignature(timestamp, body, secret), 'hex');
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}
