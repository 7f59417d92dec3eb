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
import { AppUser } from '../identity/app-user.entity.js';

/** What a person may ask about the own data (Personal Data Protection Law 91/2025). */
export const DATA_REQUEST_KINDS = ['withdraw', 'restrict', 'view', 'correct', 'copy', 'erase'] as const;
export type DataRequestKind = (typeof DATA_REQUEST_KINDS)[number];

export const DATA_REQUEST_CHANNELS = ['case_page', 'letter', 'phone', 'email', 'officer'] as const;
export type DataRequestChannel = (typeof DATA_REQUEST_CHANNELS)[number];

/** `withdrawn`: the person took it back. */
export const DATA_REQUEST_STATUSES = [
  'received',
  'acknowledged',
  'extended',
  'done',
  'refused',
  'withdrawn',
] as const;
export type DataRequestStatus = (typeof DATA_REQUEST_STATUSES)[number];

export const OPEN_STATUSES = ['received', 'acknowledged', 'extended'] as const;

/** What should stand in the place of what stands there; only what is asked for. */
export interface Correction {
  fullName?: string;
  title?: string | null;
  email?: string | null;
  phone?: string | null;
}

/** One request and its clocks. Of one kind a person has at most one open: asking again joins it. */
@Entity('data_request')
@Unique('data_request_reference_key', ['reference'])
@Index('data_request_open_key', { synchronize: false })
@Index('data_request_due_at_idx', ['dueAt', 'id'])
@Index('data_request_received_at_idx', ['receivedAt', 'id'])
@Index('data_request_contact_id_idx', ['contactId'])
@Check('data_request_kind_check', `kind IN ('withdraw', 'restrict', 'view', 'correct', 'copy', 'erase')`)
@Check('data_request_channel_check', `channel IN ('case_page', 'letter', 'phone', 'email', 'officer')`)
@Check(
  'data_request_status_check',
  `status IN ('received', 'acknowledged', 'extended', 'done', 'refused', 'withdrawn')`,
)
@Check('data_request_closed_check', `(status IN ('done', 'refused', 'withdrawn')) = (closed_at IS NOT NULL)`)
export class DataRequest {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'data_request_pkey' })
  id: string;

  /** To quote. @example "DL-2026-000012" */
  @Column({ type: 'text' })
  reference: string;

  @Column({ type: 'uuid' })
  contactId: string;

  @ManyToOne(() => Contact)
  @JoinColumn({ name: 'contact_id', foreignKeyConstraintName: 'data_request_contact_id_fkey' })
  contact?: Relation<Contact>;

  @Column({ type: 'text' })
  kind: DataRequestKind;

  /** In the person's own words. */
  @Column({ type: 'text', nullable: true })
  text: string | null;

  /** Of `correct`: what can be put right by itself. */
  @Column({ type: 'jsonb', nullable: true })
  correction: Correction | null;

  @Column({ type: 'text' })
  channel: DataRequestChannel;

  @Column({ type: 'text' })
  status: DataRequestStatus;

  @Column({ type: 'timestamptz' })
  receivedAt: Date;

  /** Two working days after it came. */
  @Column({ type: 'timestamptz' })
  acknowledgeDueAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  acknowledgedAt: Date | null;

  /** 10, 15 or 20 days after it came; once later by as much. */
  @Column({ type: 'timestamptz' })
  dueAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  extendedAt: Date | null;

  /** Told to the person. */
  @Column({ type: 'text', nullable: true })
  extensionReason: string | null;

  /** Who took it up last. */
  @Column({ type: 'uuid', nullable: true })
  handledBy: string | null;

  @ManyToOne(() => AppUser)
  @JoinColumn({ name: 'handled_by', foreignKeyConstraintName: 'data_request_handled_by_fkey' })
  handler?: Relation<AppUser> | null;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  /** Why it was refused; told to the person. */
  @Column({ type: 'text', nullable: true })
  decisionReason: string | null;

  /** Of `restrict`: since when the person may be written to again. */
  @Column({ type: 'timestamptz', nullable: true })
  liftedAt: Date | null;

  /**
   * Of `view` and `copy`: the one-use link's two files, each taken once. No file is kept: it is made when it is taken,
   * so no second place holds what may have to be erased.
   */
  @Column({ type: 'timestamptz', nullable: true })
  pdfTakenAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  jsonTakenAt: Date | null;

  /** When managers were told that a clock has run out; once for each clock. */
  @Column({ type: 'timestamptz', nullable: true })
  acknowledgeBreachToldAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  breachToldAt: Date | null;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
