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
import { Contact } from '../directory/contact.entity.js';
import { Lead } from '../leads/lead.entity.js';
import { FollowUpPlanVersion } from './follow-up-plan.entity.js';
import type { Attendance } from './sequence.rules.js';

export const SEQUENCE_STATUSES = ['running', 'paused', 'completed', 'stopped'] as const;
/** `paused`: its round was opened again. */
export type SequenceStatus = (typeof SEQUENCE_STATUSES)[number];

/** The plan at work for one lead after one round; at most one of each. */
@Entity('follow_up_sequence')
@Unique('follow_up_sequence_lead_id_round_id_key', ['leadId', 'roundId'])
@Index('follow_up_sequence_round_id_idx', ['roundId'])
@Index('follow_up_sequence_contact_id_idx', ['contactId'])
@Index('follow_up_sequence_plan_version_id_idx', ['planVersionId'])
@Index('follow_up_sequence_unchecked_idx', ['anchorAt'], { where: 'service_checked_at IS NULL' })
@Check('follow_up_sequence_status_check', `status IN ('running', 'paused', 'completed', 'stopped')`)
@Check('follow_up_sequence_attendance_check', `attendance IN ('attended', 'no_show')`)
@Check('follow_up_sequence_stop_reason_check', `(status = 'stopped') = (stop_reason IS NOT NULL)`)
export class FollowUpSequence {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'follow_up_sequence_pkey' })
  id: string;

  @ManyToOne(() => Lead)
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'follow_up_sequence_lead_id_fkey' })
  lead?: Relation<Lead>;

  @Column({ type: 'uuid' })
  leadId: string;

  /** The round belongs to a module above: no relation. */
  @Column({ type: 'uuid' })
  roundId: string;

  /** As it was called when it was closed: what mails and lists say. */
  @Column({ type: 'text' })
  roundName: string;

  /** Whom the e-mails go to. */
  @ManyToOne(() => Contact)
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'follow_up_sequence_contact_id_fkey' })
  contact?: Relation<Contact> | null;

  @Column({ type: 'uuid', nullable: true })
  contactId: string | null;

  @ManyToOne(() => FollowUpPlanVersion)
  @JoinColumn({
    name: 'plan_version_id',
    foreignKeyConstraintName: 'follow_up_sequence_plan_version_id_fkey',
  })
  planVersion?: Relation<FollowUpPlanVersion>;

  @Column({ type: 'uuid' })
  planVersionId: string;

  /** When the round was closed: every offset counts from here. */
  @Column({ type: 'timestamptz' })
  anchorAt: Date;

  /** Later than the anchor for a participant added after the close. */
  @Column({ type: 'timestamptz' })
  startedAt: Date;

  @Column({ type: 'text' })
  attendance: Attendance;

  /** Whether the firm asked about a cluster. */
  @Column({ type: 'boolean' })
  hasClusterInterest: boolean;

  @Column({ type: 'text', default: 'running' })
  status: SequenceStatus;

  @Column({ type: 'text', nullable: true })
  stopReason: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  stoppedAt: Date | null;

  /** When it was seen that the lead has an owner and a next action, or a manager was told that it has not. */
  @Column({ type: 'timestamptz', nullable: true })
  serviceCheckedAt: Date | null;
}
