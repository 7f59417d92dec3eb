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
import { AppUser, type UserLanguage } from '../identity/app-user.entity.js';
import type { QuestionReport } from '../reports/report-questions.queries.js';

/** A kept question that whoever has its address may read, as long as its maker may read the report. */
@Entity('report_feed')
@Unique('report_feed_token_hash_key', ['tokenHash'])
@Check('report_feed_report_check', `report IN ('pipeline', 'ageing', 'follow-up', 'rounds', 'targets')`)
@Check('report_feed_language_check', `language IN ('vi', 'en')`)
@Index('report_feed_maker_id_idx', ['makerId'])
export class ReportFeed {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'report_feed_pkey' })
  id: string;

  @ManyToOne(() => AppUser, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'maker_id', foreignKeyConstraintName: 'report_feed_maker_id_fkey' })
  maker?: Relation<AppUser>;

  @Column({ type: 'uuid' })
  makerId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  report: QuestionReport;

  /** Names and values of the report's query string. */
  @Column({ type: 'jsonb' })
  query: Record<string, string>;

  /** Of the headings. */
  @Column({ type: 'text' })
  language: UserLanguage;

  /** SHA-256 of the token in the address; the token itself is shown once and kept nowhere. */
  @Column({ type: 'text' })
  tokenHash: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
