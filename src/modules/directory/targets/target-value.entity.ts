import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { decimalNumber } from '../../../platform/database/columns.js';
import { Target } from './target.entity.js';

/** What a source reports that was reached by a day. Rows are added, never changed. */
@Entity('target_value')
@Index('target_value_target_id_as_of_idx', ['targetId', 'asOf'])
export class TargetValue {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'target_value_pkey' })
  id: string;

  @Column({ type: 'uuid' })
  targetId: string;

  @ManyToOne(() => Target)
  @JoinColumn({ name: 'target_id', foreignKeyConstraintName: 'target_value_target_id_fkey' })
  target: Relation<Target>;

  @Column({ type: 'numeric', precision: 12, scale: 2, transformer: decimalNumber })
  value: number;

  @Column({ type: 'date' })
  asOf: string;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
