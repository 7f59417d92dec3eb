import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  type Relation,
} from 'typeorm';
import { Template } from '../messaging/templates/template.entity.js';
import { FollowUpPlanVersion } from './follow-up-plan.entity.js';
import type { Channel, OffsetUnit, StepCondition } from './sequence.rules.js';

/** One step of one version of a plan. */
@Entity('follow_up_step')
@Unique('follow_up_step_plan_version_id_key_key', ['planVersionId', 'key'])
@Index('follow_up_step_template_id_idx', ['templateId'])
@Check('follow_up_step_offset_amount_check', `offset_amount BETWEEN 0 AND 730`)
@Check('follow_up_step_offset_unit_check', `offset_unit IN ('working_day', 'day')`)
@Check('follow_up_step_channel_check', `channel IN ('investor_email', 'officer_task', 'manager_escalation')`)
@Check('follow_up_step_template_id_check', `channel <> 'investor_email' OR template_id IS NOT NULL`)
export class FollowUpStep {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'follow_up_step_pkey' })
  id: string;

  @ManyToOne(() => FollowUpPlanVersion)
  @JoinColumn({ name: 'plan_version_id', foreignKeyConstraintName: 'follow_up_step_plan_version_id_fkey' })
  planVersion?: Relation<FollowUpPlanVersion>;

  @Column({ type: 'uuid' })
  planVersionId: string;

  /** The same step in every version of the plan; what a moved sequence is matched by. */
  @Column({ type: 'text' })
  key: string;

  /** 0, 1, 2 … */
  @Column({ type: 'int' })
  position: number;

  /** How long after the round was closed. */
  @Column({ type: 'int' })
  offsetAmount: number;

  @Column({ type: 'text' })
  offsetUnit: OffsetUnit;

  @Column({ type: 'text' })
  channel: Channel;

  /** What is sent; for a task the notice to the officer, if any. */
  @ManyToOne(() => Template)
  @JoinColumn({ name: 'template_id', foreignKeyConstraintName: 'follow_up_step_template_id_fkey' })
  template?: Relation<Template> | null;

  @Column({ type: 'uuid', nullable: true })
  templateId: string | null;

  @Column({ type: 'text' })
  titleVi: string;

  @Column({ type: 'text' })
  titleEn: string;

  /** For whom the step is meant; empty for everyone. */
  @Column({ type: 'jsonb' })
  condition: StepCondition;
}
