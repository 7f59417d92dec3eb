import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';

/**
 * A refusal outlives its person: the ledger keeps a keyed digest of the mailbox, from which nobody reads the mailbox, but
 * which the same mailbox meets again.
 */
@Injectable()
export class ErasedAddresses {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  digest(address: string): string {
    return createHmac('sha256', this.config.secretKey)
      .update(`erased-address:${address.toLowerCase()}`)
      .digest('hex');
  }

  /** People who come with the mailbox of an erased person who had refused: the refusal is written down for them as well. */
  async carryOver(contacts: readonly { id: string; email: string | null }[]): Promise<void> {
    const known = contacts.flatMap(({ id, email }) => (email ? [{ id, hash: this.digest(email) }] : []));
    if (known.length === 0) return;
    await this.db.execute(sql`
      INSERT INTO consent (id, contact_id, purpose, action, channel, address, evidence, recorded_at, recorded_by)
      SELECT given.line, given.id, 'promotion_mail', 'withdrawn', 'import', c.email, NULL, ${this.clock.now()}, NULL
        FROM unnest(${known.map(() => newId())}::uuid[], ${known.map(({ id }) => id)}::uuid[], ${known.map(({ hash }) => hash)}::text[])
             AS given (line, id, hash)
        JOIN contact c ON c.id = given.id
       WHERE EXISTS (SELECT 1 FROM consent l WHERE l.address_hash = given.hash AND l.action = 'withdrawn')
         AND NOT EXISTS (SELECT 1 FROM consent own WHERE own.contact_id = c.id AND own.address = c.email)`);
  }
}
