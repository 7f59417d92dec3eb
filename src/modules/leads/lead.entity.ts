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
import { decimalNumber } from '../../platform/database/columns.js';
import { Contact } from '../directory/contact.entity.js';
import { Firm } from '../directory/firm.entity.js';
import { AppUser } from '../identity/app-user.entity.js';
import type { LeadKind } from './pipelines/pipeline.entity.js';

export const LEAD_SOURCES = ['enquiry', 'round', 'officer', 'import'] as const;
export type LeadSource = (typeof LEAD_SOURCES)[number];

/** The side exits: no stages of a pipeline, open from every stage that is not final. */
export const EXITS = ['lost', 'dormant'] as const;
export type Exit = (typeof EXITS)[number];

export const LOST_REASONS = [
  'chose_other_province',
  'site_unsuitable',
  'land_price',
  'land_not_ready',
  'infrastructure_lacking',
  'labour_lacking',
  'procedure_too_long',
  'capital_lacking',
  'market_changed',
  'not_eligible',
  'not_selected',
  'not_interested',
  'no_contact',
  'duplicate',
  'other',
] as const;
export type LostReason = (typeof LOST_REASONS)[number];

export const INVESTOR_ANSWERS = ['interested', 'call_me', 'visit', 'not_now', 'not_interested'] as const;
export type InvestorAnswer = (typeof INVESTOR_ANSWERS)[number];

