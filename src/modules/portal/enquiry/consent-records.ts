import { Injectable } from '@nestjs/common';
import { ConsentQueries } from '../../directory/consent.queries.js';
import { ConsentService } from '../../directory/consent.service.js';

/** Consent given on the form. */
@Injectable()
export class ConsentRecords {
  constructor(
    private readonly queries: ConsentQueries,
    private readonly consent: ConsentService,
  ) {}

  /** A form that anybody can fill in never undoes a refusal, not even under another firm's name. */
  async give(contactId: string): Promise<void> {
    const states = await this.queries.current([contactId]);
    if (states.get(contactId) !== 'none') return;
    await this.consent.record({
      contactId,
      purpose: 'promotion_mail',
      action: 'given',
      channel: 'enquiry_form',
      evidence: 'promotionMail ticked on the enquiry form',
    });
  }
}
