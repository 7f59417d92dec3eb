import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { FieldFault } from '../../platform/http/problem.js';

/** An id and where in the body it stands. */
export interface Reference {
  path: string;
  id: string;
}

export interface References {
  clusterIds?: readonly Reference[];
  planIds?: readonly Reference[];
  userIds?: readonly Reference[];
  firmIds?: readonly Reference[];
  eventIds?: readonly Reference[];
  contactIds?: readonly (Reference & { firmId: string })[];
}

const LOOKUPS: readonly [keyof References, string, string][] = [
  ['clusterIds', `SELECT id FROM cluster WHERE id = ANY($1::uuid[])`, 'unknown_cluster'],
  [
    'planIds',
    `SELECT id FROM follow_up_plan WHERE id = ANY($1::uuid[]) AND archived_at IS NULL`,
    'unknown_plan',
  ],
  [
    'userIds',
    `SELECT id FROM app_user WHERE id = ANY($1::uuid[]) AND deactivated_at IS NULL`,
    'unknown_user',
  ],
  ['firmIds', `SELECT id FROM firm WHERE id = ANY($1::uuid[])`, 'unknown_firm'],
];

/** Whether what a body points at exists: one statement a table, however many ids. */
@Injectable()
export class PromotionReferences {
  constructor(private readonly db: Database) {}

  async faultsOf(references: References, roundId?: string): Promise<FieldFault[]> {
    const faults: FieldFault[] = [];
    for (const [name, statement, code] of LOOKUPS) {
      faults.push(...missing(references[name] ?? [], await this.known(statement, references[name]), code));
    }
    const inRound = `SELECT id FROM promotion_event WHERE id = ANY($1::uuid[]) AND round_id = $2`;
    faults.push(
      ...missing(
        references.eventIds ?? [],
        await this.known(inRound, references.eventIds, [roundId]),
        'unknown_event',
      ),
    );
    return [...faults, ...(await this.contactFaults(references.contactIds ?? [], roundId))];
  }

  private async known(
    statement: string,
    references: readonly Reference[] = [],
    more: unknown[] = [],
  ): Promise<Set<string>> {
    if (references.length === 0) return new Set();
    const ids = [...new Set(references.map((reference) => reference.id))];
    return new Set((await this.db.query<{ id: string }>(statement, [ids, ...more])).map((row) => row.id));
  }

  /** Whoever limited the use of personal data is asked into no round any more; where that person is already, records are kept right. */
  private async contactFaults(
    contacts: readonly (Reference & { firmId: string })[],
    roundId?: string,
  ): Promise<FieldFault[]> {
    if (contacts.length === 0) return [];
    const rows = await this.db.query<{ id: string; firmId: string; closed: boolean }>(
      `SELECT c.id, c.firm_id AS "firmId", c.restricted_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM participation p WHERE p.contact_id = c.id AND p.round_id = $2) AS closed
         FROM contact c WHERE c.id = ANY($1::uuid[]) AND c.erased_at IS NULL`,
      [[...new Set(contacts.map((contact) => contact.id))], roundId ?? null],
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    return contacts.flatMap(({ path, id, firmId }) => {
      const contact = found.get(id);
      if (!contact) return [{ path, code: 'unknown_contact' }];
      if (contact.firmId !== firmId) return [{ path, code: 'contact_of_other_firm' }];
      return contact.closed ? [{ path, code: 'contact_restricted' }] : [];
    });
  }
}

function missing(references: readonly Reference[], known: ReadonlySet<string>, code: string): FieldFault[] {
  return references.filter(({ id }) => !known.has(id)).map(({ path }) => ({ path, code }));
}
