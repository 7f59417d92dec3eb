import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Language } from '../../../platform/i18n/i18n.js';
import type { EnquiryBody } from './enquiry.dto.js';

/** An enquiry that came in when very many did: it becomes a lead once its sender confirms by mail, or is forgotten. */
@Entity('unconfirmed_enquiry')
@Index('unconfirmed_enquiry_received_at_idx', ['receivedAt'])
@Index('unconfirmed_enquiry_email_idx', ['email', 'receivedAt'])
@Check('unconfirmed_enquiry_language_check', `language IN ('vi', 'en', 'zh')`)
@Check('unconfirmed_enquiry_mail_check', `mail IN ('waiting', 'sending', 'sent', 'withheld')`)
export class UnconfirmedEnquiry {
  /** Of the page that was filled in. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'unconfirmed_enquiry_pkey' })
  id: string;

  /** Told already, and kept when the enquiry is confirmed. */
  @Column({ type: 'text' })
  reference: string;

  /** In small letters. */
  @Column({ type: 'text' })
  email: string;

  @Column({ type: 'jsonb' })
  body: EnquiryBody;

  @Column({ type: 'text' })
  language: Language;

  @Column({ type: 'text' })
  sender: string;

  @Column({ type: 'timestamptz' })
  receivedAt: Date;

  /** `withheld`: the mailbox had enough of ours today. */
  @Column({ type: 'text' })
  mail: 'waiting' | 'sending' | 'sent' | 'withheld';

  @Column({ type: 'timestamptz', nullable: true })
  mailAt: Date | null;
}
