import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { On } from '../../../platform/events/events.js';
import { PersonErased } from '../../directory/directory.events.js';

/** Erasing a person takes what the person asked; that somebody asked stays, for the counts. */
@Injectable()
export class EnquiryListener {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @On(PersonErased)
  async forget({ contactId, firmId, words }: PersonErased): Promise<void> {
    await this.db.execute(
      `UPDATE enquiry SET message = '', sender = NULL, erased_at = $2 WHERE contact_id = $1 AND erased_at IS NULL`,
      [contactId, this.clock.now()],
    );
    await this.db.execute(
      `DELETE FROM unconfirmed_enquiry WHERE email = (SELECT lower(email) FROM contact WHERE id = $1)`,
      [contactId],
    );
    await this.db.execute(
      `UPDATE enquiry SET message = without_words(message, $2::text[])
        WHERE lead_id IN (SELECT id FROM lead WHERE firm_id = $1) AND message <> without_words(message, $2::text[])`,
      [firmId, words],
    );
    // the lead's story repeats the words
    await this.db.execute(
      `UPDATE timeline_entry SET data = data - 'message'
        WHERE ref_type = 'enquiry' AND ref_id IN (SELECT id FROM enquiry WHERE contact_id = $1)`,
      [contactId],
    );
  }
}
