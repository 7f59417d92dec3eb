import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  VersionColumn,
  type Relation,
} from 'typeorm';
import { Cluster } from '../directory/cluster.entity.js';
import { Contact } from '../directory/contact.entity.js';
import { Firm } from '../directory/firm.entity.js';
import { Lead } from '../leads/lead.entity.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import { PromotionEvent } from './promotion-event.entity.js';
import { PromotionRound } from './promotion-round.entity.js';

export const PARTICIPATION_STATUSES = ['invited', 'registered', 'attended', 'no_show'] as const;
export type ParticipationStatus = (typeof PARTICIPATION_STATUSES)[number];

/** A firm, by one of its people, at one event of a round or at the round as a whole. */
@Entity('participation')
@Index('participation_who_key', { synchronize: false })
@Index('participation_firm_id_idx', ['firmId'])
@Index('participation_lead_id_idx', ['leadId'])
@Index('participation_event_id_idx', ['eventId'])
@Index('participation_contact_id_idx', ['contactId'])
@Check('participation_status_check', `status IN ('invited', 'registered', 'attended', 'no_show')`)
@Check('participation_lead_kind_check', `lead_kind IN ('infrastructure', 'secondary')`)
export class Participation {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'participation_pkey' })
  id: string;

  @ManyToOne(() => PromotionRound, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'round_id', foreignKeyConstraintName: 'participation_round_id_fkey' })
  round?: Relation<PromotionRound>;

  @Column({ type: 'uuid' })
  roundId: string;

  @ManyToOne(() => PromotionEvent)
  @JoinColumn({ name: 'event_id', foreignKeyConstraintName: 'participation_event_id_fkey' })
  event?: Relation<PromotionEvent> | null;

  @Column({ type: 'uuid', nullable: true })
  eventId: string | null;

  @ManyToOne(() => Firm)
  @JoinColumn({ name: 'firm_id', foreignKeyConstraintName: 'participation_firm_id_fkey' })
  firm?: Relation<Firm>;

  @Column({ type: 'uuid' })
  firmId: string;

  @ManyToOne(() => Contact)
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'participation_contact_id_fkey' })
  contact?: Relation<Contact> | null;

  @Column({ type: 'uuid', nullable: true })
  contactId: string | null;

  @Column({ type: 'text' })
  status: ParticipationStatus;

  /** As what the firm is interested. */
  @Column({ type: 'text' })
  leadKind: LeadKind;

  /** The lead it made or joined. */
  @ManyToOne(() => Lead)
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'participation_lead_id_fkey' })
  lead?: Relation<Lead> | null;

  @Column({ type: 'uuid', nullable: true })
  leadId: string | null;

  /** What it asked about, in the officer's words. */
  @Column({ type: 'text', nullable: true })
  note: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}

/** A cluster that the participant asked about. */
@Entity('participation_cluster')
@Index('participation_cluster_cluster_id_idx', ['clusterId'])
export class ParticipationCluster {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'participation_cluster_pkey' })
  participationId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'participation_cluster_pkey' })
  clusterId: string;

  @ManyToOne(() => Participation, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'participation_id',
    foreignKeyConstraintName: 'participation_cluster_participation_id_fkey',
  })
  participation?: Relation<Participation>;

  @ManyToOne(() => Cluster)
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'participation_cluster_cluster_id_fkey' })
  cluster?: Relation<Cluster>;
}
