import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  type Relation,
} from 'typeorm';
import type { Language } from '../../../platform/i18n/i18n.js';
import { Contact } from '../../directory/contact.entity.js';
import { Message } from '../message.entity.js';
import type { MailTopic } from '../templates/template.entity.js';

export const MAIL_FREQUENCIES = ['each', 'weekly', 'monthly'] as const;
/** `each`: as it happens. `weekly`, `monthly`: at most one promotion mail in 7, in 30 local days. */
export type MailFrequency = (typeof MAIL_FREQUENCIES)[number];

/**
 * What the reader of a mailbox chose to get. It narrows a consent and never makes one: switching everything off is a
 * withdrawal in the ledger and leaves these choices for the day when the person agrees again.
 */
@Entity('mail_preference')
@Unique('mail_preference_address_key', ['address'])
@Index('mail_preference_contact_id_idx', ['contactId'])
@Check('mail_preference_address_check', `address = lower(address)`)
@Check(
  'mail_preference_topics_check',
  `cardinality(topics) > 0 AND topics <@ ARRAY['rounds', 'land', 'policy']`,
)
@Check('mail_preference_language_check', `language IN ('vi', 'en', 'zh')`)
@Check('mail_preference_frequency_check', `frequency IN ('each', 'weekly', 'monthly')`)
export class MailPreference {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'mail_preference_pkey' })
  id: string;

  /** Small letters. Whoever shares the mailbox shares the choice. */
  @Column({ type: 'text' })
  address: string;

  @Column({ type: 'text', array: true })
  topics: MailTopic[];

  /** Of every mail to the mailbox, service mail included. */
  @Column({ type: 'text' })
  language: Language;

  @Column({ type: 'text' })
  frequency: MailFrequency;

  /** Who chose. */
  @Column({ type: 'uuid' })
  contactId: string;

  @ManyToOne(() => Contact)
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'mail_preference_contact_id_fkey' })
  contact?: Relation<Contact>;

  /** The mail whose link was used: how the choice can be proven. */
  @Column({ type: 'uuid' })
  messageId: string;

  @ManyToOne(() => Message)
  @JoinColumn({ name: 'message_id', foreignKeyConstraintName: 'mail_preference_message_id_fkey' })
  message?: Relation<Message>;

  @Column({ type: 'timestamptz' })
  chosenAt: Date;

  @Column({ type: 'int', default: 1 })
  version: number;
}
