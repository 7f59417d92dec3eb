import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { Cluster } from '../directory/cluster.entity.js';
import { Firm } from '../directory/firm.entity.js';
import { AppUser } from '../identity/app-user.entity.js';
import { Lead } from './lead.entity.js';

/** A cluster that the lead is about; the first one is the favourite. */
@Entity('lead_cluster')
@Index('lead_cluster_cluster_id_idx', ['clusterId', 'leadId'])
export class LeadCluster {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_cluster_pkey' })
  leadId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_cluster_pkey' })
  clusterId: string;

  @Column({ type: 'int' })
  position: number;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'lead_cluster_lead_id_fkey' })
  lead?: Relation<Lead>;

  @ManyToOne(() => Cluster, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'lead_cluster_cluster_id_fkey' })
  cluster?: Relation<Cluster>;
}

/** A firm that bids together with the lead's own. */
@Entity('lead_partner')
@Index('lead_partner_firm_id_idx', ['firmId'])
export class LeadPartner {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_partner_pkey' })
  leadId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_partner_pkey' })
  firmId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'lead_partner_lead_id_fkey' })
  lead?: Relation<Lead>;

  @ManyToOne(() => Firm, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'firm_id', foreignKeyConstraintName: 'lead_partner_firm_id_fkey' })
  firm?: Relation<Firm>;
}

/** An officer who may change the lead beside its owner. */
@Entity('lead_helper')
@Index('lead_helper_user_id_idx', ['userId'])
export class LeadHelper {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_helper_pkey' })
  leadId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_helper_pkey' })
  userId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'lead_helper_lead_id_fkey' })
  lead?: Relation<Lead>;

  @ManyToOne(() => AppUser, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'lead_helper_user_id_fkey' })
  user?: Relation<AppUser>;
}
