import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { Mailer, MailRejected } from '../../../platform/mail/mailer.js';
import { Handles } from '../../../platform/queue/handles.js';
import { confirmationMail } from './confirmation.mail.js';
import { tendUnconfirmed } from './enquiry.jobs.js';
import { CONFIRM_WITHIN_MS } from './unconfirmed-enquiries.service.js';
import type { UnconfirmedEnquiry } from './unconfirmed-enquiry.entity.js';

/** A claim older than this was lost with its worker: the same mail goes again, under the same Message-ID. */
const CLAIM_LOST_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

type Waiting = Pick<UnconfirmedEnquiry, 'id' | 'email' | 'language' | 'reference'>;

/** Sends what waits, and forgets what nobody confirmed and from which addresses enquiries came. */
@Injectable()
export class TendUnconfirmed {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly mailer: Mailer,
  ) {}

  @Handles(tendUnconfirmed)
  async handle(): Promise<void> {
    await this.forget();
    for (let waiting = await this.claim(); waiting; waiting = await this.claim()) {
      const outcome = await this.send(waiting);
      await this.db.execute(`UPDATE unconfirmed_enquiry SET mail = $3, mail_at = $2 WHERE id = $1`, [
        waiting.id,
        this.clock.now(),
        outcome,
      ]);
    }
  }

  /** A mailbox that refuses is left alone; what may still go is tried again once the claim is old. */
  private async send(waiting: Waiting): Promise<'sent' | 'withheld'> {
    try {
      await this.mailer.send(confirmationMail(waiting, this.config));
      return 'sent';
    } catch (error) {
      if (error instanceof MailRejected) return 'withheld';
      throw error;
    }
  }

  private async claim(): Promise<Waiting | null> {
    const now = this.clock.now();
    const [row] = await this.db.query<Waiting>(
      `UPDATE unconfirmed_enquiry SET mail = 'sending', mail_at = $1
        WHERE id = (SELECT id FROM unconfirmed_enquiry WHERE mail = 'waiting' OR (mail = 'sending' AND mail_at < $2)
                     ORDER BY received_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, email, language, reference`,
      [now, new Date(now.getTime() - CLAIM_LOST_MS)],
    );
    return row ?? null;
  }

  private async forget(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.db.execute(`DELETE FROM unconfirmed_enquiry WHERE received_at < $1`, [
      new Date(now - CONFIRM_WITHIN_MS),
    ]);
    await this.db.execute(`UPDATE enquiry SET sender = NULL WHERE sender IS NOT NULL AND received_at < $1`, [
      new Date(now - DAY_MS),
    ]);
  }
}
