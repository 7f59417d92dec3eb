import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Handles } from '../../platform/queue/handles.js';
import { removeExpired } from './identity.jobs.js';

/** Keeps the tables of better-auth as small as what is in use; by real time, as it counts. */
@Injectable()
export class RemoveExpired {
  constructor(private readonly db: Database) {}

  @Handles(removeExpired)
  async handle(): Promise<void> {
    await this.db.execute(`DELETE FROM user_session WHERE expires_at < now()`);
    await this.db.execute(`DELETE FROM user_verification WHERE expires_at < now()`);
    await this.db.execute(
      `DELETE FROM sign_in_limit WHERE last_request < extract(epoch FROM now() - interval '1 day') * 1000`,
    );
  }
}
