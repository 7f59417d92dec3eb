import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import type { Translated } from '../translated.dto.js';

export const INCENTIVE_APPLIES_TO = ['infrastructure', 'secondary', 'both'] as const;
export type IncentiveAppliesTo = (typeof INCENTIVE_APPLIES_TO)[number];

export const INCENTIVE_SCOPES = ['all', 'districts', 'clusters'] as const;
export type IncentiveScope = (typeof INCENTIVE_SCOPES)[number];

/** `law`: read in the legal text. `secondary`: known from somebody who reports it. */
export const SOURCE_GRADES = ['law', 'secondary'] as const;
export type SourceGrade = (typeof SOURCE_GRADES)[number];

/** A privilege that the law gives an investor, for as long as it is in force. */
@Entity('incentive')
@Unique('incentive_code_key', ['code'])
@Check('incentive_applies_to_check', `applies_to IN ('infrastructure', 'secondary', 'both')`)
@Check('incentive_scope_check', `scope IN ('all', 'districts', 'clusters')`)
@Check('incentive_source_grade_check', `source_grade IN ('law', 'secondary')`)
@Check('incentive_effective_check', `effective_from <= effective_to`)
export class Incentive {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'incentive_pkey' })
  id: string;

  /** Small letters, digits and hyphens. */
  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'jsonb' })
  title: Translated;

  @Column({ type: 'jsonb' })
  text: Translated;

  /** @example "Nghị định 32/2024/NĐ-CP" */
  @Column({ type: 'text' })
  legalDocument: string;

  /** @example "Điều 25" */
  @Column({ type: 'text', nullable: true })
  legalArticle: string | null;

  /** Where it can be read. */
  @Column({ type: 'text', nullable: true })
  sourceUrl: string | null;

  @Column({ type: 'text' })
  sourceGrade: SourceGrade;

  @Column({ type: 'text' })
  appliesTo: IncentiveAppliesTo;

  /** All clusters, those of `planningDistrictIds`, or `clusterIds`. */
  @Column({ type: 'text' })
  scope: IncentiveScope;

  @Column({ type: 'uuid', array: true })
  planningDistrictIds: string[];

  @Column({ type: 'uuid', array: true })
  clusterIds: string[];

  @Column({ type: 'date' })
  effectiveFrom: string;

  /** The last day in force; null when no end is known. */
  @Column({ type: 'date', nullable: true })
  effectiveTo: string | null;

  @Column({ type: 'boolean', default: false })
  isPublic: boolean;

  /** The order in which pages show them. */
  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
