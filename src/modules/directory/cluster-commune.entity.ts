import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Cluster } from './cluster.entity.js';
import { Commune } from './commune.entity.js';

/** A cluster may lie in several communes. */
@Entity('cluster_commune')
@Index('cluster_commune_commune_id_idx', ['communeId'])
export class ClusterCommune {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'cluster_commune_pkey' })
  clusterId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'cluster_commune_pkey' })
  communeId: string;

  @Column({ type: 'int' })
  position: number;

  @ManyToOne(() => Cluster, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'cluster_commune_cluster_id_fkey' })
  cluster: Relation<Cluster>;

  @ManyToOne(() => Commune)
  @JoinColumn({ name: 'commune_id', foreignKeyConstraintName: 'cluster_commune_commune_id_fkey' })
  commune: Relation<Commune>;
}
