import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { StoredFile } from '../../../platform/files/stored-file.entity.js';
import { Contact } from '../../directory/contact.entity.js';
import { AppUser } from '../../identity/app-user.entity.js';
import { Lead } from '../lead.entity.js';

export const DOCUMENT_DIRECTIONS = ['from_investor', 'to_investor'] as const;
export type DocumentDirection = (typeof DOCUMENT_DIRECTIONS)[number];

/** A paper exchanged with one person over one lead. */
@Entity('lead_document')
@Index('lead_document_lead_id_idx', ['leadId', 'addedAt', 'id'])
@Index('lead_document_contact_id_idx', ['contactId'], { where: 'contact_id IS NOT NULL' })
@Check('lead_document_direction_check', `direction IN ('from_investor', 'to_investor')`)
@Check('lead_document_shared_check', `NOT shared_with_investor OR contact_id IS NOT NULL`)
export class LeadDocument {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_document_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  leadId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'lead_document_lead_id_fkey' })
  lead?: Relation<Lead>;

  /** Null: the content was removed for good, with the person whose it was. */
  @Column({ type: 'uuid', nullable: true })
  fileId: string | null;

  @ManyToOne(() => StoredFile, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'file_id', foreignKeyConstraintName: 'lead_document_file_id_fkey' })
  file?: Relation<StoredFile> | null;

  /** From whom it came, or with whom it is shared: nobody else of the investor's side ever sees it. */
  @Column({ type: 'uuid', nullable: true })
  contactId: string | null;

  @ManyToOne(() => Contact, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'lead_document_contact_id_fkey' })
  contact?: Relation<Contact> | null;

  @Column({ type: 'text' })
  direction: DocumentDirection;

  /** What it is. */
  @Column({ type: 'text' })
  title: string;

  /** Of the agency's own; the investor never reads it. */
  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'boolean' })
  sharedWithInvestor: boolean;

  /** The officer who added it; null: the investor did. */
  @Column({ type: 'uuid', nullable: true })
  addedById: string | null;

  @ManyToOne(() => AppUser, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'added_by_id', foreignKeyConstraintName: 'lead_document_added_by_id_fkey' })
  addedBy?: Relation<AppUser> | null;

  @Column({ type: 'timestamptz' })
  addedAt: Date;

  /** Taken away by an officer, who may still bring it back. */
  @Column({ type: 'timestamptz', nullable: true })
  removedAt: Date | null;

  @Column({ type: 'int', default: 1 })
  version: number;
}
