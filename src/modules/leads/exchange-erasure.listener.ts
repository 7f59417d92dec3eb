import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { withoutWords } from '../../platform/database/without-words.js';
import { On } from '../../platform/events/events.js';
import { Files } from '../../platform/files/files.js';
import { translate } from '../../platform/i18n/i18n.js';
import { PersonErased } from '../directory/directory.events.js';

/** Papers and obstacles of a person who is erased: the rows stay for the counts, what was in them goes. */
@Injectable()
export class ExchangeErasureListener {
  constructor(
    private readonly db: Database,
    private readonly files: Files,
  ) {}

  @On(PersonErased)
  async forget({ contactId, firmId, words }: PersonErased): Promise<void> {
    const gone = translate('vi', 'directory:erased_person');
    const papers = await this.db.query<{ fileId: string }>(
      sql`SELECT file_id AS "fileId" FROM lead_document WHERE contact_id = ${contactId} AND file_id IS NOT NULL`,
    );
    for (const { fileId } of papers) await this.files.remove(fileId);
    await this.db.execute(sql`
      UPDATE lead_document SET title = ${gone}, note = NULL, shared_with_investor = false, version = version + 1
       WHERE contact_id = ${contactId}`);
    await this.db.execute(sql`
      UPDATE obstacle SET title = ${gone}, description = NULL, answer = NULL, visible_to_investor = false, version = version + 1
       WHERE contact_id = ${contactId}`);
    await this.db.execute(sql`
      UPDATE timeline_entry SET data = data - 'title'
       WHERE ref_type IN ('document', 'obstacle')
         AND ref_id IN (SELECT id FROM lead_document WHERE contact_id = ${contactId} UNION SELECT id FROM obstacle WHERE contact_id = ${contactId})`);
    const inLeads = sql`lead_id IN (SELECT id FROM lead WHERE firm_id = ${firmId} OR primary_contact_id = ${contactId}
                                    UNION SELECT lead_id FROM lead_partner WHERE firm_id = ${firmId})`;
    await this.db.execute(withoutWords('lead_document', ['title', 'note'], inLeads, words));
    await this.db.execute(withoutWords('obstacle', ['title', 'description', 'answer'], inLeads, words));
  }
}
