import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Invalid } from '../../../platform/http/problem.js';
import { ContactsService } from '../../directory/contacts.service.js';
import { assertFirms } from '../../directory/firm-input.rules.js';
import { FirmsService } from '../../directory/firms.service.js';
import { LeadsService } from '../../leads/leads.service.js';
import { EnquiryOwners } from './enquiry-owners.js';
import { ConsentRecords } from './consent-records.js';
import type { EnquiryBody } from './enquiry.dto.js';

export interface EnquiryParty {
  leadId: string;
  contactId: string;
  ownerId: string | null;
}

/** Whom an enquiry comes from and which lead it belongs to. */
@Injectable()
export class EnquiryParties {
  constructor(
    private readonly db: Database,
    private readonly firms: FirmsService,
    private readonly contacts: ContactsService,
    private readonly consent: ConsentRecords,
    private readonly owners: EnquiryOwners,
    private readonly leads: LeadsService,
  ) {}

  async settle(body: EnquiryBody): Promise<EnquiryParty> {
    const clusterIds = await this.publicClusters(body.clusterCodes ?? []);
    assertFirms([body.firm], () => 'firm.');
    const { firm } = await this.firms.findOrCreate({ ...body.firm });
    const contact = await this.personOf(firm.id, body);
    if (body.consent?.promotionMail) await this.consent.give(contact.id);
    const open = await this.openLead(firm.id, body.kind);
    if (open) return { leadId: open.id, contactId: contact.id, ownerId: open.ownerId };
    const language = body.contact.language ?? 'vi';
    const chosen = await this.owners.choose(clusterIds, language);
    const lead = await this.leads.create({
      firmId: firm.id,
      kind: body.kind,
      source: 'enquiry',
      primaryContactId: contact.id,
      clusterIds,
      ownerId: chosen?.owner.id ?? null,
      summary: [...body.message].slice(0, 500).join(''),
    });
    if (chosen) await this.owners.tell(lead.id, chosen, language);
    return { leadId: lead.id, contactId: contact.id, ownerId: lead.ownerId };
  }

  /** Whoever is forgotten at this very moment begins anew, as anybody who writes after it. */
  private async personOf(firmId: string, { contact }: EnquiryBody): Promise<{ id: string }> {
    const found = await this.contacts.findOrCreate({ firmId, ...contact });
    if (await this.contacts.hold(found.id)) return found;
    return this.contacts.findOrCreate({ firmId, ...contact });
  }

  private async publicClusters(codes: readonly string[]): Promise<string[]> {
    if (codes.length === 0) return [];
    const found = await this.db.query<{ id: string; code: string }>(
      `SELECT id, code FROM cluster WHERE code = ANY($1::text[]) AND is_public`,
      [codes],
    );
    const missing = codes.findIndex((code) => !found.some((cluster) => cluster.code === code));
    if (missing >= 0) throw new Invalid(`clusterCodes.${missing}`, 'unknown_cluster');
    return found.map(({ id }) => id);
  }

  private async openLead(
    firmId: string,
    kind: string,
  ): Promise<{ id: string; ownerId: string | null } | null> {
    const [lead] = await this.db.query<{ id: string; ownerId: string | null }>(
      `SELECT id, owner_id AS "ownerId" FROM lead WHERE firm_id = $1 AND kind = $2 AND stage <> 'lost'
        ORDER BY stage = 'dormant', last_activity_at DESC LIMIT 1 FOR NO KEY UPDATE`,
      [firmId, kind],
    );
    return lead ?? null;
  }
}
