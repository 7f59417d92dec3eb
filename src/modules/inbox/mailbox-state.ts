import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';

/** The right to read a mailbox, until it ends or is given back. */
export interface Reading {
  key: string;
  reader: string;
  /** Null before the first reading. */
  uidValidity: bigint | null;
  lastUid: number;
  lastReadAt: Date | null;
}

interface Row {
  uidValidity: string | null;
  lastUid: string;
  lastReadAt: Date | null;
}

/** Locks of the queue are given up after this many of their times: a mail may be large. */
const PATIENCE = 4;

/** How far a mailbox is read: one reader at a time, and each step with the mail that it is about. */
@Injectable()
export class MailboxState {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Null while another reads. One that died is waited for no longer than its time. */
  async begin(key: string): Promise<Reading | null> {
    const reader = newId();
    await this.db.execute(`INSERT INTO inbox_mailbox (key) VALUES ($1) ON CONFLICT DO NOTHING`, [key]);
    const [row] = await this.db.query<Row>(
      `UPDATE inbox_mailbox SET reader = $2, reading_until = ${UNTIL('$3')}
        WHERE key = $1 AND (reader IS NULL OR reading_until < clock_timestamp())
       RETURNING uid_validity::text AS "uidValidity", last_uid::text AS "lastUid", last_read_at AS "lastReadAt"`,
      [key, reader, this.patienceMs],
    );
    if (!row) return null;
    const uidValidity = row.uidValidity === null ? null : BigInt(row.uidValidity);
    return { key, reader, uidValidity, lastUid: Number(row.lastUid), lastReadAt: row.lastReadAt };
  }

  /** A mailbox seen for the first time, or numbered anew: everything up to `lastUid` is left alone. */
  async renumber({ key, reader }: Reading, uidValidity: bigint, lastUid: number): Promise<void> {
    await this.db.execute(
      `UPDATE inbox_mailbox SET uid_validity = $3, last_uid = $4 WHERE key = $1 AND reader = $2`,
      [key, reader, uidValidity.toString(), lastUid],
    );
  }

  /** In the transaction that keeps the mail. False: it is read already, or somebody else reads now. */
  async advance({ key, reader }: Reading, uid: number): Promise<boolean> {
    const moved = await this.db.execute(
      `UPDATE inbox_mailbox SET last_uid = $3, reading_until = ${UNTIL('$4')} WHERE key = $1 AND reader = $2 AND last_uid < $3`,
      [key, reader, uid, this.patienceMs],
    );
    return moved > 0;
  }

  /** @param errorCode why it broke off; null when it did not */
  async end({ key, reader }: Reading, errorCode: string | null): Promise<void> {
    await this.db.execute(
      `UPDATE inbox_mailbox SET reader = NULL, reading_until = NULL, error_code = $3,
              last_read_at = CASE WHEN $3::text IS NULL THEN $4 ELSE last_read_at END,
              error_since = CASE WHEN $3::text IS NULL THEN NULL ELSE coalesce(error_since, $4) END
        WHERE key = $1 AND reader = $2`,
      [key, reader, errorCode, this.clock.now()],
    );
  }

  async find(
    key: string,
  ): Promise<{ lastReadAt: Date | null; errorCode: string | null; errorSince: Date | null } | null> {
    const [row] = await this.db.query<{
      lastReadAt: Date | null;
      errorCode: string | null;
      errorSince: Date | null;
    }>(
      `SELECT last_read_at AS "lastReadAt", error_code AS "errorCode", error_since AS "errorSince" FROM inbox_mailbox WHERE key = $1`,
      [key],
    );
    return row ?? null;
  }

  private get patienceMs(): number {
    return this.config.queueLockMs * PATIENCE;
  }
}

/** Of PostgreSQL's clock, which no test moves and no two workers read differently. */
const UNTIL = (milliseconds: string): string =>
  `clock_timestamp() + ${milliseconds} * interval '1 millisecond'`;
