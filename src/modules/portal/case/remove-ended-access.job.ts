import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Handles } from '../../../platform/queue/handles.js';
import { removeEndedCaseAccess } from './case.jobs.js';

/** So long a link that was asked for still says that it is too old, and offers a new one; then nothing is known of it. */
const LINKS_KEPT_MS = 30 * 24 * 3_600_000;

/** Keeps of cases only what still opens one: browsers, links, and mailboxes that were never confirmed go. */
@Injectable()
export class RemoveEndedCaseAccessJob {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @Handles(removeEndedCaseAccess)
  async handle(): Promise<void> {
    const now = this.clock.now();
    await this.db.execute(`DELETE FROM case_session WHERE expires_at < $1 OR revoked_at < $1`, [now]);
    await this.db.execute(`DELETE FROM case_email_change WHERE expires_at < $1`, [now]);
    await this.db.execute(`DELETE FROM case_link WHERE expires_at < $1`, [
      new Date(now.getTime() - LINKS_KEPT_MS),
    ]);
  }
}
