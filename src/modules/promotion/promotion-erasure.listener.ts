import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { withoutWords } from '../../platform/database/without-words.js';
import { On } from '../../platform/events/events.js';
import { PersonErased } from '../directory/directory.events.js';

/** Participations stay and count; what was noted of the person who came does not. */
@Injectable()
export class PromotionErasureListener {
  constructor(private readonly db: Database) {}

  @On(PersonErased)
  async forget({ contactId, firmId, words }: PersonErased): Promise<void> {
    await this.db.execute(
      sql`UPDATE participation SET note = NULL WHERE contact_id = ${contactId} AND note IS NOT NULL`,
    );
    await this.db.execute(withoutWords('participation', ['note'], sql`firm_id = ${firmId}`, words));
  }
}
