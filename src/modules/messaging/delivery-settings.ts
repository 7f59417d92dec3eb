import { Injectable } from '@nestjs/common';

/** Times of the delivery; tests shorten them. */
@Injectable()
export class DeliverySettings {
  /** A message that has been `sending` for longer was left behind by a worker that died. Longer than any SMTP conversation. */
  leaseMs = 10 * 60_000;
  /**
   * A service mail that is slow to get its turn at the mail server is asked once more, then, whether it may still go.
   * A promotion mail always is: a refusal stops it at once.
   */
  askAgainAfterMs = 500;
  /** Waits between tries to reach the database with something that must not be lost. */
  databaseRetryMs: readonly number[] = [200, 1_000, 3_000, 6_000, 10_000];
}
