import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { postponed, type ClaimedMessage, type Outcome } from '../delivery.rules.js';
import type { WorkingTime } from '../../../platform/calendar/working-time.rules.js';
import { nextAllowed } from './mail-preference.rules.js';

const A_WHILE_MS = 5 * 60_000;

/** No more promotion mail to a mailbox than its reader chose, also when several workers have some at once. */
@Injectable()
export class MailFrequencyLimit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Null when it may go. It waits for its day when it still makes sense then, or else is cancelled. The row is put back
   * under a lock of the mailbox, so that of two claimed together one sees the other.
   */
  async reasonNotNow(message: ClaimedMessage, hours: WorkingTime): Promise<Outcome | 'given_back' | null> {
    if (message.frequency === null || message.frequency === 'each') return null;
    return this.db.transaction(async () => {
      await this.db.query(`SELECT pg_advisory_xact_lock(hashtextextended('promotion-mail:' || $1, 0))`, [
        message.toAddress,
      ]);
      const [row] = await this.db.query<{ lastAt: Date | null; sending: boolean }>(OTHERS, [
        message.toAddress,
        message.id,
      ]);
      const now = this.clock.now();
      const free = nextAllowed(message.frequency, row!.lastAt, now, this.config.timeZone);
      if (free <= now && !row!.sending) return null;
      const until = free > now ? free : new Date(now.getTime() + A_WHILE_MS);
      const outcome = postponed('promotion', until, hours, 'too_frequent');
      if (outcome.status !== 'queued') return outcome;
      if (message.notAfter && outcome.notBefore > message.notAfter)
        return { status: 'cancelled', code: 'too_frequent' };
      await this.db.execute(GIVE_BACK, [message.id, message.claimToken, outcome.notBefore]);
      return 'given_back';
    });
  }
}

/** A mail of which nobody knows counts as sent. */
const OTHERS = `
  SELECT max(CASE WHEN status = 'unknown' THEN claimed_at ELSE sent_at END) FILTER (WHERE status IN ('sent', 'unknown')) AS "lastAt",
         coalesce(bool_or(status = 'sending'), false) AS sending
    FROM message WHERE to_address = $1 AND purpose = 'promotion' AND id <> $2`;

const GIVE_BACK = `
  UPDATE message SET status = 'queued', not_before = $3, attempts = attempts - 1, error_code = 'too_frequent', version = version + 1
   WHERE id = $1 AND claim_token = $2 AND status = 'sending'`;
