import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Invalid } from '../../platform/http/problem.js';

/** What a lead points at, by the field that does. */
export interface LeadReferencesGiven {
  firmId?: string | null;
  partnerFirmIds?: readonly string[];
  clusterIds?: readonly string[];
  helperIds?: readonly string[];
  ownerId?: string | null;
  primaryContactId?: string | null;
  contactId?: string | null;
}

const CODES: Record<keyof LeadReferencesGiven, string> = {
  firmId: 'unknown_firm',
  partnerFirmIds: 'unknown_firm',
  clusterIds: 'unknown_cluster',
  helperIds: 'unknown_user',
  ownerId: 'unknown_user',
  primaryContactId: 'unknown_contact',
  contactId: 'unknown_contact',
};

/** Says which field names what is not there, before a foreign key would say it less kindly. */
@Injectable()
export class LeadReferences {
  constructor(private readonly db: Database) {}

  /** Contacts must belong to one of `ofFirms`; users must be active. */
  async check(given: LeadReferencesGiven, ofFirms: readonly string[]): Promise<void> {
    const wanted = (Object.keys(CODES) as (keyof LeadReferencesGiven)[]).flatMap((field) =>
      [given[field] ?? []].flat().map((id) => ({ field, id })),
    );
    if (wanted.length === 0) return;
    const [missing] = await this.db.query<{ field: keyof LeadReferencesGiven }>(
      `SELECT w.field FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS w (field, id, n)
        WHERE NOT CASE
          WHEN w.field IN ('firmId', 'partnerFirmIds') THEN EXISTS (SELECT 1 FROM firm WHERE id = w.id)
          WHEN w.field = 'clusterIds' THEN EXISTS (SELECT 1 FROM cluster WHERE id = w.id)
          WHEN w.field IN ('ownerId', 'helperIds') THEN EXISTS (SELECT 1 FROM app_user WHERE id = w.id AND deactivated_at IS NULL)
          ELSE EXISTS (SELECT 1 FROM contact WHERE id = w.id AND firm_id = ANY($3::uuid[]))
        END ORDER BY w.n LIMIT 1`,
      [wanted.map(({ field }) => field), wanted.map(({ id }) => id), ofFirms],
    );
    if (missing) throw new Invalid(missing.field, CODES[missing.field]);
  }
}
