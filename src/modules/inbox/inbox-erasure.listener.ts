import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { withoutWords } from '../../platform/database/without-words.js';
import { On } from '../../platform/events/events.js';
import { PersonErased } from '../directory/directory.events.js';
import { IncomingMailRecords } from '../leads/incoming-mail.service.js';
import { InboundAttachments } from './inbound-attachments.js';
import { REF_TYPE } from './mail-effects.js';

/**
 * What a person wrote goes with the person: texts, addresses, files. The rows stay, and their Message-IDs, so that
 * counts stay right and a mailbox that is read again brings nothing back.
 */
@Injectable()
export class InboxErasureListener {
  constructor(
    private readonly db: Database,
    private readonly attachments: InboundAttachments,
    private readonly records: IncomingMailRecords,
  ) {}

  @On(PersonErased)
  async forget({ contactId, firmId, words }: PersonErased): Promise<void> {
    const addresses = words.filter((word) => word.includes('@')).map((word) => word.toLowerCase());
    const theirs = await this.db.query<{ id: string; activityId: string | null }>(sql`
      UPDATE inbound_mail SET from_address = '', from_name = '', to_addresses = '', subject = '', text = '', words = '', version = version + 1
       WHERE contact_id = ${contactId} OR from_address = ANY(${addresses}::text[]) RETURNING id, activity_id AS "activityId"`);
    const ids = theirs.map(({ id }) => id);
    await this.attachments.forget(ids);
    await this.records.forget(
      REF_TYPE,
      ids,
      theirs.flatMap(({ activityId }) => activityId ?? []),
    );
    const ofFirm = sql`lead_id IN (SELECT id FROM lead WHERE firm_id = ${firmId})`;
    await this.db.execute(withoutWords('inbound_mail', ['subject', 'text', 'words'], ofFirm, words));
  }
}
