import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  VersionColumn,
  type Relation,
} from 'typeorm';
import { Cluster } from '../directory/cluster.entity.js';
import { FollowUpPlan } from '../follow-up/follow-up-plan.entity.js';
import { AppUser } from '../identity/app-user.entity.js';

export const ROUND_STATUSES = ['planned', 'running', 'closed'] as const;
export type RoundStatus = (typeof ROUND_STATUSES)[number];

export const ROUND_KINDS = ['domestic', 'overseas', 'on_site', 'online'] as const;
export type RoundKind = (typeof ROUND_KINDS)[number];

/** A campaign with dates, budget, goals and events, after which every interested firm is followed up. */
@Entity('promotion_round')
@Unique('promotion_round_code_key', ['code'])
@Index('promotion_round_starts_on_idx', ['startsOn', 'id'])
@Index('promotion_round_owner_id_idx', ['ownerId'])
@Check('promotion_round_kind_check', `kind IN ('domestic', 'overseas', 'on_site', 'online')`)
@Check('promotion_round_status_check', `status IN ('planned', 'running', 'closed')`)
@Check('promotion_round_ends_on_check', `ends_on >= starts_on`)
@Check(
  'promotion_round_budget_check',
  `(budget_amount IS NULL) = (budget_currency IS NULL) AND budget_amount >= 0`,
)
@Check('promotion_round_goal_check', `goal_firms >= 0 AND goal_leads >= 0 AND goal_meetings >= 0`)
@Check('promotion_round_closed_at_check', `(status = 'closed') = (closed_at IS NOT NULL)`)
export class PromotionRound {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'promotion_round_pkey' })
  id: string;

  /** Short and unique. @example "2026-XT-01" */
  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  kind: RoundKind | null;

  @Column({ type: 'date' })
  startsOn: string;

  @Column({ type: 'date' })
  endsOn: string;

  @Column({ type: 'numeric', precision: 20, scale: 2, nullable: true })
  budgetAmount: string | null;

  @Column({ type: 'char', length: 3, nullable: true })
  budgetCurrency: string | null;

  /** Firms to be reached. */
  @Column({ type: 'int', nullable: true })
  goalFirms: number | null;

  /** Leads to be opened. */
  @Column({ type: 'int', nullable: true })
  goalLeads: number | null;

  @Column({ type: 'int', nullable: true })
  goalMeetings: number | null;

  @Column({ type: 'text', nullable: true })
  goalNote: string | null;

  @Column({ type: 'text', default: 'planned' })
  status: RoundStatus;

  /** What came of it, said when it was closed. */
  @Column({ type: 'text', nullable: true })
  outcome: string | null;

  @ManyToOne(() => FollowUpPlan)
  @JoinColumn({
    name: 'follow_up_plan_id',
    foreignKeyConstraintName: 'promotion_round_follow_up_plan_id_fkey',
  })
  followUpPlan?: Relation<FollowUpPlan> | null;

  @Column({ type: 'uuid', nullable: true })
  followUpPlanId: string | null;

  @ManyToOne(() => AppUser)
  @JoinColumn({ name: 'owner_id', foreignKeyConstraintName: 'promotion_round_owner_id_fkey' })
  owner?: Relation<AppUser> | null;

  @Column({ type: 'uuid', nullable: true })
  ownerId: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  @ManyToOne(() => AppUser)
  @JoinColumn({ name: 'closed_by', foreignKeyConstraintName: 'promotion_round_closed_by_fkey' })
  closer?: Relation<AppUser> | null;

  @Column({ type: 'uuid', nullable: true })
  closedBy: string | null;

  /** Made up for the demo. */
  @Column({ type: 'boolean', default: false })
  sample: boolean;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}

/** A cluster that the round promotes. */
@Entity('round_cluster')
@Index('round_cluster_cluster_id_idx', ['clusterId'])
export class PromotionRoundCluster {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'round_cluster_pkey' })
  roundId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'round_cluster_pkey' })
  clusterId: string;

  @ManyToOne(() => PromotionRound, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'round_id', foreignKeyConstraintName: 'round_cluster_round_id_fkey' })
  round?: Relation<PromotionRound>;

  @ManyToOne(() => Cluster)
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'round_cluster_cluster_id_fkey' })
  cluster?: Relation<Cluster>;
}
