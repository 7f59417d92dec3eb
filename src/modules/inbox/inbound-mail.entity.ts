import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  VersionColumn,
  type Relation,
} from 'typeorm';
import { StoredFile } from '../../platform/files/stored-file.entity.js';
import { Contact } from '../directory/contact.entity.js';
import { Lead } from '../leads/lead.entity.js';
import { Message } from '../messaging/message.entity.js';

export const INBOUND_MAIL_KINDS = [
  'reply',
  'bounce_hard',
  'bounce_soft',
  'auto_reply',
  'out_of_office',
  'unsubscribe_request',
  'read_receipt',
  'calendar_reply',
  'unknown',
] as const;
/** Only a `reply` is an answer of a person. `unknown`: it says nothing, or could not be read. */
export type InboundMailKind = (typeof INBOUND_MAIL_KINDS)[number];

export const INBOUND_MAIL_STATES = ['matched', 'unmatched', 'set_aside'] as const;
/** `unmatched` waits for a person, who assigns it or sets it aside. */
export type InboundMailState = (typeof INBOUND_MAIL_STATES)[number];

export const MATCHED_BY = ['reply_address', 'thread', 'report', 'sender', 'person'] as const;
/** What tells whose it is: the signed mark of its address, the letter that it answers, a report's words, its sender, or a person. */
export type MatchedBy = (typeof MATCHED_BY)[number];

export const MEETING_REPLIES = ['accepted', 'declined', 'tentative'] as const;
export type MeetingReply = (typeof MEETING_REPLIES)[number];

export const INBOUND_NOTES = ['too_large', 'unreadable', 'failed', 'too_many', 'from_staff'] as const;
/** Why nothing followed from it, or not all of it was read. */
export type InboundNote = (typeof INBOUND_NOTES)[number];

/** One mail that came in. When its person is erased the row stays and says nothing of them. */
@Entity('inbound_mail')
@Unique('inbound_mail_message_id_header_key', ['messageIdHeader'])
@Index('inbound_mail_received_at_idx', ['receivedAt', 'id'])
@Index('inbound_mail_lead_id_idx', ['leadId', 'receivedAt'])
@Index('inbound_mail_contact_id_idx', ['contactId'])
@Index('inbound_mail_sender_idx', ['fromAddress', 'receivedAt'])
@Index('inbound_mail_unmatched_idx', ['receivedAt'], { where: `state = 'unmatched'` })
@Check(
  'inbound_mail_kind_check',
  `kind IN ('reply', 'bounce_hard', 'bounce_soft', 'auto_reply', 'out_of_office', 'unsubscribe_request', 'read_receipt', 'calendar_reply', 'unknown')`,
)
@Check('inbound_mail_state_check', `state IN ('matched', 'unmatched', 'set_aside')`)
@Check('inbound_mail_channel_check', `channel IN ('imap', 'webhook')`)
@Check(
  'inbound_mail_matched_by_check',
  `matched_by IN ('reply_address', 'thread', 'report', 'sender', 'person')`,
)
@Check('inbound_mail_meeting_reply_check', `meeting_reply IN ('accepted', 'declined', 'tentative')`)
@Check('inbound_mail_note_check', `note IN ('too_large', 'unreadable', 'failed', 'too_many', 'from_staff')`)
export class InboundMail {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'inbound_mail_pkey' })
  id: string;

  /** Its own Message-ID: what comes twice, by whatever way, is one. */
  @Column({ type: 'text' })
  messageIdHeader: string;

  @Column({ type: 'text' })
  channel: 'imap' | 'webhook';

  /** Small letters. */
  @Column({ type: 'text' })
  fromAddress: string;

  @Column({ type: 'text' })
  fromName: string;

  /** Addresses, separated by commas. */
  @Column({ type: 'text' })
  toAddresses: string;

  @Column({ type: 'text' })
  subject: string;

  /** The whole of it, plain. */
  @Column({ type: 'text' })
  text: string;

  /** What the writer wrote: without the quoted letter and the signature. */
  @Column({ type: 'text' })
  words: string;

  @Column({ type: 'timestamptz' })
  receivedAt: Date;

  @Column({ type: 'text' })
  kind: InboundMailKind;

  @Column({ type: 'text' })
  state: InboundMailState;

  @Column({ type: 'text', nullable: true })
  matchedBy: MatchedBy | null;

  @Column({ type: 'uuid', nullable: true })
  leadId: string | null;

  @ManyToOne(() => Lead, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'inbound_mail_lead_id_fkey' })
  lead?: Relation<Lead> | null;

  @Column({ type: 'uuid', nullable: true })
  contactId: string | null;

  @ManyToOne(() => Contact)
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'inbound_mail_contact_id_fkey' })
  contact?: Relation<Contact> | null;

  /** The letter of ours that it answers or reports on. */
  @Column({ type: 'uuid', nullable: true })
  messageId: string | null;

  @ManyToOne(() => Message)
  @JoinColumn({ name: 'message_id', foreignKeyConstraintName: 'inbound_mail_message_id_fkey' })
  message?: Relation<Message> | null;

  /** Written from another address than the contact's. */
  @Column({ type: 'boolean', default: false })
  otherAddress: boolean;

  /** With a bounce. @example "smtp_550" */
  @Column({ type: 'text', nullable: true })
  bounceCode: string | null;

  /** With an out-of-office note that states it: the day on which the writer is back. */
  @Column({ type: 'date', nullable: true })
  returnOn: string | null;

  @Column({ type: 'text', nullable: true })
  meetingReply: MeetingReply | null;

  @Column({ type: 'text', nullable: true })
  note: InboundNote | null;

  /** What it became on the lead; null while nothing did. */
  @Column({ type: 'uuid', nullable: true })
  activityId: string | null;

  @VersionColumn({ default: 1 })
  version: number;
}

