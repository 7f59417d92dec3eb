import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Events } from '../../platform/events/events.js';
import { Invalid, NotFound } from '../../platform/http/problem.js';
import type { Consent, ConsentAction, ConsentChannel, ConsentPurpose } from './consent.entity.js';
import { ConsentWithdrawn } from './directory.events.js';

export interface ConsentEntry {
  contactId: string;
  purpose: ConsentPurpose;
  action: ConsentAction;
  channel: ConsentChannel;
  evidence?: string | null;
  /** The mailbox it was said from, such as that of the mail whose link was used; the contact's own when left out. */
  address?: string;
}

type WrittenLine = Pick<Consent, 'contactId' | 'action' | 'address'>;

/** Channels on which somebody else speaks for the person: a consent needs its proof. */
const SECOND_HAND: readonly ConsentChannel[] = ['officer', 'import'];

/** The ledger only grows. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  record(entry: ConsentEntry): Promise<void> {
    return this.recordMany([entry]);
  }

  /** All or none, in one statement. A withdrawal is news for every contact with that address. */
  recordMany(entries: readonly ConsentEntry[]): Promise<void> {
    return this.db.transaction(async () => {
      if (entries.length === 0) return;
      for (const { action, channel, evidence } of entries) {
        if (action === 'given' && SECOND_HAND.includes(channel) && !evidence?.trim()) {
          throw new Invalid('evidence', 'consent_evidence_required');
        }
      }
      const contactIds = entries.map(({ contactId }) => contactId);
      await this.assertContacts(contactIds);
      const actor = currentActor();
      const by = actor?.kind === 'user' || actor?.kind === 'apiKey' ? actor.id : null;
      const written = await this.db.query<WrittenLine>(sql`
        INSERT INTO consent (id, contact_id, purpose, action, channel, evidence, address, recorded_at, recorded_by)
        SELECT given.id, given.contact_id, given.purpose, given.action, given.channel, given.evidence,
               coalesce(lower(given.address), c.email), ${this.clock.now()}, ${by}
          FROM unnest(${entries.map(() => newId())}::uuid[], ${contactIds}::uuid[], ${entries.map(({ purpose }) => purpose)}::text[],
                      ${entries.map(({ action }) => action)}::text[], ${entries.map(({ channel }) => channel)}::text[],
                      ${entries.map(({ evidence }) => evidence?.trim() || null)}::text[], ${entries.map(({ address }) => address ?? null)}::text[])
               AS given (id, contact_id, purpose, action, channel, evidence, address)
          JOIN contact c ON c.id = given.contact_id
        RETURNING contact_id AS "contactId", action, address`);
      await this.announce(written.filter(({ action }) => action === 'withdrawn'));
    });
  }

  private async announce(refusals: readonly WrittenLine[]): Promise<void> {
    if (refusals.length === 0) return;
    const ids = refusals.map(({ contactId }) => contactId);
    const reached = await this.db.query<{ id: string }>(sql`
      SELECT id FROM contact
       WHERE id = ANY(${ids}::uuid[]) OR email = ANY(${refusals.map(({ address }) => address)}::text[])
          OR email IN (SELECT w.email FROM contact w WHERE w.id = ANY(${ids}::uuid[]))`);
    for (const { id } of reached) await this.events.publish(new ConsentWithdrawn(id));
  }

  private async assertContacts(ids: string[]): Promise<void> {
    const [missing] = await this.db.query(sql`
      SELECT 1 FROM unnest(${ids}::uuid[]) AS given (id) WHERE NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = given.id) LIMIT 1`);
    if (missing) throw new NotFound('contact_not_found');
  }
}
