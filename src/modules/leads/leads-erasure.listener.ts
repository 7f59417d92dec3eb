import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { withoutWords } from '../../platform/database/without-words.js';
import { On } from '../../platform/events/events.js';
import { translate } from '../../platform/i18n/i18n.js';
import { PersonErased } from '../directory/directory.events.js';

/** What leads keep of a person who is erased. */
@Injectable()
export class LeadsErasureListener {
  constructor(private readonly db: Database) {}

  @On(PersonErased)
  async forget({ contactId, firmId, words }: PersonErased): Promise<void> {
    const leads = sql`SELECT id FROM lead WHERE firm_id = ${firmId} OR primary_contact_id = ${contactId}
                      UNION SELECT lead_id FROM lead_partner WHERE firm_id = ${firmId}
                      UNION SELECT lead_id FROM activity WHERE contact_id = ${contactId}`;
    const inLeads = sql`lead_id IN (${leads})`;
    await this.ownWords(contactId);
    for (const change of [
      withoutWords('activity', ['subject', 'body', 'outcome'], inLeads, words),
      withoutWords('timeline_entry', ['actor_name', 'data'], inLeads, words),
      withoutWords('lead_stage_change', ['note', 'evidence', 'lost_to'], inLeads, words),
      withoutWords('lead', ['summary', 'next_action', 'lost_to'], sql`id IN (${leads})`, words),
    ])
      await this.db.execute(change);
  }

  /** What the person wrote, not merely what names the person. */
  private async ownWords(contactId: string): Promise<void> {
    await this.db.execute(
      sql`UPDATE activity SET body = NULL WHERE contact_id = ${contactId} AND kind = 'email' AND body IS NOT NULL`,
    );
    await this.db.execute(sql`
      UPDATE timeline_entry SET actor_name = ${translate('vi', 'directory:erased_person')}, data = data - 'note'
       WHERE actor_kind = 'investor' AND actor_id = ${contactId}`);
  }
}
