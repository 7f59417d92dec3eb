import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import type { ConsentState } from './consent.entity.js';
import type { ConsentLedger } from './contacts.dto.js';

/**
 * May promotion mail go to this contact under this address (Decree 91/2020, Law 75/2025)? An SQL expression.
 *
 * A refusal protects whoever reads the mailbox. It holds for the contact that refused wherever it moves, and for every
 * contact, those made later and those never asked included, whose mailbox it was said for or is now that of the contact
 * that refused. A consent belongs to one person: it lifts a refusal for that contact alone, when it is newer and, where
 * somebody else refused, was given with that very address. So the newest line decides; in doubt nothing is sent.
 *
 * @param contact an SQL expression, its id
 * @param address an SQL expression, the mailbox that would be written to, in small letters; null when there is none
 */
export const consentState = (contact: string, address: string): string =>
  `consent_state(${contact}, ${address})`;

/** What holds for the contact `c`. */
export const CONSENT_STATE = raw(consentState('c.id', 'c.email'));

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
