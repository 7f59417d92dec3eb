import { Injectable } from '@nestjs/common';
import { LockedLeads } from './locked-leads.js';

/** Whether whoever acts may change a lead, for modules that keep something of it. */
@Injectable()
export class LeadPermits {
  constructor(private readonly leads: LockedLeads) {}

  /** Locks the lead; 403 `not_your_lead`. Answers the firms whose people may be meant. */
  async forChange(leadId: string): Promise<{ firmIds: string[]; primaryContactId: string | null }> {
    const { firmId, partnerFirmIds, primaryContactId } = await this.leads.getForChange(leadId);
    return { firmIds: [firmId, ...partnerFirmIds], primaryContactId };
  }
}
