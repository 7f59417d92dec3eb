import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** One question that came in through the public form, as it came. */
@Entity('enquiry')
@Unique('enquiry_reference_key', ['reference'])
@Index('enquiry_lead_id_idx', ['leadId'])
@Index('enquiry_contact_id_received_at_idx', ['contactId', 'receivedAt'])
@Index('enquiry_received_at_idx', ['receivedAt'])
@Check('enquiry_language_check', `language IN ('vi', 'en', 'zh')`)
@Unique('enquiry_form_id_key', ['formId'])
@Index('enquiry_sender_idx', ['sender', 'receivedAt'], { where: 'sender IS NOT NULL' })
@Check('enquiry_kind_check', `kind IN ('infrastructure', 'secondary')`)
@Check('enquiry_via_check', `via IN ('page', 'program')`)
export class Enquiry {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'enquiry_pkey' })
  id: string;

  /** Its own, so that it tells a stranger nothing of the lead it may have joined. @example "YC-2026-000123" */
  @Column({ type: 'text' })
  reference: string;

  /** Of a lower module, found by `lead.id`. */
  @Column({ type: 'uuid' })
  leadId: string;

  @Column({ type: 'uuid' })
  contactId: string;

  @Column({ type: 'text' })
  message: string;

  @Column({ type: 'text' })
  language: string;

  @Column({ type: 'timestamptz' })
  receivedAt: Date;

  /** Unknown of those that came before it was asked. */
  @Column({ type: 'text', nullable: true })
  kind: string | null;

  @Column({ type: 'text', array: true, default: '{}' })
  clusterCodes: string[];

  /** Whether the box for news by mail was ticked; what holds is in the ledger of consent. */
  @Column({ type: 'boolean', default: false })
  promotionMail: boolean;

  /** `page`: the form of the site. `program`: the interface for programs. */
  @Column({ type: 'text' })
  via: 'page' | 'program';

  /** Of the page that was filled in: sent twice it is one enquiry. */
  @Column({ type: 'uuid', nullable: true })
  formId: string | null;

  /** A sealed form of the network address, to count by; forgotten after a day. */
  @Column({ type: 'text', nullable: true })
  sender: string | null;

  /** The person was erased: the words are gone, the row stays for the counts. */
  @Column({ type: 'timestamptz', nullable: true })
  erasedAt: Date | null;
}
