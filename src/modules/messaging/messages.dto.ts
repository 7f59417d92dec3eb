import { IsOptional } from 'class-validator';
import { CommaList, IsInstant, NamedRef, QueryFlag } from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { MESSAGE_STATUSES, type Answer, type MessageStatus } from './message.entity.js';
import {
  MAIL_AUDIENCES,
  MAIL_PURPOSES,
  type MailAudience,
  type MailPurpose,
} from './templates/template.entity.js';

export class MessagesQuery extends PageQuery {
  /** Only of these leads. */
  @CommaList({ uuid: true })
  leadId?: string[];

  /** Only to these contacts. */
  @CommaList({ uuid: true })
  contactId?: string[];

  /** Only of these rounds. */
  @CommaList({ uuid: true })
  roundId?: string[];

  /** Only of these reminders. */
  @CommaList({ uuid: true })
  reminderId?: string[];

  /** Only in these states. */
  @CommaList({ allowed: MESSAGE_STATUSES })
  status?: MessageStatus[];

  /** `promotion`, `service`. */
  @CommaList({ allowed: MAIL_PURPOSES })
  purpose?: MailPurpose[];

  /** `investor`, `officer`. */
  @CommaList({ allowed: MAIL_AUDIENCES })
  audience?: MailAudience[];

  /** Only with, or only without, an answer. */
  @QueryFlag()
  answered?: boolean;

  /** Made at this time or later. */
  @IsOptional()
  @IsInstant()
  from?: string;

  /** Made before this time. */
  @IsOptional()
  @IsInstant()
  to?: string;
}

export class MessageTemplateRef {
  id: string;
  code: string;
  nameVi: string;
  nameEn: string;
}

export class MessageLeadRef {
  id: string;
  reference: string;
}

export class MessageAnswerShown {
  answer: Answer;
  note: string | null;
  /** With `not_now`: ask again from this day. */
  until: string | null;
  /** UTC. */
  at: string;
}

export class MessageListItem {
  id: string;
  /** `unknown`: it may or may not have arrived; a person decides by `retry` or `mark-sent`. */
  status: MessageStatus;
  purpose: MailPurpose;
  audience: MailAudience;
  language: Language;
  template: MessageTemplateRef;
  /** The investor's person, or null for a notice to an officer. */
  contact: NamedRef | null;
  firm: NamedRef | null;
  /** The officer, or null for a mail to an investor. */
  user: NamedRef | null;
  lead: MessageLeadRef | null;
  roundId: string | null;
  reminderId: string | null;
  toAddress: string;
  subject: string;
  /** It goes out no earlier. UTC. */
  notBefore: string;
  sentAt: string | null;
  attempts: number;
  /** Why it waits (`outside_working_hours` until `notBefore`), was cancelled or refused. @example "smtp_550" */
  errorCode: string | null;
  answer: MessageAnswerShown | null;
  createdAt: string;
  version: number;
}

export class MessageDetail extends MessageListItem {
  toName: string;
  fromName: string;
  replyTo: string | null;
  /** The Message-ID under which it went out, the same at every attempt. */
  messageIdHeader: string;
  /** As it was sent, but for the investor's personal links: `/r/…` and `/u/…` stand in their place. */
  bodyText: string;
  /** The same in HTML. */
  bodyHtml: string;
  /** When the last attempt began. */
  claimedAt: string | null;
}

export class MessagePage implements Page<MessageListItem> {
  items: MessageListItem[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}
