import { Injectable } from '@nestjs/common';
import { ConsentQueries } from '../directory/consent.queries.js';
import { ConsentService } from '../directory/consent.service.js';

/** Consent given on the form. */
@Injectable()
export class ConsentRecords {
  constructor(
    private readonly queries: ConsentQueries,
    private readonly consent: ConsentService,
  ) {}

  /** A form that anybody can fill in never undoes a refusal: only the person itself does, from a link of its own. */
  async give(contactId: string): Promise<void> {
    const state = (await this.queries.current([contactId])).get(contactId);
    if (state === 'withdrawn' || state === 'given') return;
    await this.consent.record({
      contactId,
      purpose: 'promotion_mail',
      action: 'given',
      channel: 'enquiry_form',
      evidence: 'promotionMail ticked on the enquiry form',
    });
  }
}
