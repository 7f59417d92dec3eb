import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Cluster } from './cluster.entity.js';

export const FACT_FIELDS = [
  'name',
  'location',
  'area',
  'industrial_land',
  'occupied_land',
  'leased_land',
  'status',
  'capital',
  'developer',
  'completion',
  'other',
] as const;
export type FactField = (typeof FACT_FIELDS)[number];

/** What one source says of a cluster. Sources that differ stand side by side; none is silently preferred. */
@Entity('cluster_fact')
@Index('cluster_fact_cluster_id_idx', ['clusterId'])
@Check(
  'cluster_fact_field_check',
  `field IN ('name', 'location', 'area', 'industrial_land', 'occupied_land', 'leased_land', 'status', 'capital', 'developer', 'completion', 'other')`,
)
export class ClusterFact {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'cluster_fact_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  clusterId: string;

  @ManyToOne(() => Cluster)
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'cluster_fact_cluster_id_fkey' })
  cluster: Relation<Cluster>;

  @Column({ type: 'text' })
  field: FactField;

  /** As the source has it, with its unit. */
  @Column({ type: 'text' })
  value: string;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'date', nullable: true })
  asOf: string | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  /** Shown on the cluster's public page. */
  @Column({ type: 'boolean', default: false })
  isPublic: boolean;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
