import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { AppUser } from './app-user.entity.js';

/**
 * A program's key. The columns are those of better-auth's API-key plugin; of its metering none is used.
 */
@Entity('api_key')
@Unique('api_key_key_key', ['key'])
@Index('api_key_created_by_id_idx', ['createdById'])
export class ApiKey {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'api_key_pkey' })
  id: string;

  @Column({ type: 'text', default: 'default' })
  configId: string;

  @Column({ type: 'text', nullable: true })
  name: string | null;

  /** The first characters, by which a person recognises it. */
  @Column({ type: 'text', nullable: true })
  start: string | null;

  @Column({ type: 'text', nullable: true })
  prefix: string | null;

  /** SHA-256 of the key. */
  @Column({ type: 'text' })
  key: string;

  @ManyToOne(() => AppUser, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'created_by_id', foreignKeyConstraintName: 'api_key_created_by_id_fkey' })
  createdBy: Relation<AppUser>;

  /** The key ends with this person's account. */
  @Column({ type: 'uuid' })
  createdById: string;

  @Column({ type: 'int', nullable: true })
  refillInterval: number | null;

  @Column({ type: 'int', nullable: true })
  refillAmount: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastRefillAt: Date | null;

  @Column({ type: 'boolean', default: true })
  enabled: boolean;

  @Column({ type: 'boolean', default: false })
  rateLimitEnabled: boolean;

  @Column({ type: 'int', nullable: true })
  rateLimitTimeWindow: number | null;

  @Column({ type: 'int', nullable: true })
  rateLimitMax: number | null;

  @Column({ type: 'int', default: 0 })
  requestCount: number;

  @Column({ type: 'int', nullable: true })
  remaining: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  lastRequest: Date | null;

  /** Real time, not the time of `Clock`. */
  @Column({ type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;

  @Column({ type: 'text', nullable: true })
  permissions: string | null;

  /** JSON `{"role": "officer"}`: all that the key may do. */
  @Column({ type: 'text', nullable: true })
  metadata: string | null;
}
