import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import type { Language } from '../../platform/i18n/i18n.js';
import {
  MailDeferred,
  MailOutcomeUnknown,
  MailRejected,
  type MailInvitation,
} from '../../platform/mail/mailer.js';
import type { ConsentState } from '../directory/consent.entity.js';
import type { MailFrequency } from './preferences/mail-preference.entity.js';
import { refusal, type Refusal } from './mail.rules.js';
import { backoffMs, givesUp } from './message.rules.js';
import type { MailAudience, MailPurpose } from './templates/template.entity.js';

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

/** Whether its recipient may be written to, as it stands in the tables. */
export interface RecipientFacts {
  recipientBounced: boolean;
  recipientActive: boolean;
  /** Null for service mail: it is not asked for. */
  consent: ConsentState | null;
  /** The reader of the mailbox chose not to get promotion mail of this topic. */
  topicRefused: boolean;
  /** The person asked that the data not be used, and this is no mail about that. */
  restricted: boolean;
}

/** A message that one attempt holds, with all that the attempt needs to know. */
export interface ClaimedMessage extends Attempted, RecipientFacts {
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
  invitation: MailInvitation | null;
  messageIdHeader: string;
  /** Of promotion mail, where the reader of the mailbox chose. */
  frequency: MailFrequency | null;
  /** Later it would say nothing any more. */
  notAfter: Date | null;
  /** When its recipient was looked up, by the machine's monotonic clock. */
  readAt: number;
  /** Other promotion mails to the mailbox that went out today, or could at this moment. */
  rivals: number;
}

export function refusalOf(
  message: RecipientFacts & Pick<ClaimedMessage, 'purpose' | 'toAddress'>,
): Refusal | null {
  return refusal(message.purpose, {
    address: message.toAddress,
    bounced: message.recipientBounced,
    active: message.recipientActive,
    consent: message.consent ?? 'none',
    topicRefused: message.topicRefused,
    restricted: message.restricted,
  });
}

export interface Delivered {
  message: ClaimedMessage;
  outcome: Outcome;
}

/** Why a promotion mail waits: nothing is wrong with it. */
export const OUTSIDE_WORKING_HOURS = 'outside_working_hours';

/** Promotion mail goes out in working hours only. */
export function laterFor(purpose: MailPurpose, at: Date, hours: WorkingTime): Date {
  return purpose === 'promotion' ? hours.nextSendingMoment(at) : at;
}

export function postponed(purpose: MailPurpose, until: Date, hours: WorkingTime, code: string): Outcome {
  return { status: 'queued', notBefore: laterFor(purpose, until, hours), code, postponed: true };
}

/** The attempt broke off before anything was handed to the mail server: whoever comes next may try. */
export function givenBack(now: Date): Outcome {
  return { status: 'queued', notBefore: now, code: 'interrupted', postponed: true };
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
