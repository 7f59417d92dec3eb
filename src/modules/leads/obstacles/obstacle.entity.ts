import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Cluster } from '../../directory/cluster.entity.js';
import { Contact } from '../../directory/contact.entity.js';
import { AppUser } from '../../identity/app-user.entity.js';
import { Lead } from '../lead.entity.js';
import type { ObstacleCategory, ObstacleStatus } from './obstacle.rules.js';

/** A difficulty that stands in a project's way; it has an owner and a clock. */
@Entity('obstacle')
@Index('obstacle_lead_id_idx', ['leadId', 'createdAt'])
@Index('obstacle_due_at_idx', ['dueAt', 'id'])
@Index('obstacle_owner_id_due_at_idx', ['ownerId', 'dueAt', 'id'])
@Index('obstacle_contact_id_idx', ['contactId'], { where: 'contact_id IS NOT NULL' })
@Check(
  'obstacle_category_check',
  `category IN ('land_clearance', 'planning', 'procedure', 'infrastructure', 'environment', 'labour', 'finance', 'other')`,
)
@Check('obstacle_status_check', `status IN ('open', 'in_progress', 'resolved', 'withdrawn')`)
@Check('obstacle_raised_by_check', `raised_by IN ('investor', 'officer')`)
@Check('obstacle_visible_check', `NOT visible_to_investor OR contact_id IS NOT NULL`)
@Check('obstacle_resolved_check', `(status = 'resolved') = (resolved_at IS NOT NULL)`)
export class Obstacle {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'obstacle_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  leadId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'obstacle_lead_id_fkey' })
  lead?: Relation<Lead>;

  @Column({ type: 'uuid', nullable: true })
  clusterId: string | null;

  @ManyToOne(() => Cluster, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'obstacle_cluster_id_fkey' })
  cluster?: Relation<Cluster> | null;

  /** Who raised it or is told of it: nobody else of the investor's side ever sees it. */
  @Column({ type: 'uuid', nullable: true })
  contactId: string | null;

  @ManyToOne(() => Contact, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'obstacle_contact_id_fkey' })
  contact?: Relation<Contact> | null;

  @Column({ type: 'text' })
  category: ObstacleCategory;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ type: 'text' })
  status: ObstacleStatus;

  /** Who sees to it. */
  @Column({ type: 'uuid', nullable: true })
  ownerId: string | null;

  @ManyToOne(() => AppUser, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'owner_id', foreignKeyConstraintName: 'obstacle_owner_id_fkey' })
  owner?: Relation<AppUser> | null;

  @Column({ type: 'timestamptz' })
  dueAt: Date;

  /** When somebody took it in hand. */
  @Column({ type: 'timestamptz', nullable: true })
  acknowledgedAt: Date | null;

  @Column({ type: 'text' })
  raisedBy: 'investor' | 'officer';

  @Column({ type: 'boolean' })
  visibleToInvestor: boolean;

  /** What the investor reads. */
  @Column({ type: 'text', nullable: true })
  answer: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  resolvedAt: Date | null;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
