import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { Cluster } from '../cluster.entity.js';
import type { Translated } from '../translated.dto.js';

export const UTILITY_KINDS = [
  'power',
  'water',
  'wastewater',
  'fire_protection',
  'internal_roads',
  'telecom',
  'gas',
] as const;
export type UtilityKind = (typeof UTILITY_KINDS)[number];

export const UTILITY_STATES = ['available', 'under_construction', 'planned', 'missing'] as const;
export type UtilityState = (typeof UTILITY_STATES)[number];

/** One kind of infrastructure of a cluster. A kind without a row is not known, which is not the same as missing. */
@Entity('cluster_utility')
@Unique('cluster_utility_cluster_id_kind_key', ['clusterId', 'kind'])
@Check(
  'cluster_utility_kind_check',
  `kind IN ('power', 'water', 'wastewater', 'fire_protection', 'internal_roads', 'telecom', 'gas')`,
)
@Check('cluster_utility_state_check', `state IN ('available', 'under_construction', 'planned', 'missing')`)
export class ClusterUtility {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'cluster_utility_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  clusterId: string;

  @ManyToOne(() => Cluster)
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'cluster_utility_cluster_id_fkey' })
  cluster: Relation<Cluster>;

  @Column({ type: 'text' })
  kind: UtilityKind;

  @Column({ type: 'text' })
  state: UtilityState;

  /** As the source has it, with its unit. */
  @Column({ type: 'jsonb', nullable: true })
  capacity: Translated | null;

  @Column({ type: 'jsonb', nullable: true })
  note: Translated | null;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'date', nullable: true })
  asOf: string | null;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
