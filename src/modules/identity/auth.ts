import { Injectable, Logger } from '@nestjs/common';
import { APIError } from 'better-auth/api';
import { hashPassword } from 'better-auth/crypto';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { JobQueue } from '../../platform/queue/job-queue.js';
import { buildAuth, type BetterAuth } from './auth-options.js';
import { authPool } from './auth-pool.js';
import { sendPasswordLink } from './identity.jobs.js';

/** The sign-in library, told about our accounts. */
@Injectable()
export class Auth {
  readonly library: BetterAuth;
  private readonly logger = new Logger(Auth.name);

  constructor(
    config: Config,
    source: DataSource,
    private readonly db: Database,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
  ) {
    this.library = buildAuth(config, authPool(source, db), {
      beforeSession: (userId) => this.assertActive(userId),
      passwordLinkAsked: (userId) =>
        this.queue.add(sendPasswordLink, { userId, reason: 'forgotten' }, { jobId: `forgotten-${userId}` }),
      passwordSetByLink: (userId) => this.noteNewPassword(userId, true),
      log: (level, message) => (level === 'error' ? this.logger.warn(message) : this.logger.debug(message)),
    });
  }

  /** scrypt, as better-auth stores and checks it; some 80 ms of one core, on another thread. */
  hash(password: string): Promise<string> {
    return hashPassword(password);
  }

  /** The person chose the password: the one-time password, if any, is gone. */
  async noteNewPassword(userId: string, byLink = false): Promise<void> {
    await this.db.transaction(() =>
      this.db.execute(
        `UPDATE app_user SET must_change_password = false, email_verified = email_verified OR $3, version = version + 1, updated_at = $2
         WHERE id = $1 AND (must_change_password OR ($3 AND NOT email_verified))`,
        [userId, this.clock.now(), byLink],
      ),
    );
  }

  private async assertActive(userId: string): Promise<void> {
    const [found] = await this.db.query(`SELECT 1 FROM app_user WHERE id = $1 AND deactivated_at IS NULL`, [
      userId,
    ]);
    if (!found)
      throw new APIError('FORBIDDEN', {
        code: 'ACCOUNT_DEACTIVATED',
        message: 'The account is deactivated.',
      });
  }
}
