import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Contact } from '../directory/contact.entity.js';
import { AppUser } from '../identity/app-user.entity.js';
import { Lead } from './lead.entity.js';

export const ACTIVITY_KINDS = ['call', 'meeting', 'visit', 'email', 'note'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** What was done, or is booked, for a lead. */
@Entity('activity')
@Index('activity_lead_id_idx', ['leadId', 'happenedAt', 'id'])
@Index('activity_by_user_id_idx', ['byUserId', 'happenedAt'])
@Check('activity_kind_check', `kind IN ('call', 'meeting', 'visit', 'email', 'note')`)
export class Activity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'activity_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  leadId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'activity_lead_id_fkey' })
  lead?: Relation<Lead>;

  @Column({ type: 'uuid', nullable: true })
  contactId: string | null;

  @ManyToOne(() => Contact, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'activity_contact_id_fkey' })
  contact?: Relation<Contact> | null;

  @Column({ type: 'text' })
  kind: ActivityKind;

  /** In the future: a booked meeting, visit or call. */
  @Column({ type: 'timestamptz' })
  happenedAt: Date;

  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'text', nullable: true })
  body: string | null;

  @Column({ type: 'text', nullable: true })
  outcome: string | null;

  /** Done by the investor: a mail that came in. */
  @Column({ type: 'boolean', default: false })
  incoming: boolean;

  @Column({ type: 'uuid', nullable: true })
  byUserId: string | null;

  @ManyToOne(() => AppUser, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'by_user_id', foreignKeyConstraintName: 'activity_by_user_id_fkey' })
  byUser?: Relation<AppUser> | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
