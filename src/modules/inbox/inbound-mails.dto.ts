import { IsOptional, IsUUID } from 'class-validator';
import { CommaList, NamedRef } from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import {
  INBOUND_MAIL_KINDS,
  INBOUND_MAIL_STATES,
  type InboundAttachment,
  type InboundMailKind,
  type InboundMailState,
  type InboundNote,
  type MatchedBy,
  type MeetingReply,
} from './inbound-mail.entity.js';
import type { Received } from './inbox.service.js';

export class InboundReceipt {
  /** `known`: it came before; `ours`: a letter of the agency's own that came back. */
  result: Received;
}

export class InboundMailsQuery extends PageQuery {
  /** `matched`, `unmatched` (waits for a person), `set_aside`. */
  @CommaList({ allowed: INBOUND_MAIL_STATES })
  state?: InboundMailState[];

  /** Only of these kinds. */
  @CommaList({ allowed: INBOUND_MAIL_KINDS })
  kind?: InboundMailKind[];

  /** Only of these leads. */
  @CommaList({ uuid: true })
  leadId?: string[];

  /** Only of these people. */
  @CommaList({ uuid: true })
  contactId?: string[];
}

export class InboundLeadRef {
  id: string;
  reference: string;
  firm: NamedRef;
}

export class InboundMailItem {
  id: string;
  /** When the mail server took it. UTC. */
  receivedAt: string;
  fromAddress: string;
  /** As the writer calls themself; empty when they do not. */
  fromName: string;
  subject: string;
  /** The first 200 characters of what the writer wrote. */
  excerpt: string;
  /** Only a `reply` is an answer. `unknown`: it is empty or cannot be read. */
  kind: InboundMailKind;
  state: InboundMailState;
  /** What tells whose it is; null while nothing does. */
  matchedBy: MatchedBy | null;
  lead: InboundLeadRef | null;
  contact: NamedRef | null;
  /** Written from another address than the person's. */
  otherAddress: boolean;
  /** With a bounce. @example "smtp_550" */
  bounceCode: string | null;
  /** With an out-of-office note that states it: the day on which the writer is back. */
  returnOn: string | null;
  /** With a calendar's reply. */
  meetingReply: MeetingReply | null;
  /** Why not all of it was read, or nothing followed from it. */
  note: InboundNote | null;
  /** How many files came with it, refused ones included. */
  attachments: number;
  version: number;
}

export class InboundAttachmentItem {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  /** Why it was not kept; null when it can be opened. */
  refusal: InboundAttachment['refusal'];
}

export class InboundMailDetail extends InboundMailItem {
  /** Every address it was sent to, separated by commas; the signed mark of a reply address is left out. */
  toAddresses: string;
  /** What the writer wrote, without the quoted letter and the signature. Plain text. */
  words: string;
  /** The whole text. Plain. */
  text: string;
  files: InboundAttachmentItem[];
  /** The letter that it answers or reports on. */
  message: InboundLetterRef | null;
}

export class InboundLetterRef {
  id: string;
  subject: string;
}

export class InboundMailPage implements Page<InboundMailItem> {
  items: InboundMailItem[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}

export class AssignInboundMail {
  /** The lead to which it belongs. */
  @IsUUID()
  leadId: string;

  /** Who wrote it, one of the people of the lead's firms; left out: whoever has the address, if anybody has. */
  @IsOptional()
  @IsUUID()
  contactId?: string;
}
