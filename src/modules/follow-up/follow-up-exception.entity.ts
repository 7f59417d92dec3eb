import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { AppUser } from '../identity/app-user.entity.js';
import { Lead } from '../leads/lead.entity.js';

/** A decision that outlives reopening, late participants and changed plans: this lead does not get this step after this round. */
@Entity('follow_up_exception')
@Index('follow_up_exception_lead_id_idx', ['leadId'])
export class FollowUpException {
  /** The round belongs to a module above: no relation. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'follow_up_exception_pkey' })
  roundId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'follow_up_exception_pkey' })
  leadId: string;

  @ManyToOne(() => Lead)
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'follow_up_exception_lead_id_fkey' })
  lead?: Relation<Lead>;

  /** Empty: every step, also those of later versions. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'follow_up_exception_pkey' })
  stepKey: string;

  @ManyToOne(() => AppUser)
  @JoinColumn({ name: 'created_by', foreignKeyConstraintName: 'follow_up_exception_created_by_fkey' })
  creator?: Relation<AppUser> | null;

  /** Null: a program. */
  @Column({ type: 'uuid', nullable: true })
  createdBy: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
