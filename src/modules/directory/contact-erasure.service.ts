import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { withoutWords } from '../../platform/database/without-words.js';
import { Events } from '../../platform/events/events.js';
import { NotFound } from '../../platform/http/problem.js';
import { translate } from '../../platform/i18n/i18n.js';
import { Contact } from './contact.entity.js';
import { PersonErased } from './directory.events.js';
import { ErasedAddresses } from './erased-addresses.service.js';
import { wordsOf } from './person-words.rules.js';

/** Forgets a person, for good. The row stays without a name, so that counts stay right. */
@Injectable()
export class ContactErasure {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly addresses: ErasedAddresses,
  ) {}

  /** One transaction with everything that listens. Answers what was told to the listeners. */
  erase(contactId: string): Promise<PersonErased> {
    return this.db.transaction(async () => {
      const contact = await this.db
        .repo(Contact)
        .findOne({ where: { id: contactId }, lock: { mode: 'pessimistic_write' } });
      if (!contact || contact.erasedAt !== null) throw new NotFound('contact_not_found');
      const erased = new PersonErased(contactId, contact.firmId, wordsOf(contact));
      await this.keepRefusal(contact);
      await this.forget(contact);
      await this.forgetInFirm(contact, erased.words);
      await this.events.publish(erased);
      return erased;
    });
  }

  /** Others with the same mailbox stay refused; the mailbox itself leaves the ledger for its digest. */
  private async keepRefusal({ id, email }: Contact): Promise<void> {
    if (email) await this.keepForOthers(id, email);
    await this.db.query(sql`SELECT set_config('app.erasing_contact', ${id}, true)`);
    const lines = await this.db.query<{ address: string }>(
      sql`SELECT DISTINCT address FROM consent WHERE contact_id = ${id} AND address IS NOT NULL`,
    );
    const known = [...new Set([...lines.map(({ address }) => address), ...(email ? [email] : [])])];
    await this.db.execute(sql`
      UPDATE consent l SET address = NULL, evidence = NULL,
             address_hash = coalesce((SELECT k.hash FROM unnest(${known}::text[], ${known.map((one) => this.addresses.digest(one))}::text[]) AS k (address, hash)
                                       WHERE k.address = coalesce(l.address, ${email})), l.address_hash)
       WHERE contact_id = ${id}`);
    await this.db.query(sql`SELECT set_config('app.erasing_contact', '', true)`);
  }

  private async keepForOthers(id: string, email: string): Promise<void> {
    const others = await this.db.query<{ id: string }>(sql`
      SELECT c.id FROM contact c
       WHERE c.email = ${email} AND c.id <> ${id} AND consent_state(c.id, c.email) = 'withdrawn'`);
    await this.db.execute(sql`
      INSERT INTO consent (id, contact_id, purpose, action, channel, address, recorded_at)
      SELECT line, contact, 'promotion_mail', 'withdrawn', 'import', ${email}, ${this.clock.now()}
        FROM unnest(${others.map(() => newId())}::uuid[], ${others.map((other) => other.id)}::uuid[]) AS given (line, contact)`);
  }

  private async forget({ id }: Contact): Promise<void> {
    const now = this.clock.now();
    await this.db.execute(sql`
      UPDATE contact SET full_name = ${translate('vi', 'directory:erased_person')}, title = NULL, email = NULL, phone = NULL,
             email_state = 'ok', bounced_at = NULL, restricted_at = NULL, is_primary = false,
             erased_at = ${now}, version = version + 1, updated_at = ${now} WHERE id = ${id}`);
  }

  /** The firm's own details stay, but for those that are the person's. */
  private async forgetInFirm({ firmId, email, phone }: Contact, words: readonly string[]): Promise<void> {
    await this.db.execute(sql`
      UPDATE firm SET email = nullif(email, ${email}), phone = nullif(phone, ${phone}),
             version = version + 1, updated_at = ${this.clock.now()}
       WHERE id = ${firmId} AND (email = ${email} OR phone = ${phone})`);
    await this.db.execute(withoutWords('firm', ['note', 'developer_capacity'], sql`id = ${firmId}`, words));
  }
}
