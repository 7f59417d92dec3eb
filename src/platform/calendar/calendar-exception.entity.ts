import { Check, Column, Entity, PrimaryColumn, Unique, VersionColumn } from 'typeorm';

export const CALENDAR_EXCEPTION_KINDS = ['day_off', 'working_day'] as const;

/** `day_off`: off although it would work. `working_day`: works although it would be off, such as a swapped Saturday. */
export type CalendarExceptionKind = (typeof CALENDAR_EXCEPTION_KINDS)[number];

/** A day on which an official announcement departs from what the law and the week alone would give. */
@Entity('calendar_exception')
@Unique('calendar_exception_day_key', ['day'])
@Check('calendar_exception_kind_check', `kind IN ('day_off', 'working_day')`)
@Check('calendar_exception_day_check', `day BETWEEN DATE '1900-01-01' AND DATE '2100-12-31'`)
export class CalendarException {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'calendar_exception_pkey' })
  id: string;

  /** Local, `YYYY-MM-DD`. */
  @Column({ type: 'date' })
  day: string;

  @Column({ type: 'text' })
  kind: CalendarExceptionKind;

  @Column({ type: 'text' })
  nameVi: string;

  @Column({ type: 'text' })
  nameEn: string;

  /** Number, date and address of the announcement. */
  @Column({ type: 'text' })
  source: string;

  @VersionColumn()
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
