import { DateTime } from 'luxon';
import type { MailFrequency } from './mail-preference.entity.js';

/** Local days between two promotion mails to one mailbox. */
const DAYS_APART: Record<MailFrequency, number> = { each: 0, weekly: 7, monthly: 30 };

/** A promotion mail that had to wait longer than this would come out of nowhere. */
export const LONGEST_WAIT_DAYS = 45;

/** When the next promotion mail may go: the beginning of a local day, or the time given when nothing stands against it. */
export function nextAllowed(
  frequency: MailFrequency | null,
  lastAt: Date | null,
  at: Date,
  timeZone: string,
): Date {
  const days = DAYS_APART[frequency ?? 'each'];
  if (days === 0 || lastAt === null) return at;
  const free = DateTime.fromJSDate(lastAt, { zone: timeZone }).startOf('day').plus({ days }).toJSDate();
  return free > at ? free : at;
}

/** Until when a promotion mail still makes sense: an invitation until its event begins. */
export function lastSensible(made: Date, eventStartsAt: Date | undefined): Date {
  const longest = new Date(made.getTime() + LONGEST_WAIT_DAYS * 24 * 3_600_000);
  return eventStartsAt && eventStartsAt < longest ? eventStartsAt : longest;
}
