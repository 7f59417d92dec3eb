import { Injectable } from '@nestjs/common';
import { runAs } from '../../../platform/database/actor.js';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import { ContactsService } from '../../directory/contacts.service.js';

/** Whoever stands behind a link. */
interface LinkHolder {
  contactId: string;
  contactName: string;
}

/** What an investor does behind the link of a mail: in one transaction, recorded as done by that person. */
@Injectable()
export class InvestorActs {
  constructor(
    private readonly db: Database,
    private readonly contacts: ContactsService,
  ) {}

  /** 404 `link_not_found` when the person was forgotten; until the end nobody forgets them. */
  as<T>({ contactId, contactName }: LinkHolder, work: () => Promise<T>): Promise<T> {
    return runAs({ kind: 'investor', id: contactId, name: contactName, role: null }, () =>
      this.db.transaction(async () => {
        if (!(await this.contacts.hold(contactId))) throw new NotFound('link_not_found');
        return work();
      }),
    );
  }
}
