import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Contact } from './contact.entity.js';

export const CONSENT_PURPOSES = ['promotion_mail'] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

export const CONSENT_ACTIONS = ['given', 'withdrawn'] as const;
export type ConsentAction = (typeof CONSENT_ACTIONS)[number];

/** `none`: nothing was ever said, which is no consent. */
export type ConsentState = ConsentAction | 'none';

export const CONSENT_CHANNELS = [
  'enquiry_form',
  'officer',
  'answer_page',
  'opt_out_page',
  'one_click',
  'import',
  'preferences_page',
  'mail',
] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

/**
 * One line of the consent ledger (Personal Data Protection Law 91/2025). A trigger refuses to change or
 * delete it. What holds for a contact is read from its own lines and from the refusals of its mailbox: see
 * `consentState`.
 */
@Entity('consent')
@Index('consent_contact_id_idx', ['contactId', 'purpose', 'recordedAt', 'id'])
@Index('consent_refused_address_idx', ['address'], { where: `action = 'withdrawn'` })
@Index('consent_erased_address_idx', { synchronize: false })
@Check('consent_purpose_check', `purpose IN ('promotion_mail')`)
@Check('consent_action_check', `action IN ('given', 'withdrawn')`)
@Check(
  'consent_channel_check',
  `channel IN ('enquiry_form', 'officer', 'answer_page', 'opt_out_page', 'one_click', 'import', 'preferences_page', 'mail')`,
)
export class Consent {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'consent_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  contactId: string;

  @ManyToOne(() => Contact)
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'consent_contact_id_fkey' })
  contact: Relation<Contact>;

  @Column({ type: 'text' })
  purpose: ConsentPurpose;

  @Column({ type: 'text' })
  action: ConsentAction;

  @Column({ type: 'text' })
  channel: ConsentChannel;

  /**
   * The mailbox it was said for, small letters: a refusal stays with the mailbox when the contact moves to another
   * one. Null when the contact had none.
   */
  @Column({ type: 'text', nullable: true })
  address: string | null;

  /** In its place once the person is erased: a keyed digest, by which a later import of that mailbox is known. */
  @Column({ type: 'text', nullable: true })
  addressHash: string | null;

  /** How it can be proven: the form's text, a letter's number, the message whose link was used. */
  @Column({ type: 'text', nullable: true })
  evidence: string | null;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  /** The user or key that recorded it; null when the person did it. */
  @Column({ type: 'uuid', nullable: true })
  recordedBy: string | null;
}
