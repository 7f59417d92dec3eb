import {
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
import type { StopStages } from './stop.rules.js';

/** What every interested firm gets after a round, in order. Its steps live in numbered versions. */
@Entity('follow_up_plan')
@Unique('follow_up_plan_code_key', ['code'])
@Index('follow_up_plan_is_default_key', ['isDefault'], { unique: true, where: 'is_default' })
export class FollowUpPlan {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'follow_up_plan_pkey' })
  id: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  /** The number of the version that new sequences begin with. */
  @Column({ type: 'int' })
  currentVersion: number;

  /** Offered first when a round is closed; one plan at most. */
  @Column({ type: 'boolean', default: false })
  isDefault: boolean;

  /** From then on no round can be closed with it; running sequences go on. */
  @Column({ type: 'timestamptz', nullable: true })
  archivedAt: Date | null;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}

/** Never changed once made: a running sequence can rely on the version it began with. */
@Entity('follow_up_plan_version')
@Unique('follow_up_plan_version_plan_id_number_key', ['planId', 'number'])
export class FollowUpPlanVersion {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'follow_up_plan_version_pkey' })
  id: string;

  @ManyToOne(() => FollowUpPlan)
  @JoinColumn({ name: 'plan_id', foreignKeyConstraintName: 'follow_up_plan_version_plan_id_fkey' })
  plan?: Relation<FollowUpPlan>;

  @Column({ type: 'uuid' })
  planId: string;

  /** 1, 2, 3 … within the plan. */
  @Column({ type: 'int' })
  number: number;

  /** By kind of lead: reaching this stage or a later one ends the sequence. */
  @Column({ type: 'jsonb' })
  stopStages: StopStages;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
