import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { Invalid, NotFound } from '../../../platform/http/problem.js';
import { RuleError } from '../../../platform/http/rule-error.js';
import { LeadsQueries } from '../../leads/leads.queries.js';
import { LeadPermits } from '../../leads/lead-permits.service.js';
import { MessagesService } from '../../messaging/messages.service.js';
import { CaseAccess } from './case-access.service.js';
import type { CaseVisitor } from './case-visitors.dto.js';

type Row = Omit<CaseVisitor, 'lastVisitAt'> & { lastVisitAt: Date | null };

/** Who of the investor's side may look: let in, and shut out, by officers. */
@Injectable()
export class CaseVisitors {
  constructor(
    private readonly db: Database,
    private readonly leads: LeadPermits,
    private readonly queries: LeadsQueries,
    private readonly messages: MessagesService,
    private readonly access: CaseAccess,
  ) {}

  async list(leadId: string): Promise<{ items: CaseVisitor[] }> {
    await this.queries.get(leadId);
    const rows = await this.db.query<Row>(
      `SELECT json_build_object('id', c.id, 'name', c.full_name) AS contact, k.last_visit_at AS "lastVisitAt", k.closed_at IS NOT NULL AS closed
         FROM investor_case k JOIN contact c ON c.id = k.contact_id
        WHERE k.lead_id = $1 AND c.erased_at IS NULL ORDER BY k.last_visit_at DESC NULLS LAST, k.created_at`,
      [leadId],
    );
    return { items: rows.map((row) => ({ ...row, lastVisitAt: row.lastVisitAt?.toISOString() ?? null })) };
  }

  /** By mail, and in the lead's story. 409 with the reason when nothing may be sent to that person. */
  send(leadId: string, contactId?: string): Promise<void> {
    return this.db.transaction(async () => {
      const { firmIds, primaryContactId } = await this.leads.forChange(leadId);
      const person = contactId ?? primaryContactId;
      if (person === null) throw new Invalid('contactId', 'required');
      const [known] = await this.db.query(
        `SELECT 1 FROM contact WHERE id = $1 AND firm_id = ANY($2::uuid[]) AND erased_at IS NULL`,
        [person, firmIds],
      );
      if (!known) throw new Invalid('contactId', 'unknown_contact');
      await this.db.execute(
        `UPDATE investor_case SET closed_at = NULL WHERE lead_id = $1 AND contact_id = $2 AND closed_at IS NOT NULL`,
        [leadId, person],
      );
      await this.access.open(leadId, person);
      const dedupeKey = `case-link:${newId()}`;
      const { refused } = await this.messages.create([
        { dedupeKey, templateCode: 'case-link', contactId: person, leadId },
      ]);
      if (refused[0]) throw new RuleError('case_link_not_sent');
    });
  }

  end(leadId: string, contactId: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.leads.forChange(leadId);
      const [known] = await this.db.query<{ id: string }>(
        `SELECT id FROM investor_case WHERE lead_id = $1 AND contact_id = $2`,
        [leadId, contactId],
      );
      if (!known) throw new NotFound('contact_not_found');
      await this.access.end({ caseId: known.id }, true);
    });
  }
}