/** One firm's interest, of one kind, in none, one or several clusters. */
@Entity('lead')
@Unique('lead_reference_key', ['reference'])
@Index('lead_last_activity_at_idx', ['lastActivityAt', 'id'])
@Index('lead_kind_last_activity_at_idx', ['kind', 'lastActivityAt', 'id'])
@Index('lead_stage_last_activity_at_idx', ['stage', 'lastActivityAt', 'id'])
@Index('lead_owner_id_last_activity_at_idx', ['ownerId', 'lastActivityAt', 'id'])
@Index('lead_created_at_idx', ['createdAt', 'id'])
@Index('lead_stage_since_idx', ['stageSince', 'id'])
@Index('lead_next_action_at_idx', { synchronize: false })
@Index('lead_owner_id_next_action_at_idx', { synchronize: false })
@Index('lead_unanswered_idx', { synchronize: false })
@Index('lead_firm_id_idx', ['firmId', 'kind'])
@Index('lead_primary_contact_id_idx', ['primaryContactId'])
@Index('lead_source_round_id_idx', ['sourceRoundId'], { where: 'source_round_id IS NOT NULL' })
@Index('lead_wake_on_idx', ['wakeOn'], { where: `stage = 'dormant'` })
@Check('lead_kind_check', `kind IN ('infrastructure', 'secondary')`)
@Check('lead_source_check', `source IN ('enquiry', 'round', 'officer', 'import')`)
@Check(
  'lead_last_answer_check',
  `last_answer IN ('interested', 'call_me', 'visit', 'not_now', 'not_interested')`,
)
@Check('lead_wake_on_check', `stage <> 'dormant' OR wake_on IS NOT NULL`)
@Check('lead_lost_reason_check', `stage <> 'lost' OR lost_reason IS NOT NULL`)
@Check('lead_stage_before_exit_check', `(stage IN ('lost', 'dormant')) = (stage_before_exit IS NOT NULL)`)
@Check('lead_area_ha_check', `area_ha >= 0`)
@Check('lead_jobs_check', `jobs_promised >= 0 AND jobs_delivered >= 0`)
@Check(
  'lead_committed_check',
  `(committed_amount IS NULL) = (committed_currency IS NULL) AND committed_amount >= 0`,
)
@Check(
  'lead_registered_check',
  `(registered_amount IS NULL) = (registered_currency IS NULL) AND registered_amount >= 0`,
)
@Check(
  'lead_disbursed_check',
  `(disbursed_amount IS NULL) = (disbursed_currency IS NULL) AND disbursed_amount >= 0`,
)
export class Lead {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'lead_pkey' })
  id: string;

  /** What people call it: `CH-<year>-<six digits>`. */
  @Column({ type: 'text' })
  reference: string;

  @Column({ type: 'uuid' })
  firmId: string;

  @ManyToOne(() => Firm, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'firm_id', foreignKeyConstraintName: 'lead_firm_id_fkey' })
  firm?: Relation<Firm>;

  @Column({ type: 'text' })
  kind: LeadKind;

  /** A stage code of its pipeline, `lost` or `dormant`. */
  @Column({ type: 'text' })
  stage: string;

  @Column({ type: 'uuid', nullable: true })
  ownerId: string | null;

  @ManyToOne(() => AppUser, { onDelete: 'NO ACTION' })
  @JoinColumn({ name: 'owner_id', foreignKeyConstraintName: 'lead_owner_id_fkey' })
  owner?: Relation<AppUser> | null;

  @Column({ type: 'uuid', nullable: true })
  primaryContactId: string | null;

  @ManyToOne(() => Contact, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'primary_contact_id', foreignKeyConstraintName: 'lead_primary_contact_id_fkey' })
  primaryContact?: Relation<Contact> | null;

  @Column({ type: 'text' })
  source: LeadSource;

  /** The promotion round that made it. */
  @Column({ type: 'uuid', nullable: true })
  sourceRoundId: string | null;

  @Column({ type: 'text', nullable: true })
  summary: string | null;

  @Column({ type: 'text', nullable: true })
  sector: string | null;

  @Column({ type: 'numeric', precision: 10, scale: 2, nullable: true, transformer: decimalNumber })
  areaHa: number | null;

  @Column({ type: 'int', nullable: true })
  jobsPromised: number | null;

  @Column({ type: 'int', nullable: true })
  jobsDelivered: number | null;

  /** What the firm says it would invest. */
  @Column({ type: 'numeric', precision: 20, scale: 2, nullable: true })
  committedAmount: string | null;

  @Column({ type: 'char', length: 3, nullable: true })
  committedCurrency: string | null;

  /** What the certificate or decision names. */
  @Column({ type: 'numeric', precision: 20, scale: 2, nullable: true })
  registeredAmount: string | null;

  @Column({ type: 'char', length: 3, nullable: true })
  registeredCurrency: string | null;

  /** What was spent on the ground. */
  @Column({ type: 'numeric', precision: 20, scale: 2, nullable: true })
  disbursedAmount: string | null;

  @Column({ type: 'char', length: 3, nullable: true })
  disbursedCurrency: string | null;

  @Column({ type: 'text', nullable: true })
  nextAction: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  nextActionAt: Date | null;

  @Column({ type: 'timestamptz' })
  stageSince: Date;

  @Column({ type: 'timestamptz' })
  openedAt: Date;

  /** The last contact, answer or stage change; edits of the record do not count. */
  @Column({ type: 'timestamptz' })
  lastActivityAt: Date;

  /** When an enquiry was first reacted to, be it by an automatic mail. */
  @Column({ type: 'timestamptz', nullable: true })
  acknowledgedAt: Date | null;

  /** When an officer first answered an enquiry in substance. */
  @Column({ type: 'timestamptz', nullable: true })
  answeredAt: Date | null;

  /** What the investor last said on an answer page. */
  @Column({ type: 'text', nullable: true })
  lastAnswer: InvestorAnswer | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastAnswerAt: Date | null;

  @Column({ type: 'text', nullable: true })
  lostReason: LostReason | null;

  /** Where the project went instead. */
  @Column({ type: 'text', nullable: true })
  lostTo: string | null;

  /** The local day on which a dormant lead comes back. */
  @Column({ type: 'date', nullable: true })
  wakeOn: string | null;

  /** Where a lost or dormant lead goes when it is reopened. */
  @Column({ type: 'text', nullable: true })
  stageBeforeExit: string | null;

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
