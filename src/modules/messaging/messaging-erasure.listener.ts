import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { withoutWords } from '../../platform/database/without-words.js';
import { On } from '../../platform/events/events.js';
import { translate } from '../../platform/i18n/i18n.js';
import { PersonErased } from '../directory/directory.events.js';
import { MessagesService } from './messages.service.js';

/** Letters to a person who is erased: that they were sent, when and what came of it stays; to whom and what they said does not. */
@Injectable()
export class MessagingErasureListener {
  constructor(
    private readonly db: Database,
    private readonly messages: MessagesService,
  ) {}

  @On(PersonErased)
  async forget({ contactId, firmId, words }: PersonErased): Promise<void> {
    await this.messages.cancel({ contactIds: [contactId] }, 'recipient_inactive');
    await this.db.execute(sql`
      UPDATE message_answer SET note = NULL
       WHERE note IS NOT NULL AND message_id IN (SELECT id FROM message WHERE contact_id = ${contactId})`);
    await this.db.execute(sql`
      UPDATE message SET to_address = '', to_domain = '', to_name = ${translate('vi', 'directory:erased_person')},
             subject = '', body_text = '', body_html = '', invitation = NULL, error_text = NULL, version = version + 1
       WHERE contact_id = ${contactId}`);
    await this.db.execute(sql`
      DELETE FROM mail_preference p WHERE p.contact_id = ${contactId}
         OR (p.address = ANY(${words}::text[]) AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.email = p.address AND c.id <> ${contactId}))`);
    const aboutFirm = sql`lead_id IN (SELECT id FROM lead WHERE firm_id = ${firmId} OR primary_contact_id = ${contactId})`;
    await this.db.execute(withoutWords('message', ['subject', 'body_text', 'body_html'], aboutFirm, words));
  }
}
