import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One change of one row, written by the trigger `audit_row`: no write path escapes it. */
@Entity('audit_entry')
@Index('audit_entry_row_idx', ['tableName', 'rowId', 'id'])
export class AuditEntry {
  @PrimaryColumn({
    type: 'bigint',
    primaryKeyConstraintName: 'audit_entry_pkey',
    generated: 'identity',
    generatedIdentity: 'ALWAYS',
  })
  id: string;

  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'text' })
  actorKind: string;

  @Column({ type: 'uuid', nullable: true })
  actorId: string | null;

  @Column({ type: 'text', nullable: true })
  requestId: string | null;

  @Column({ type: 'text' })
  tableName: string;

  @Column({ type: 'text' })
  rowId: string;

  @Column({ type: 'text' })
  action: string;

  /** Column → [before, after]; only what changed. */
  @Column({ type: 'jsonb' })
  changes: Record<string, [unknown, unknown]>;
}
