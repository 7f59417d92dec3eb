import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { withoutWords } from '../../platform/database/without-words.js';
import { ContactErasure } from '../directory/contact-erasure.service.js';
import type { PersonErased } from '../directory/directory.events.js';

/** Forgets a person everywhere, in one transaction: the modules by their listeners, then the traces that belong to none. */
@Injectable()
export class Erasure {
  constructor(
    private readonly db: Database,
    private readonly contacts: ContactErasure,
  ) {}

  /** Cannot be undone. */
  erase(contactId: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.hold(contactId);
      const erased = await this.contacts.erase(contactId);
      await this.forgetRequests(erased);
      await this.forgetReplays(erased);
      await this.forgetSearches(erased);
      // Last: whatever was emptied above has just been written down once more as what it was before.
      await this.forgetTrail(erased);
    });
  }

  /** What the person does, and what comes of a mail on its way, is on record before and forgotten, or comes after and finds nobody. */
  private async hold(contactId: string): Promise<void> {
    await this.db.query(sql`SELECT id FROM contact WHERE id = ${contactId} FOR UPDATE`);
    await this.db.query(sql`SELECT id FROM message WHERE contact_id = ${contactId} ORDER BY id FOR UPDATE`);
  }

  /** What was asked, when, and what came of it stays as proof; the person's own words do not. */
  private async forgetRequests({ contactId, words }: PersonErased): Promise<void> {
    await this.db.execute(
      sql`UPDATE data_request SET text = NULL, correction = NULL WHERE contact_id = ${contactId}`,
    );
    await this.db.execute(
      withoutWords(
        'data_request',
        ['extension_reason', 'decision_reason'],
        sql`contact_id = ${contactId}`,
        words,
      ),
    );
  }

  /** Answers kept for a day so that a request sent twice is answered alike. */
  private async forgetReplays(erased: PersonErased): Promise<void> {
    await this.db.execute(
      sql`DELETE FROM idempotency_key WHERE answer IS NOT NULL AND (${hits('answer', erased)})`,
    );
  }

  private async forgetSearches({ words }: PersonErased): Promise<void> {
    await this.db.execute(withoutWords('saved_view', ['name', 'query'], sql`true`, words));
    await this.db.execute(withoutWords('report_feed', ['name'], sql`true`, words));
  }

  /** The trail keeps who changed which column when. */
  private async forgetTrail(erased: PersonErased): Promise<void> {
    await this.db.execute(
      withoutWords(
        'audit_entry',
        ['changes'],
        sql`table_name NOT IN ('app_user', 'cluster') AND (${hits('changes', erased)})`,
        erased.words,
      ),
    );
    await this.db.execute(sql`
      UPDATE audit_entry a SET changes = (
        SELECT jsonb_object_agg(key, CASE WHEN key IN ('full_name', 'title', 'email', 'phone') THEN ${'["[…]", "[…]"]'}::jsonb ELSE value END)
          FROM jsonb_each(a.changes) AS e (key, value))
       WHERE table_name = 'contact' AND row_id = ${erased.contactId} AND changes <> '{}'`);
    await this.db.execute(sql`
      UPDATE audit_entry a SET changes = (
        SELECT jsonb_object_agg(key, CASE WHEN key IN ('text', 'correction', 'note', 'message', 'body') THEN ${'["[…]", "[…]"]'}::jsonb ELSE value END)
          FROM jsonb_each(a.changes) AS e (key, value))
       WHERE changes <> '{}' AND ((table_name = 'data_request' AND row_id IN (SELECT id::text FROM data_request WHERE contact_id = ${erased.contactId}))
          OR (table_name = 'participation' AND row_id IN (SELECT id::text FROM participation WHERE contact_id = ${erased.contactId})))`);
  }
}

/**
 * Rows whose JSON is about this person: it has the id, the mailbox or the number; or the name, and something of the
 * person's firm, since a name alone may be another's.
 */
function hits(column: 'answer' | 'changes', { contactId, firmId, words }: PersonErased) {
  const sure = words.filter((word) => word.includes('@') || /^[+\d(][\d\s().-]{6,}$/.test(word));
  const text = column === 'answer' ? sql`answer::text` : sql`changes::text`;
  const has = (list: readonly string[]) =>
    sql`EXISTS (SELECT 1 FROM unnest(${list}::text[]) AS w WHERE strpos(lower(${text}), lower(w)) > 0)`;
  const firmIds = sql`(
    SELECT ${firmId}::text UNION SELECT id::text FROM lead WHERE firm_id = ${firmId} OR primary_contact_id = ${contactId}
    UNION SELECT a.id::text FROM activity a JOIN lead l ON l.id = a.lead_id WHERE l.firm_id = ${firmId}
    UNION SELECT id::text FROM participation WHERE firm_id = ${firmId}
    UNION SELECT r.id::text FROM reminder r JOIN lead l ON l.id = r.lead_id WHERE l.firm_id = ${firmId})`;
  const tied =
    column === 'answer'
      ? sql`EXISTS (SELECT 1 FROM ${firmIds} AS f (id) WHERE strpos(answer::text, f.id) > 0)`
      : sql`(row_id IN ${firmIds} OR changes -> 'lead_id' ->> 1 IN ${firmIds} OR changes -> 'lead_id' ->> 0 IN ${firmIds}
             OR changes -> 'firm_id' ->> 1 IN ${firmIds} OR changes -> 'firm_id' ->> 0 IN ${firmIds})`;
  return sql`strpos(${text}, ${contactId}) > 0 OR ${has(sure)} OR (${has(words)} AND ${tied})`;
}
