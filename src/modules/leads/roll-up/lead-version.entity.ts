import { Check, Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { decimalNumber } from '../../../platform/database/columns.js';

/**
 * What reports may ask of one lead, from when to when. Triggers write it in the transaction of the change itself, so
 * that a report of a past day shows what it showed then.
 */
@Entity('lead_version')
@Index('lead_version_now_idx', { synchronize: false })
@Index('lead_version_lead_id_idx', ['leadId', 'validFrom'])
@Index('lead_version_valid_from_idx', ['validFrom'])
@Index('lead_version_valid_to_idx', { synchronize: false })
@Index('lead_version_pending_idx', { synchronize: false })
export class LeadVersion {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'lead_version_pkey',
  })
  id: string;

  /** Without a reference: a version outlives its lead. */
  @Column({ type: 'uuid' })
  leadId: string;

  @Column({ type: 'timestamptz' })
  validFrom: Date;

  /** Null: it holds now. */
  @Column({ type: 'timestamptz', nullable: true })
  validTo: Date | null;

  /** 1: its beginning is not in the cells yet; 2: its end is not; 3: neither. */
  @Column({ type: 'smallint' })
  pending: number;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'text' })
  stage: string;

  @Column({ type: 'uuid', nullable: true })
  ownerId: string | null;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'uuid', nullable: true })
  sourceRoundId: string | null;

  /** Of the firm. */
  @Column({ type: 'text', nullable: true })
  country: string | null;

  @Column({ type: 'text', nullable: true })
  sector: string | null;

  @Column({ type: 'timestamptz' })
  openedAt: Date;

  /** Local. @example "2026-03" */
  @Column({ type: 'text' })
  openedMonth: string;

  @Column({ type: 'timestamptz' })
  stageSince: Date;

  @Column({ type: 'numeric', precision: 10, scale: 2, nullable: true, transformer: decimalNumber })
  areaHa: number | null;

  @Column({ type: 'int', nullable: true })
  jobsPromised: number | null;

  @Column({ type: 'numeric', precision: 20, scale: 2, nullable: true })
  committedAmount: string | null;

  @Column({ type: 'text', nullable: true })
  committedCurrency: string | null;

  @Column({ type: 'numeric', precision: 20, scale: 2, nullable: true })
  registeredAmount: string | null;

  @Column({ type: 'text', nullable: true })
  registeredCurrency: string | null;

  @Column({ type: 'numeric', precision: 20, scale: 2, nullable: true })
  disbursedAmount: string | null;

  @Column({ type: 'text', nullable: true })
  disbursedCurrency: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  acknowledgedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  answeredAt: Date | null;

  /** In order. */
  @Column({ type: 'uuid', array: true })
  clusterIds: string[];

  /** Of the clusters, each once, in order. */
  @Column({ type: 'uuid', array: true })
  planningDistrictIds: string[];
}

/** A sum of lead versions: see `lead-cubes.rules`. An empty text stands for none. */
@Entity('lead_cell')
export class LeadCell {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'lead_cell_pkey' })
  cube: number;

  /** Empty: what holds now. Else what this local month added. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'lead_cell_pkey' })
  month: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'lead_cell_pkey' })
  kind: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'lead_cell_pkey' })
  stage: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'lead_cell_pkey' })
  k1: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'lead_cell_pkey' })
  k2: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'lead_cell_pkey' })
  committedCurrency: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'lead_cell_pkey' })
  registeredCurrency: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'lead_cell_pkey' })
  disbursedCurrency: string;

  @Column({ type: 'bigint' })
  n: string;

  /** How many of them have an area. */
  @Column({ type: 'bigint' })
  areaN: string;

  @Column({ type: 'numeric' })
  area: string;

  @Column({ type: 'bigint' })
  jobsN: string;

  @Column({ type: 'bigint' })
  jobs: string;

  @Column({ type: 'numeric' })
  committed: string;

  @Column({ type: 'numeric' })
  registered: string;

  @Column({ type: 'numeric' })
  disbursed: string;
}

/** The zone in which a month of `lead_cell` begins: one row. */
@Entity('report_zone')
@Check('report_zone_one_check', `one`)
export class ReportZone {
  @PrimaryColumn({ type: 'boolean', default: true, primaryKeyConstraintName: 'report_zone_pkey' })
  one: boolean;

  @Column({ type: 'text' })
  name: string;
}
