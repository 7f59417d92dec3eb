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
import type { Language } from '../../platform/i18n/i18n.js';
import { Firm } from './firm.entity.js';

export const EMAIL_STATES = ['ok', 'bounced'] as const;
export type EmailState = (typeof EMAIL_STATES)[number];

/** A person of a firm. The table also has the generated column `search`: name, e-mail and phone, folded. */
@Entity('contact')
@Unique('contact_firm_id_email_key', ['firmId', 'email'])
@Index('contact_email_idx', ['email'])
@Index('contact_phone_idx', ['phone'])
@Index('contact_search_idx', { synchronize: false })
@Index('contact_full_name_idx', { synchronize: false })
@Index('contact_email_domain_idx', { synchronize: false })
@Check('contact_language_check', `language IN ('vi', 'en', 'zh')`)
@Check('contact_email_state_check', `email_state IN ('ok', 'bounced')`)
@Check('contact_email_check', `email = lower(email)`)
export class Contact {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'contact_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  firmId: string;

  @ManyToOne(() => Firm)
  @JoinColumn({ name: 'firm_id', foreignKeyConstraintName: 'contact_firm_id_fkey' })
  firm: Relation<Firm>;

  @Column({ type: 'text' })
  fullName: string;

  /** Position in the firm. */
  @Column({ type: 'text', nullable: true })
  title: string | null;

  /** Small letters. */
  @Column({ type: 'text', nullable: true })
  email: string | null;

  /** E.164 */
  @Column({ type: 'text', nullable: true })
  phone: string | null;

  /** The language in which the person is written to. */
  @Column({ type: 'text' })
  language: Language;

  @Column({ type: 'boolean' })
  isPrimary: boolean;

  /** `bounced`: the last message came back for good; a new address starts as `ok`. */
  @Column({ type: 'text' })
  emailState: EmailState;

  @Column({ type: 'timestamptz', nullable: true })
  bouncedAt: Date | null;

  /** The person asked that the data be kept but not used: no mail but about that request, no part in rounds. */
  @Column({ type: 'timestamptz', nullable: true })
  restrictedAt: Date | null;

  /** The person asked to be forgotten: the row stays only so that counts stay right. */
  @Column({ type: 'timestamptz', nullable: true })
  erasedAt: Date | null;

  /** Made up for the demo. */
  @Column({ type: 'boolean', default: false })
  sample: boolean;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
