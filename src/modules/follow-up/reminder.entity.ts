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
import { Contact } from '../directory/contact.entity.js';
import { AppUser } from '../identity/app-user.entity.js';
import { Lead } from '../leads/lead.entity.js';
import { Message } from '../messaging/message.entity.js';
import { FollowUpSequence } from './follow-up-sequence.entity.js';
import { FollowUpStep } from './follow-up-step.entity.js';
import type { ReminderStatus } from './reminder.rules.js';
import type { Channel } from './sequence.rules.js';

/**
 * One thing to do for one lead at a time, by one channel. Whatever a plan, a round or an officer asks for, there is
 * one row per lead, round and step: the unique keys make a second one impossible. An operator may move `due_at`.
 */
@Entity('reminder')
@Unique('reminder_lead_id_round_id_step_key_key', ['leadId', 'roundId', 'stepKey'])
@Index('reminder_lead_id_step_key_key', ['leadId', 'stepKey'], { unique: true, where: 'round_id IS NULL' })
@Index('reminder_due_idx', ['dueAt', 'id'], { where: `status = 'pending'` })
@Index('reminder_owner_idx', ['ownerId', 'dueAt', 'id'], { where: `status IN ('pending', 'open')` })
@Index('reminder_overdue_idx', ['dueAt'], {
  where: `status = 'open' AND escalated_at IS NULL AND channel = 'officer_task'`,
})
@Index('reminder_done_idx', { synchronize: false })
@Index('reminder_lead_tasks_idx', { synchronize: false })
@Index('reminder_sequence_id_idx', ['sequenceId'])
@Index('reminder_round_id_idx', ['roundId', 'status'])
@Index('reminder_message_id_idx', ['messageId'], { where: 'message_id IS NOT NULL' })
@Check('reminder_channel_check', `channel IN ('investor_email', 'officer_task', 'manager_escalation')`)
@Check(
  'reminder_status_check',
  `status IN ('pending', 'open', 'sent', 'done', 'skipped', 'stopped', 'cancelled')`,
)
@Check('reminder_reason_check', `status NOT IN ('skipped', 'stopped', 'cancelled') OR reason IS NOT NULL`)
export class Reminder {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'reminder_pkey' })
  id: string;

  /** Null for an officer's own task, an escalation or a wake-up. */
  @ManyToOne(() => FollowUpSequence)
  @JoinColumn({ name: 'sequence_id', foreignKeyConstraintName: 'reminder_sequence_id_fkey' })
  sequence?: Relation<FollowUpSequence> | null;

  @Column({ type: 'uuid', nullable: true })
  sequenceId: string | null;

  @ManyToOne(() => FollowUpStep)
  @JoinColumn({ name: 'step_id', foreignKeyConstraintName: 'reminder_step_id_fkey' })
  step?: Relation<FollowUpStep> | null;

  @Column({ type: 'uuid', nullable: true })
  stepId: string | null;

  /** The step's key, or for what is no step: `manual:…`, `escalation:…`, `service:…`, `wake:…`, `answer:…`, `bounce:…`. */
  @Column({ type: 'text' })
  stepKey: string;

  @ManyToOne(() => Lead)
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'reminder_lead_id_fkey' })
  lead?: Relation<Lead>;

  @Column({ type: 'uuid' })
  leadId: string;

  /** The round belongs to a module above: no relation. */
  @Column({ type: 'uuid', nullable: true })
  roundId: string | null;

  @ManyToOne(() => Contact)
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'reminder_contact_id_fkey' })
  contact?: Relation<Contact> | null;

  @Column({ type: 'uuid', nullable: true })
  contactId: string | null;

  /** Who has to act, or for an e-mail in whose name it goes out. Null: nobody yet. */
  @ManyToOne(() => AppUser)
  @JoinColumn({ name: 'owner_id', foreignKeyConstraintName: 'reminder_owner_id_fkey' })
  owner?: Relation<AppUser> | null;

  @Column({ type: 'uuid', nullable: true })
  ownerId: string | null;

  @Column({ type: 'text' })
  channel: Channel;

  @Column({ type: 'text' })
  titleVi: string;

  @Column({ type: 'text' })
  titleEn: string;

  @Column({ type: 'timestamptz' })
  dueAt: Date;

  /** The time computed from the plan, before any snooze. */
  @Column({ type: 'timestamptz' })
  originalDueAt: Date;

  @Column({ type: 'text', default: 'pending' })
  status: ReminderStatus;

  /** Why it was skipped, stopped or cancelled. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @ManyToOne(() => Message)
  @JoinColumn({ name: 'message_id', foreignKeyConstraintName: 'reminder_message_id_fkey' })
  message?: Relation<Message> | null;

  /** The e-mail that was made of it. */
  @Column({ type: 'uuid', nullable: true })
  messageId: string | null;

  /** When it was first sent or opened: from then on no plan changes it. */
  @Column({ type: 'timestamptz', nullable: true })
  dispatchedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  @ManyToOne(() => AppUser)
  @JoinColumn({ name: 'closed_by', foreignKeyConstraintName: 'reminder_closed_by_fkey' })
  closer?: Relation<AppUser> | null;

  @Column({ type: 'uuid', nullable: true })
  closedBy: string | null;

  /** What came of it: a coded outcome of a task, or the investor's answer. */
  @Column({ type: 'text', nullable: true })
  outcome: string | null;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  /** When a manager was told that nobody did it. */
  @Column({ type: 'timestamptz', nullable: true })
  escalatedAt: Date | null;

  @Column({ type: 'int', default: 0 })
  snoozeCount: number;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
