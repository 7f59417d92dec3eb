import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The first answer to a creation, kept so that a repeated request gets it again. */
@Entity('idempotency_key')
export class IdempotencyKey {
  /** Who asked: one caller's keys never meet another's. */
  @PrimaryColumn({ type: 'text' })
  caller: string;

  @PrimaryColumn({ type: 'text' })
  key: string;

  @Column({ type: 'text' })
  requestHash: string;

  @Column({ type: 'int', nullable: true })
  status: number | null;

  @Column({ type: 'jsonb', nullable: true })
  answer: unknown;

  @Index('idempotency_key_created_at')
  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
