import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  VersionColumn,
  type Relation,
} from 'typeorm';
import { AppUser } from '../../identity/app-user.entity.js';
import type { WeeklyHours } from './free-times.rules.js';

/** When an officer receives investors; who has no row goes by the agency's working hours. */
@Entity('officer_hours')
@Check('officer_hours_visit_minutes_check', `visit_minutes BETWEEN 15 AND 480`)
@Check('officer_hours_notice_check', `notice_working_days BETWEEN 0 AND 30`)
@Check('officer_hours_horizon_check', `horizon_working_days BETWEEN 1 AND 60`)
export class OfficerHours {
  /** The officer's own. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'officer_hours_pkey' })
  id: string;

  @OneToOne(() => AppUser, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'id', foreignKeyConstraintName: 'officer_hours_id_fkey' })
  user?: Relation<AppUser>;

  @Column({ type: 'jsonb' })
  weekly: WeeklyHours[];

  @Column({ type: 'int' })
  visitMinutes: number;

  @Column({ type: 'int' })
  noticeWorkingDays: number;

  @Column({ type: 'int' })
  horizonWorkingDays: number;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}

/** Whole local days on which an officer receives nobody. */
@Entity('officer_absence')
@Index('officer_absence_user_id_idx', ['userId', 'fromDay'])
@Check('officer_absence_days_check', `to_day >= from_day`)
export class OfficerAbsence {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'officer_absence_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  userId: string;

  @ManyToOne(() => AppUser, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'officer_absence_user_id_fkey' })
  user?: Relation<AppUser>;

  @Column({ type: 'date' })
  fromDay: string;

  /** Included. */
  @Column({ type: 'date' })
  toDay: string;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
