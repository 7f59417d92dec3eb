import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { withoutWords } from '../../platform/database/without-words.js';
import { On } from '../../platform/events/events.js';
import { PersonErased } from '../directory/directory.events.js';
import { MeetingWriter } from './meeting-writer.js';
import { MeetingsQueries } from './meetings.queries.js';

/** A person who is forgotten comes to no meeting, and no calendar entry of ours names them. */
@Injectable()
export class MeetingsErasureListener {
  constructor(
    private readonly db: Database,
    private readonly queries: MeetingsQueries,
    private readonly writer: MeetingWriter,
  ) {}

  @On(PersonErased)
  async forget({ contactId, firmId, words }: PersonErased): Promise<void> {
    await this.db.execute(sql`
      UPDATE message SET invitation = NULL
       WHERE invitation IS NOT NULL AND (contact_id = ${contactId}
          OR (lead_id IN (SELECT lead_id FROM meeting WHERE contact_id = ${contactId}) AND dedupe_key LIKE 'officer-meeting-%'
              AND split_part(dedupe_key, ':', 2) IN (SELECT id::text FROM meeting WHERE contact_id = ${contactId})))`);
    await this.db.execute(
      sql`UPDATE meeting SET note = NULL, cancel_reason = NULL WHERE contact_id = ${contactId} AND num_nonnulls(note, cancel_reason) > 0`,
    );
    const ofFirm = sql`lead_id IN (SELECT id FROM lead WHERE firm_id = ${firmId})`;
    await this.db.execute(withoutWords('meeting', ['note', 'place', 'cancel_reason'], ofFirm, words));
    for (const meeting of await this.queries.booked({ contactId }))
      await this.writer.cancel(meeting, { by: 'system', reason: null, quietly: true });
  }
}
