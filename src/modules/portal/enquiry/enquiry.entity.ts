import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

/** One question that came in through the public form, as it came. */
@Entity('enquiry')
@Unique('enquiry_reference_key', ['reference'])
@Index('enquiry_lead_id_idx', ['leadId'])
@Index('enquiry_contact_id_received_at_idx', ['contactId', 'receivedAt'])
@Index('enquiry_received_at_idx', ['receivedAt'])
@Check('enquiry_language_check', `language IN ('vi', 'en', 'zh')`)
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
}
