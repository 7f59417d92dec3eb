import {
  Check,
  Column,
  Entity,
  Exclusion,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  VersionColumn,
  type Relation,
} from 'typeorm';
import type { Language } from '../../platform/i18n/i18n.js';
import { Cluster } from '../directory/cluster.entity.js';
import { Contact } from '../directory/contact.entity.js';
import { AppUser } from '../identity/app-user.entity.js';
import { Lead } from '../leads/lead.entity.js';

export const MEETING_KINDS = ['site_visit', 'meeting', 'call'] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];

export const MEETING_STATUSES = ['booked', 'cancelled', 'held', 'no_show'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

export type BookedBy = 'investor' | 'officer';
export type CancelledBy = BookedBy | 'system';

/** An hour agreed with an investor. The database refuses two booked ones of one officer that overlap. */
@Entity('meeting')
@Unique('meeting_ics_uid_key', ['icsUid'])
@Exclusion(
  'meeting_officer_free_excl',
  `USING gist (officer_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'booked')`,
)
@Check('meeting_kind_check', `kind IN ('site_visit', 'meeting', 'call')`)
@Check('meeting_language_check', `language IN ('vi', 'en', 'zh')`)
@Check('meeting_status_check', `status IN ('booked', 'cancelled', 'held', 'no_show')`)
@Check('meeting_booked_by_check', `booked_by IN ('investor', 'officer')`)
@Check('meeting_cancelled_by_check', `cancelled_by IN ('investor', 'officer', 'system')`)
@Check('meeting_times_check', `ends_at > starts_at`)
@Index('meeting_lead_id_starts_at_idx', ['leadId', 'startsAt'])
@Index('meeting_starts_at_id_idx', ['startsAt', 'id'])
@Index('meeting_contact_id_idx', ['contactId'])
export class Meeting {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'meeting_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  leadId: string;

  @ManyToOne(() => Lead, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'lead_id', foreignKeyConstraintName: 'meeting_lead_id_fkey' })
  lead?: Relation<Lead>;

  @Column({ type: 'uuid', nullable: true })
  contactId: string | null;

  @ManyToOne(() => Contact, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'meeting_contact_id_fkey' })
  contact?: Relation<Contact> | null;

  @Column({ type: 'uuid' })
  officerId: string;

  @ManyToOne(() => AppUser)
  @JoinColumn({ name: 'officer_id', foreignKeyConstraintName: 'meeting_officer_id_fkey' })
  officer?: Relation<AppUser>;

  @Column({ type: 'uuid', nullable: true })
  clusterId: string | null;

  @ManyToOne(() => Cluster, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'cluster_id', foreignKeyConstraintName: 'meeting_cluster_id_fkey' })
  cluster?: Relation<Cluster> | null;

  @Column({ type: 'text' })
  kind: MeetingKind;

  @Column({ type: 'timestamptz' })
  startsAt: Date;

  @Column({ type: 'timestamptz' })
  endsAt: Date;

  /** Where, in the officer's words; null: at the cluster, or not said. */
  @Column({ type: 'text', nullable: true })
  place: string | null;

  /** The investor's, when it was booked. */
  @Column({ type: 'text' })
  language: Language;

  /** What the investor asked or told. */
  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'text', default: 'booked' })
  status: MeetingStatus;

  @Column({ type: 'text' })
  bookedBy: BookedBy;

  @Column({ type: 'text', nullable: true })
  cancelledBy: CancelledBy | null;

  @Column({ type: 'text', nullable: true })
  cancelReason: string | null;

  /** Names the entry in everybody's calendar, for ever. */
  @Column({ type: 'text' })
  icsUid: string;

  /** Rises with each change that calendars learn of (RFC 5545, 3.8.7.4). */
  @Column({ type: 'int', default: 0 })
  icsSequence: number;

  /** Its activity in the lead's records; none while it is cancelled. */
  @Column({ type: 'uuid', nullable: true })
  activityId: string | null;

  /** When the present time was agreed: one agreed the day before needs no reminder. */
  @Column({ type: 'timestamptz' })
  agreedAt: Date;

  @VersionColumn({ default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
