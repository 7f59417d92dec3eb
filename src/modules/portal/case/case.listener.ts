import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { On } from '../../../platform/events/events.js';
import { PersonErased } from '../../directory/directory.events.js';
import { CaseAccess } from './case-access.service.js';

/** A person who is erased has no case any more. */
@Injectable()
export class CaseListener {
  constructor(
    private readonly db: Database,
    private readonly access: CaseAccess,
  ) {}

  @On(PersonErased)
  async forget({ contactId }: PersonErased): Promise<void> {
    await this.access.end({ contactId }, true);
    await this.db.execute(
      `DELETE FROM case_email_change WHERE case_id IN (SELECT id FROM investor_case WHERE contact_id = $1)`,
      [contactId],
    );
    await this.db.execute(
      `DELETE FROM case_session WHERE case_id IN (SELECT id FROM investor_case WHERE contact_id = $1)`,
      [contactId],
    );
  }
}
