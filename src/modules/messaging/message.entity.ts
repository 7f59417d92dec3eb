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
import type { Language } from '../../platform/i18n/i18n.js';
import type { MailInvitation } from '../../platform/mail/mailer.js';
import { Contact } from '../directory/contact.entity.js';
import { AppUser } from '../identity/app-user.entity.js';
import { Lead } from '../leads/lead.entity.js';
import { Template, type MailAudience, type MailPurpose } from './templates/template.entity.js';

export const MESSAGE_STATUSES = [
  'queued',
  'sending',
  'sent',
  'failed',
  'bounced',
  'unknown',
  'cancelled',
] as const;

/**
 * `sending` is claimed by one worker. `unknown`: the worker or the connection died between giving the mail to the
 * server and its answer, so a person decides. `failed`: temporary errors for three days. `bounced`: refused for good.
 */
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/** One mail to one person: what was written, when, to whom, and what came of it. */
@Entity('message')
@Unique('message_dedupe_key_key', ['dedupeKey'])
@Unique('message_message_id_header_key', ['messageIdHeader'])
@Check(
  'message_status_check',
  `status IN ('queued', 'sending', 'sent', 'failed', 'bounced', 'unknown', 'cancelled')`,
)
@Check('message_purpose_check', `purpose IN ('promotion', 'service')`)
@Check('message_audience_check', `audience IN ('investor', 'officer')`)
@Check('message_language_check', `language IN ('vi', 'en', 'zh')`)
@Check('message_recipient_check', `num_nonnulls(contact_id, user_id) = 1`)
@Index('message_due_idx', { synchronize: false })
@Index('message_sending_idx', { synchronize: false })
@Index('message_domain_sent_idx', { synchronize: false })
@Index('message_sent_idx', { synchronize: false })
@Index('message_promotion_address_idx', { synchronize: false })
@Index('message_attention_idx', { synchronize: false })
@Index('message_created_at_id_idx', ['createdAt', 'id'])
@Index('message_lead_id_created_at_idx', ['leadId', 'createdAt'])
@Index('message_contact_id_created_at_idx', ['contactId', 'createdAt'])
@Index('message_round_id_created_at_idx', ['roundId', 'createdAt'])
@Index('message_reminder_id_idx', ['reminderId'])
export class Message {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'message_pkey' })
  id: string;

  /** Whatever is created twice under one key exists once. @example "reminder:0199…" */
  @Column({ type: 'text' })
  dedupeKey: string;

  @Column({ type: 'uuid' })
  templateId: string;

  @ManyToOne(() => Template)
  @JoinColumn({ name: 'template_id', foreignKeyConstraintName: 'message_template_id_fkey' })
  template?: Relation<Template>;

  @Column({ type: 'text' })
  purpose: MailPurpose;

  @Column({ type: 'text' })
  audience: MailAudience;

  /** Of the text that was used, which may be a fallback of the recipient's own. */
  @Column({ type: 'text' })
  language: Language;

  @Column({ type: 'uuid', nullable: true })
  contactId: string | null;

  @ManyToOne(() => Contact)
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'message_contact_id_fkey' })
  contact?: Relation<Contact> | null;

  @Column({ type: 'uuid', nullable: true })
  userId: string | null;

  @ManyToOne(() => AppUser)
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'message_user_id_fkey' })
  user?: Relation<AppUser> | null;

  /** The officer in whose name it is written and who gets the reply. */
  @Column({ type: 'uuid', nullable: true })
  officerId: string | null;

  @ManyToOne(() => AppUser)
  @JoinColumn({ name: 'officer_id', foreignKeyConstraintName: 'message_officer_id_fkey' })
  officer?: Relation<AppUser> | null;

  @Column({ type: 'uuid', nullable: true })
  leadId: string | null;

  @ManyToOne(() => Lead)
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'message_lead_id_fkey' })
  lead?: Relation<Lead> | null;

  /** Of a higher module: no relation. */
  @Column({ type: 'uuid', nullable: true })
  reminderId: string | null;

  /** Of a higher module: no relation. */
  @Column({ type: 'uuid', nullable: true })
  roundId: string | null;

  /** Lower case, as contacts and accounts have it; what the daily limit counts by. */
  @Column({ type: 'text' })
  toAddress: string;

  @Column({ type: 'text' })
  toName: string;

  /** Lower case; what the hourly limit counts by. */
  @Column({ type: 'text' })
  toDomain: string;

  @Column({ type: 'text' })
  fromName: string;

  @Column({ type: 'text', nullable: true })
  replyTo: string | null;

  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'text' })
  bodyText: string;

  @Column({ type: 'text' })
  bodyHtml: string;

  /** The calendar object that goes with it, the same at every attempt. */
  @Column({ type: 'jsonb', nullable: true })
  invitation: MailInvitation | null;

  @Column({ type: 'text', default: 'queued' })
  status: MessageStatus;

  @Column({ type: 'timestamptz' })
  notBefore: Date;

  /** Of promotion mail: later it would say nothing any more, and is not sent. */
  @Column({ type: 'timestamptz', nullable: true })
  notAfter: Date | null;

  /** Begun so far; zero again when a person asks for another try. */
  @Column({ type: 'int', default: 0 })
  attempts: number;

  /** When the present or last attempt began. */
  @Column({ type: 'timestamptz', nullable: true })
  claimedAt: Date | null;

  /** Of the attempt that holds or last held it: only that one may record what came of it. */
  @Column({ type: 'uuid', nullable: true })
  claimToken: string | null;

  /** When temporary errors began: three days later it counts as failed. */
  @Column({ type: 'timestamptz', nullable: true })
  firstTriedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  /** @example "smtp_550", "no_consent" */
  @Column({ type: 'text', nullable: true })
  errorCode: string | null;

  @Column({ type: 'text', nullable: true })
  errorText: string | null;

  /** `<id@host>`, the same at every attempt. */
  @Column({ type: 'text' })
  messageIdHeader: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @VersionColumn({ default: 1 })
  version: number;
}

export const ANSWERS = ['interested', 'call_me', 'visit', 'not_now', 'not_interested'] as const;
export type Answer = (typeof ANSWERS)[number];

/** What the investor answered on the page of one message: the last word; earlier ones are in the timeline. */
@Entity('message_answer')
@Index('message_answer_at_idx', ['at', 'id'])
@Unique('message_answer_message_id_key', ['messageId'])
@Check(
  'message_answer_answer_check',
  `answer IN ('interested', 'call_me', 'visit', 'not_now', 'not_interested')`,
)
export class MessageAnswer {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'message_answer_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  messageId: string;

  @ManyToOne(() => Message)
  @JoinColumn({ name: 'message_id', foreignKeyConstraintName: 'message_answer_message_id_fkey' })
  message?: Relation<Message>;

  @Column({ type: 'text' })
  answer: Answer;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  /** With `not_now`: the day from which to ask again. */
  @Column({ type: 'date', nullable: true })
  untilDay: string | null;

  @Column({ type: 'timestamptz' })
  at: Date;
}
