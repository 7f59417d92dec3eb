import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { decimalNumber } from '../../platform/database/columns.js';

/** A total that the plan's source states. Shown beside our own count, never mixed with it. */
@Entity('plan_figure')
@Unique('plan_figure_code_key', ['code'])
export class PlanFigure {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'plan_figure_pkey' })
  id: string;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'int' })
  position: number;

  @Column({ type: 'text' })
  nameVi: string;

  @Column({ type: 'text' })
  nameEn: string;

  @Column({ type: 'int', nullable: true })
  count: number | null;

  @Column({ type: 'int', nullable: true })
  ofCount: number | null;

  /** Hectares. */
  @Column({ type: 'numeric', precision: 10, scale: 2, nullable: true, transformer: decimalNumber })
  areaHa: number | null;

  @Column({ type: 'boolean' })
  approximate: boolean;

  @Column({ type: 'text' })
  source: string;

  /** What another source says, or why the figure is doubtful. */
  @Column({ type: 'text', nullable: true })
  conflict: string | null;
}
