import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { decimalNumber } from '../../../platform/database/columns.js';
import { Cluster } from '../cluster.entity.js';
import type { Translated } from '../translated.dto.js';

export const ACCESS_KINDS = [
  'border_gate',
  'expressway',
  'national_road',
  'provincial_road',
  'railway_station',
  'port',
  'airport',
  'city',
] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** A place or road by which a cluster is reached, and who says how far it is. */
@Entity('cluster_access')
@Index('cluster_access_cluster_id_idx', ['clusterId'])
@Check(
  'cluster_access_kind_check',
  `kind IN ('border_gate', 'expressway', 'national_road', 'provincial_road', 'railway_station', 'port', 'airport', 'city')`,
)
@Check('cluster_access_distance_km_check', `distance_km >= 0`)
export class ClusterAccess {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'cluster_access_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  clusterId: string;

  @ManyToOne(() => Cluster)
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'cluster_access_cluster_id_fkey' })
  cluster: Relation<Cluster>;

  @Column({ type: 'text' })
  kind: AccessKind;

  @Column({ type: 'jsonb' })
  name: Translated;

  /** Kilometres by road; null when no source says. */
  @Column({ type: 'numeric', precision: 7, scale: 1, nullable: true, transformer: decimalNumber })
  distanceKm: number | null;

  @Column({ type: 'jsonb', nullable: true })
  note: Translated | null;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'date', nullable: true })
  asOf: string | null;

  /** The order in which the page shows them. */
  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
