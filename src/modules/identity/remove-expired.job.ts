import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Files } from '../../platform/files/files.js';
import { Handles } from '../../platform/queue/handles.js';
import { removeExpired } from './identity.jobs.js';

/** For how long a repeated creation gets the first answer. */
const ANSWERS_KEPT_MS = 7 * 24 * 3_600_000;

/** Keeps the tables of better-auth as small as what is in use; by real time, as it counts. Kept answers and uploads of nobody go too. */
@Injectable()
export class RemoveExpired {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly files: Files,
  ) {}

  @Handles(removeExpired)
  async handle(): Promise<void> {
    await this.db.execute(`DELETE FROM user_session WHERE expires_at < now()`);
    await this.db.execute(`DELETE FROM user_verification WHERE expires_at < now()`);
    await this.db.execute(
      `DELETE FROM sign_in_limit WHERE last_request < extract(epoch FROM now() - interval '1 day') * 1000`,
    );
    await this.db.execute(`DELETE FROM idempotency_key WHERE created_at < $1`, [
      new Date(this.clock.now().getTime() - ANSWERS_KEPT_MS),
    ]);
    await this.files.sweep();
  }
}
