import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Cluster } from '../cluster.entity.js';

export const MILESTONE_KINDS = [
  'detailed_plan_approved',
  'land_cleared',
  'ground_broken',
  'wastewater_works',
  'fire_protection_works',
  'infrastructure_complete',
] as const;

/** `detailed_plan_approved` is the 1/500 plan; the works meet the standard when recorded here. */
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];

/** Something that has happened in a cluster's life beside its status, with the proof of it. */
@Entity('cluster_milestone')
@Index('cluster_milestone_cluster_id_idx', ['clusterId'])
@Check(
  'cluster_milestone_kind_check',
  `kind IN ('detailed_plan_approved', 'land_cleared', 'ground_broken', 'wastewater_works', 'fire_protection_works', 'infrastructure_complete')`,
)
export class ClusterMilestone {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'cluster_milestone_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  clusterId: string;

  @ManyToOne(() => Cluster)
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'cluster_milestone_cluster_id_fkey' })
  cluster: Relation<Cluster>;

  @Column({ type: 'text' })
  kind: MilestoneKind;

  /** Null when the source says that it happened, but not when. */
  @Column({ type: 'date', nullable: true })
  onDay: string | null;

  @Column({ type: 'text', nullable: true })
  decisionNumber: string | null;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
