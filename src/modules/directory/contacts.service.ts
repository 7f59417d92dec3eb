import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Events } from '../../platform/events/events.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { AlreadyExists, NotFound } from '../../platform/http/problem.js';
import { assertContacts, normalContact, type ContactInput } from './contact-input.rules.js';
import { Contact } from './contact.entity.js';
import type { ChangeContact } from './contacts.dto.js';
import { ContactBounced } from './directory.events.js';
import { ErasedAddresses } from './erased-addresses.service.js';

/** Writes people. Answers ids: `ContactsQueries` shows. */
@Injectable()
export class ContactsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly erased: ErasedAddresses,
  ) {}

  /** An address that the firm has already is refused: 409 `contact_exists` with its id as `existingId`. */
  create(input: ContactInput): Promise<string> {
    return this.db.transaction(async () => {
      assertContacts([input], () => '');
      await this.lockFirm(input.firmId);
      const contact = normalContact(input);
      if (contact.email) await this.assertFree(contact.firmId, contact.email);
      const isPrimary =
        (input.isPrimary ?? false) ||
        !(await this.db.repo(Contact).existsBy({ firmId: contact.firmId, isPrimary: true }));
      if (isPrimary) await this.stepBack(contact.firmId);
      const now = this.clock.now();
      const id = newId();
      const fresh = {
        emailState: 'ok' as const,
        bouncedAt: null,
        restrictedAt: null,
        erasedAt: null,
        version: 1,
        createdAt: now,
        updatedAt: now,
      };
      await this.db.repo(Contact).insert({ ...contact, ...fresh, id, isPrimary });
      await this.erased.carryOver([{ id, email: contact.email }]);
      return id;
    });
  }

  change(id: string, version: number, changes: ChangeContact): Promise<string> {
    return this.db.transaction(async () => {
      const known = await this.db.repo(Contact).findOneBy({ id });
      if (!known || known.erasedAt !== null) throw new NotFound('contact_not_found');
      await this.lockFirm(known.firmId);
      const contact = await this.db
        .repo(Contact)
        .findOneOrFail({ where: { id }, lock: { mode: 'pessimistic_write' } });
      assertVersion(contact.version, version);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const next = { ...contact, ...given } as ContactInput;
      assertContacts([next], () => '');
      const normal = normalContact(next);
      if (normal.email !== contact.email) {
        if (normal.email) await this.assertFree(contact.firmId, normal.email);
        Object.assign(contact, { emailState: 'ok', bouncedAt: null });
      }
      if (changes.isPrimary === true && !contact.isPrimary) await this.stepBack(contact.firmId);
      contact.isPrimary = changes.isPrimary ?? contact.isPrimary;
      Object.assign(contact, normal, { version: contact.version + 1, updatedAt: this.clock.now() });
      await this.db.repo(Contact).save(contact);
      if (changes.email) await this.erased.carryOver([contact]);
      return id;
    });
  }

  /** The firm's contact with this address, or else with this number; made when there is none. */
  findOrCreate(input: ContactInput): Promise<{ id: string; created: boolean }> {
    return this.db.transaction(async () => {
      assertContacts([input], () => '');
      await this.lockFirm(input.firmId);
      const { firmId, email, phone, fullName } = normalContact(input);
      const [found] = await this.db.query<{ id: string }>(sql`
        SELECT id FROM contact
         WHERE firm_id = ${firmId} AND erased_at IS NULL
           AND (email = ${email} OR (${email}::text IS NULL AND phone = ${phone} AND fold(full_name) = fold(${fullName})))
         ORDER BY id LIMIT 1`);
      return found ? { id: found.id, created: false } : { id: await this.create(input), created: true };
    });
  }

  /**
   * Many people in one statement; the answer is in the order of the rows. A row whose address the firm has already,
   * or that came before, is that contact. One bad row refuses all of them.
   */
  importMany(rows: ContactInput[]): Promise<{ id: string; created: boolean }[]> {
    return this.db.transaction(async () => {
      assertContacts(rows, (index) => `${index}.`);
      if (rows.length === 0) return [];
      const contacts = rows.map((row) => ({ ...normalContact(row), id: newId() }));
      const firmIds = [...new Set(contacts.map(({ firmId }) => firmId))];
      await this.db.query(
        sql`SELECT id FROM firm WHERE id = ANY(${firmIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
      );
      const existing = await this.db.query<{
        id: string;
        firmId: string;
        email: string | null;
        isPrimary: boolean;
      }>(sql`
        SELECT id, firm_id AS "firmId", email, is_primary AS "isPrimary" FROM contact WHERE firm_id = ANY(${firmIds}::uuid[])`);
      const known = new Map<string, string>(
        existing.flatMap(({ id, firmId, email }) => (email ? [[`${firmId} ${email}`, id] as const] : [])),
      );
      const led = new Set(existing.filter(({ isPrimary }) => isPrimary).map(({ firmId }) => firmId));
      const fresh: ((typeof contacts)[number] & { isPrimary: boolean })[] = [];
      const answer = contacts.map((contact) => {
        const key = contact.email ? `${contact.firmId} ${contact.email}` : null;
        const id = key === null ? undefined : known.get(key);
        if (id) return { id, created: false };
        if (key !== null) known.set(key, contact.id);
        fresh.push({ ...contact, isPrimary: !led.has(contact.firmId) });
        led.add(contact.firmId);
        return { id: contact.id, created: true };
      });
      await this.insertMany(fresh);
      return answer;
    });
  }

  /** Until the open transaction ends nobody forgets this person. False: the person is forgotten already. */
  async hold(contactId: string): Promise<boolean> {
    const [there] = await this.db.query(
      sql`SELECT 1 FROM contact WHERE id = ${contactId} AND erased_at IS NULL FOR NO KEY UPDATE`,
    );
    return there !== undefined;
  }

  /** The address refuses for good; mail to it stops. Once is enough. */
  markBounced(contactId: string, at: Date): Promise<void> {
    return this.db.transaction(async () => {
      const bounced = await this.db.execute(sql`
        UPDATE contact SET email_state = 'bounced', bounced_at = ${at}, version = version + 1, updated_at = ${this.clock.now()}
         WHERE id = ${contactId} AND email_state = 'ok'`);
      if (bounced > 0) await this.events.publish(new ContactBounced(contactId));
    });
  }

  private async insertMany(
    contacts: (ReturnType<typeof normalContact> & { id: string; isPrimary: boolean })[],
  ): Promise<void> {
    if (contacts.length === 0) return;
    const column = <K extends keyof (typeof contacts)[number]>(key: K) =>
      contacts.map((contact) => contact[key]);
    await this.db.execute(sql`
      INSERT INTO contact (id, firm_id, full_name, title, email, phone, language, is_primary, sample, email_state, version, created_at, updated_at)
      SELECT given.*, 'ok', 1, ${this.clock.now()}, ${this.clock.now()}
        FROM unnest(${column('id')}::uuid[], ${column('firmId')}::uuid[], ${column('fullName')}::text[], ${column('title')}::text[],
                    ${column('email')}::text[], ${column('phone')}::text[], ${column('language')}::text[],
                    ${column('isPrimary')}::boolean[], ${column('sample')}::boolean[]) AS given`);
    await this.erased.carryOver(contacts);
  }

  /** One change of a firm's people at a time, so that it has one primary contact. */
  private async lockFirm(id: string): Promise<void> {
    const [firm] = await this.db.query(sql`SELECT id FROM firm WHERE id = ${id} FOR NO KEY UPDATE`);
    if (!firm) throw new NotFound('firm_not_found');
  }

  private async stepBack(firmId: string): Promise<void> {
    await this.db.execute(sql`
      UPDATE contact SET is_primary = false, version = version + 1, updated_at = ${this.clock.now()} WHERE firm_id = ${firmId} AND is_primary`);
  }

  private async assertFree(firmId: string, email: string): Promise<void> {
    const [taken] = await this.db.query<{ id: string; name: string }>(
      sql`SELECT id, full_name AS name FROM contact WHERE firm_id = ${firmId} AND email = ${email}`,
    );
    if (taken) throw new AlreadyExists('contact_exists', taken.id, { email, name: taken.name });
  }
}
