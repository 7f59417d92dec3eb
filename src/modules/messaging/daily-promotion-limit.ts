import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { laterFor, type ClaimedMessage, type Outcome } from './delivery.rules.js';
import { MailFrequencyLimit } from './preferences/mail-frequency.js';
import { PROMOTION_MAILS_A_DAY } from './mail.rules.js';

const A_WHILE_MS = 5 * 60_000;

/**
 * At most three promotion mails a local day to one mailbox, also when several workers have some at once. People of
 * several firms may share one, and it is the same reader.
 */
@Injectable()
export class DailyPromotionLimit {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly frequency: MailFrequencyLimit,
  ) {}

  /** What the reader chose comes before what the law allows. */
  async reasonNotNow(message: ClaimedMessage, hours: WorkingTime): Promise<Outcome | 'given_back' | null> {
    const tooOften = await this.frequency.reasonNotNow(message, hours);
    if (tooOften) return tooOften;
    const later = (at: Date) => laterFor('promotion', at, hours);
    return (await this.giveBackIfExceeded(message, later)) ? 'given_back' : null;
  }

  /**
   * Null when this one may go. Otherwise it is given back in the same transaction that counted, under a lock of that
   * mailbox, so that of many claimed together exactly three go out. @param later makes a time fit for promotion mail
   */
  async giveBackIfExceeded(message: ClaimedMessage, later: (at: Date) => Date): Promise<Date | null> {
    if (message.rivals < PROMOTION_MAILS_A_DAY) return null;
    return this.db.transaction(async () => {
      await this.db.query(`SELECT pg_advisory_xact_lock(hashtextextended('promotion-mail:' || $1, 0))`, [
        message.toAddress,
      ]);
      const today = this.clock.today();
      const [row] = await this.db.query<{ sent: number; sending: number }>(COUNT, [
        message.toAddress,
        message.id,
        this.clock.startOf(today),
      ]);
      const { sent, sending } = row!;
      if (sent + sending < PROMOTION_MAILS_A_DAY) return null;
      const tomorrow = this.clock.local(this.clock.startOf(today)).plus({ days: 1 }).toJSDate();
      const notBefore = later(
        sent < PROMOTION_MAILS_A_DAY ? new Date(this.clock.now().getTime() + A_WHILE_MS) : tomorrow,
      );
      await this.db.execute(
        `UPDATE message SET status = 'queued', not_before = $3, attempts = attempts - 1, error_code = 'daily_limit', version = version + 1
          WHERE id = $1 AND claim_token = $2 AND status = 'sending'`,
        [message.id, message.claimToken, notBefore],
      );
      return notBefore;
    });
  }
}

/** A mail of which nobody knows counts as sent. */
const COUNT = `
  SELECT count(*) FILTER (WHERE sent_at >= $3 OR (status = 'unknown' AND claimed_at >= $3))::int AS sent, count(*) FILTER (WHERE status = 'sending')::int AS sending
    FROM message WHERE to_address = $1 AND purpose = 'promotion' AND id <> $2`;
