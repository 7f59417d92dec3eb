import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { decimalNumber } from '../../../platform/database/columns.js';

export const TARGET_UNITS = [
  'percent_per_year',
  'percent',
  'clusters',
  'planning_districts',
  'percent_of_clusters',
] as const;
export type TargetUnit = (typeof TARGET_UNITS)[number];

/** `clusters`: computed from the clusters' rows by a rule; `hand`: unknown until a value is entered. */
export type MeasuredBy = 'clusters' | 'hand';

/** A number that the plan promises. */
@Entity('target')
@Unique('target_code_key', ['code'])
@Check(
  'target_unit_check',
  `unit IN ('percent_per_year', 'percent', 'clusters', 'planning_districts', 'percent_of_clusters')`,
)
@Check('target_measured_by_check', `measured_by IN ('clusters', 'hand')`)
@Check('target_max_value_check', `max_value >= min_value`)
export class Target {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'target_pkey' })
  id: string;

  @Column({ type: 'text' })
  code: string;

  /** Place in the plan's own list, from 1. */
  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'text' })
  nameVi: string;

  @Column({ type: 'text' })
  nameEn: string;

  @Column({ type: 'text' })
  unit: TargetUnit;

  @Column({ type: 'numeric', precision: 12, scale: 2, transformer: decimalNumber })
  minValue: number;

  /** Upper end where the plan gives a range. */
  @Column({ type: 'numeric', precision: 12, scale: 2, nullable: true, transformer: decimalNumber })
  maxValue: number | null;

  /** The whole that the value is part of, such as 11 planning districts. */
  @Column({ type: 'numeric', precision: 12, scale: 2, nullable: true, transformer: decimalNumber })
  ofValue: number | null;

  @Column({ type: 'date' })
  due: string;

  @Column({ type: 'text' })
  measuredBy: MeasuredBy;

  @Column({ type: 'text' })
  source: string;

  /** What another source says instead. */
  @Column({ type: 'text', nullable: true })
  conflict: string | null;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