/** One attachment: kept as a file, or refused for a reason. */
@Entity('inbound_attachment')
@Index('inbound_attachment_mail_id_idx', ['mailId'])
@Check('inbound_attachment_refusal_check', `refusal IN ('type', 'too_large', 'empty', 'too_many')`)
@Check('inbound_attachment_file_check', `num_nonnulls(file_id, refusal) = 1`)
export class InboundAttachment {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'inbound_attachment_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  mailId: string;

  @ManyToOne(() => InboundMail, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'mail_id', foreignKeyConstraintName: 'inbound_attachment_mail_id_fkey' })
  mail?: Relation<InboundMail>;

  @Column({ type: 'text' })
  name: string;

  /** Bytes, as they came. */
  @Column({ type: 'int' })
  size: number;

  @Column({ type: 'uuid', nullable: true })
  fileId: string | null;

  @ManyToOne(() => StoredFile)
  @JoinColumn({ name: 'file_id', foreignKeyConstraintName: 'inbound_attachment_file_id_fkey' })
  file?: Relation<StoredFile> | null;

  @Column({ type: 'text', nullable: true })
  refusal: 'type' | 'too_large' | 'empty' | 'too_many' | null;
}

/** How far a mailbox is read, and by whom at this moment. */
@Entity('inbox_mailbox')
export class InboxMailbox {
  /** Host, account and folder. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'inbox_mailbox_pkey' })
  key: string;

  /** Of the numbering that `lastUid` belongs to (RFC 3501); null before the first reading. */
  @Column({ type: 'bigint', nullable: true })
  uidValidity: string | null;

  @Column({ type: 'bigint', default: 0 })
  lastUid: string;

  @Column({ type: 'uuid', nullable: true })
  reader: string | null;

  /** By PostgreSQL's own time: after it a reader that is silent counts as dead. */
  @Column({ type: 'timestamptz', nullable: true })
  readingUntil: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastReadAt: Date | null;

  /** Why the last reading failed; null when it did not. @example "auth_failed" */
  @Column({ type: 'text', nullable: true })
  errorCode: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  errorSince: Date | null;
}
