import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Cluster, type ClusterStatus } from './cluster.entity.js';

/** One step of a cluster's life. Rows are added, never changed; their ids are in the order of recording. */
@Entity('cluster_status_change')
@Index('cluster_status_change_cluster_id_idx', ['clusterId', 'id'])
export class ClusterStatusChange {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'cluster_status_change_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  clusterId: string;

  @ManyToOne(() => Cluster)
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'cluster_status_change_cluster_id_fkey' })
  cluster: Relation<Cluster>;

  /** Null on the first row. */
  @Column({ type: 'text', nullable: true })
  fromStatus: ClusterStatus | null;

  @Column({ type: 'text' })
  toStatus: ClusterStatus;

  /** Null when the source does not date it. */
  @Column({ type: 'date', nullable: true })
  onDay: string | null;

  @Column({ type: 'text', nullable: true })
  decisionNumber: string | null;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  /** Who recorded it; null for the system. */
  @Column({ type: 'uuid', nullable: true })
  actorId: string | null;

  @Column({ type: 'text' })
  actorName: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;
}
