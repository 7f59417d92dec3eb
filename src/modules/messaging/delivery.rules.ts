import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { MailDeferred, MailOutcomeUnknown, MailRejected } from '../../platform/mail/mailer.js';
import { backoffMs, givesUp } from './message.rules.js';
import type { MailAudience, MailPurpose } from './template.entity.js';

/** What came of one attempt. `postponed` was none: nothing was handed to the mail server. */
export type Outcome =
  | { status: 'sent'; sentAt: Date }
  | { status: 'queued'; notBefore: Date; code: string; postponed: boolean }
  | { status: 'failed' | 'bounced' | 'unknown' | 'cancelled'; code: string };

export interface Attempted {
  purpose: MailPurpose;
  audience: MailAudience;
  /** This one included. */
  attempts: number;
  claimedAt: Date;
  firstTriedAt: Date | null;
}

/** A message that one attempt holds, with all that the attempt needs to know. */
export interface ClaimedMessage extends Attempted {
  id: string;
  claimToken: string;
  language: Language;
  contactId: string | null;
  userId: string | null;
  leadId: string | null;
  reminderId: string | null;
  roundId: string | null;
  toAddress: string;
  toName: string;
  toDomain: string;
  fromName: string;
  replyTo: string | null;
  officerName: string | null;
  subject: string;
  bodyText: string;
  bodyHtml: string;
  messageIdHeader: string;
  recipientBounced: boolean;
  recipientActive: boolean;
  consent: 'given' | 'withdrawn' | null;
  /** Other promotion mails to the person that went out today, or could at this moment. */
  rivals: number;
}

export interface Delivered {
  message: ClaimedMessage;
  outcome: Outcome;
}

/** Promotion mail goes out in working hours only. */
export function laterFor(purpose: MailPurpose, at: Date, hours: WorkingTime): Date {
  return purpose === 'promotion' ? hours.nextWorkingMoment(at) : at;
}

export function postponed(purpose: MailPurpose, until: Date, hours: WorkingTime, code: string): Outcome {
  return { status: 'queued', notBefore: laterFor(purpose, until, hours), code, postponed: true };
}

/**
 * What an error of the mailer means. When nobody knows whether the server took it, an investor's mail waits for a
 * person; an officer's notice goes again under the same Message-ID, since a second one does less harm than none.
 */
export function outcomeOfError(error: unknown, message: Attempted, now: Date, hours: WorkingTime): Outcome {
  if (error instanceof MailRejected)
    return { status: error.recipient ? 'bounced' : 'failed', code: error.code };
  if (error instanceof MailOutcomeUnknown && message.audience === 'investor')
    return { status: 'unknown', code: error.code };
  const code =
    error instanceof MailDeferred || error instanceof MailOutcomeUnknown ? error.code : 'mailer_error';
  if (givesUp(message.firstTriedAt ?? message.claimedAt, now)) return { status: 'failed', code };
  const wait = new Date(now.getTime() + backoffMs(message.attempts));
  return { status: 'queued', notBefore: laterFor(message.purpose, wait, hours), code, postponed: false };
}
