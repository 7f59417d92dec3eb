import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique, type Relation } from 'typeorm';
import { AppUser } from './app-user.entity.js';

/** A signed-in browser. Written by better-auth; `token` is what the signed cookie carries. */
@Entity('user_session')
@Unique('user_session_token_key', ['token'])
@Index('user_session_user_id_idx', ['userId'])
export class UserSession {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'user_session_pkey' })
  id: string;

  @ManyToOne(() => AppUser, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'user_session_user_id_fkey' })
  user: Relation<AppUser>;

  @Column({ type: 'uuid' })
  userId: string;

  @Column({ type: 'text' })
  token: string;

  /** Real time, not the time of `Clock`. */
  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'text', nullable: true })
  ipAddress: string | null;

  @Column({ type: 'text', nullable: true })
  userAgent: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}

/** A way to sign in; ours is always `credential` with the scrypt hash of the password. */
@Entity('user_account')
@Unique('user_account_provider_id_account_id_key', ['providerId', 'accountId'])
@Index('user_account_user_id_idx', ['userId'])
export class UserAccount {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'user_account_pkey' })
  id: string;

  @ManyToOne(() => AppUser, { onDelete: 'CASCADE', nullable: false })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'user_account_user_id_fkey' })
  user: Relation<AppUser>;

  @Column({ type: 'uuid' })
  userId: string;

  /** For `credential`: the user's id. */
  @Column({ type: 'text' })
  accountId: string;

  @Column({ type: 'text' })
  providerId: string;

  @Column({ type: 'text', nullable: true })
  password: string | null;

  @Column({ type: 'text', nullable: true })
  accessToken: string | null;

  @Column({ type: 'text', nullable: true })
  refreshToken: string | null;

  @Column({ type: 'text', nullable: true })
  idToken: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  accessTokenExpiresAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  refreshTokenExpiresAt: Date | null;

  @Column({ type: 'text', nullable: true })
  scope: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}

/** A link that sets a password: its token in `identifier`, the user's id in `value`. */
@Entity('user_verification')
@Index('user_verification_identifier_idx', ['identifier'])
export class UserVerification {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'user_verification_pkey' })
  id: string;

  @Column({ type: 'text' })
  identifier: string;

  @Column({ type: 'text' })
  value: string;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}

/** Attempts from one address at one path, counted for all web processes together. */
@Entity('sign_in_limit')
@Unique('sign_in_limit_key_key', ['key'])
export class SignInLimit {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'sign_in_limit_pkey' })
  id: string;

  @Column({ type: 'text' })
  key: string;

  @Column({ type: 'int' })
  count: number;

  /** Milliseconds since 1970; no bigint, which would arrive as text. */
  @Column({ type: 'double precision' })
  lastRequest: number;
}
