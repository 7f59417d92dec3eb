import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import type { ConsentLedger, ConsentState } from './contacts.dto.js';

/**
 * What holds for the contact `c`: its own last word, unless somebody else with the same address withdrew since. A
 * refusal belongs to the mailbox, a consent to the person.
 */
export const CONSENT_STATE = raw(`coalesce((
  SELECT CASE WHEN own.action = 'given' AND EXISTS (
           SELECT 1 FROM contact same JOIN consent refusal ON refusal.contact_id = same.id
            WHERE same.email = c.email AND refusal.purpose = own.purpose AND refusal.action = 'withdrawn'
              AND (refusal.recorded_at, refusal.id) > (own.recorded_at, own.id))
         THEN 'withdrawn' ELSE own.action END
    FROM consent own WHERE own.contact_id = c.id AND own.purpose = 'promotion_mail'
   ORDER BY own.recorded_at DESC, own.id DESC LIMIT 1), 'none')`);

type LedgerRow = Omit<ConsentLedger['items'][number], 'recordedAt'> & { recordedAt: Date };

@Injectable()
export class ConsentQueries {
  constructor(private readonly db: Database) {}

  /** For promotion mail; a contact that is not there is not in the answer. */
  async current(contactIds: readonly string[]): Promise<Map<string, ConsentState>> {
    if (contactIds.length === 0) return new Map();
    const rows = await this.db.query<{ id: string; state: ConsentState }>(
      sql`SELECT c.id, ${CONSENT_STATE} AS state FROM contact c WHERE c.id = ANY(${contactIds}::uuid[])`,
    );
    return new Map(rows.map(({ id, state }) => [id, state]));
  }

  /** Every line of a contact, newest first. */
  async ledger(contactId: string): Promise<ConsentLedger> {
    const current = (await this.current([contactId])).get(contactId);
    if (!current) throw new NotFound('contact_not_found');
    const rows = await this.db.query<LedgerRow>(sql`
      SELECT l.id, l.purpose, l.action, l.channel, l.evidence, l.recorded_at AS "recordedAt",
             CASE WHEN l.recorded_by IS NOT NULL
                  THEN json_build_object('id', l.recorded_by, 'name', (SELECT u.name FROM app_user u WHERE u.id = l.recorded_by)) END AS "recordedBy"
        FROM consent l WHERE l.contact_id = ${contactId} ORDER BY l.recorded_at DESC, l.id DESC`);
    return { current, items: rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })) };
  }
}
