import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { Auth } from './auth.js';
import { LINK_IDENTIFIER } from './auth-options.js';
import { sendPasswordLink, type PasswordLinkReason } from './identity.jobs.js';

/** How long a link works, in milliseconds. */
const LINK_LIFE: Record<PasswordLinkReason, number> = {
  invitation: 7 * 24 * 3_600_000,
  forgotten: 3_600_000,
};

/** Passwords and the links that set them, in the form that better-auth reads. */
@Injectable()
export class Passwords {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly queue: JobQueue,
    private readonly auth: Auth,
  ) {}

  hash(password: string): Promise<string> {
    return this.auth.hash(password);
  }

  /** Sets the password of an account that has none. */
  async give(userId: string, hash: string): Promise<void> {
    await this.db.execute(
      `INSERT INTO user_account (id, user_id, account_id, provider_id, password, created_at, updated_at)
       VALUES ($1, $2::uuid, $2::uuid::text, 'credential', $3, $4, $4)`,
      [newId(), userId, hash, this.clock.now()],
    );
  }

  async has(userId: string): Promise<boolean> {
    const rows = await this.db.query(
      `SELECT 1 FROM user_account WHERE user_id = $1 AND provider_id = 'credential'`,
      [userId],
    );
    return rows.length > 0;
  }

  inviteAfterCommit(userId: string): void {
    this.db.afterCommit(() =>
      this.queue.add(sendPasswordLink, { userId, reason: 'invitation' }, { jobId: `invitation-${userId}` }),
    );
  }

  /** A token that sets the password once, until it expires by real time; better-auth redeems it. */
  async makeLink(userId: string, reason: PasswordLinkReason): Promise<string> {
    const token = randomBytes(24).toString('base64url');
    await this.db.execute(
      `INSERT INTO user_verification (id, identifier, value, expires_at, created_at, updated_at)
       VALUES ($1, $2, $3, now() + $4 * interval '1 millisecond', now(), now())`,
      [newId(), `${LINK_IDENTIFIER}${token}`, userId, LINK_LIFE[reason]],
    );
    return token;
  }
}
