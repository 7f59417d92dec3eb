import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { ConsentQueries } from '../directory/consent.queries.js';
import { ConsentService } from '../directory/consent.service.js';

/** Consent given on the form. */
@Injectable()
export class ConsentRecords {
  constructor(
    private readonly db: Database,
    private readonly queries: ConsentQueries,
    private readonly consent: ConsentService,
  ) {}

  /** A form that anybody can fill in never undoes a refusal, not even under another firm's name. */
  async give(contactId: string): Promise<void> {
    const people = await this.db.query<{ id: string }>(
      `SELECT same.id FROM contact c JOIN contact same ON same.id = c.id OR same.email = c.email WHERE c.id = $1`,
      [contactId],
    );
    const states = await this.queries.current(people.map(({ id }) => id));
    if (states.get(contactId) === 'given' || [...states.values()].includes('withdrawn')) return;
    await this.consent.record({
      contactId,
      purpose: 'promotion_mail',
      action: 'given',
      channel: 'enquiry_form',
      evidence: 'promotionMail ticked on the enquiry form',
    });
  }
}
