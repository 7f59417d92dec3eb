import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { withoutWords } from '../../platform/database/without-words.js';
import { On } from '../../platform/events/events.js';
import { PersonErased } from '../directory/directory.events.js';

/** Tasks and notes that name a person who is erased. */
@Injectable()
export class FollowUpErasureListener {
  constructor(private readonly db: Database) {}

  @On(PersonErased)
  async forget({ contactId, firmId, words }: PersonErased): Promise<void> {
    const about = sql`contact_id = ${contactId} OR lead_id IN (SELECT id FROM lead WHERE firm_id = ${firmId} OR primary_contact_id = ${contactId})`;
    await this.db.execute(withoutWords('reminder', ['title_vi', 'title_en', 'note'], about, words));
  }
}
