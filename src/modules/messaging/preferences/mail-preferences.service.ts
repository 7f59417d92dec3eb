import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import { ConsentQueries } from '../../directory/consent.queries.js';
import { ConsentService, type ConsentEntry } from '../../directory/consent.service.js';
import type { ConsentState } from '../../directory/consent.entity.js';
import { ContactsQueries } from '../../directory/contacts.queries.js';
import type { AnswerableMessage } from '../message-answers.service.js';
import type { MailFrequency } from './mail-preference.entity.js';
import type { MailPreferencesAnswer } from './mail-preferences.dto.js';
import { MAIL_TOPICS, type MailTopic } from '../templates/template.entity.js';

export interface MailChoice {
  /** None: no promotion mail at all. */
  topics: readonly MailTopic[];
  language: Language;
  frequency: MailFrequency;
}

export interface MailChoices extends MailChoice {
  consent: ConsentState;
  /** The link's mailbox is still the person's own: only then can it speak for the person. */
  ownMailbox: boolean;
}

/** What readers of mailboxes choose to get. */
@Injectable()
export class MailPreferences {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly consent: ConsentService,
    private readonly consents: ConsentQueries,
    private readonly contacts: ContactsQueries,
  ) {}

  /** What holds for the mailbox of a mail. Nothing chosen yet: everything that was agreed to, as it happens. */
  async of({ contactId, toAddress, language }: AnswerableMessage): Promise<MailChoices> {
    const [chosen] = await this.db.query<MailChoice>(
      sql`SELECT topics, language, frequency FROM mail_preference WHERE address = ${toAddress}`,
    );
    const [contact] = await this.contacts.recipients([contactId]);
    const consent = (await this.consents.current([contactId])).get(contactId) ?? 'none';
    return {
      topics: chosen?.topics ?? MAIL_TOPICS,
      language: chosen?.language ?? contact?.language ?? language,
      frequency: chosen?.frequency ?? 'each',
      consent,
      ownMailbox: contact?.email === toAddress,
    };
  }

  /**
   * Keeps the choice at once. No topic is a withdrawal; a topic where nothing was agreed to is a new consent by the person
   * itself, given through its own mailbox. Answers whether promotion mail may follow.
   */
  choose(message: AnswerableMessage, choice: MailChoice): Promise<boolean> {
    return this.db.transaction(async () => {
      const { consent, ownMailbox, topics: before } = await this.of(message);
      const wanted = MAIL_TOPICS.filter((topic) => choice.topics.includes(topic));
      await this.keep(message, { ...choice, topics: wanted.length > 0 ? wanted : before });
      await this.askAgain(message.toAddress);
      const evidence = `message ${message.messageId}`;
      if (wanted.length === 0 && consent !== 'withdrawn')
        await this.consent.record(this.entry(message, 'withdrawn', evidence));
      const agreesAnew = wanted.length > 0 && consent !== 'given' && ownMailbox;
      if (agreesAnew)
        await this.consent.record(this.entry(message, 'given', `${evidence}; topics: ${wanted.join(', ')}`));
      return wanted.length > 0 && (consent === 'given' || agreesAnew);
    });
  }

  /** What staff may see: the choice for the contact's mailbox, or null when none was made. */
  async shown(contactId: string): Promise<MailPreferencesAnswer> {
    const [row] = await this.db.query<MailChoice & { chosenAt: Date; chosenBy: string }>(sql`
      SELECT p.topics, p.language, p.frequency, p.chosen_at AS "chosenAt", by.full_name AS "chosenBy"
        FROM contact c JOIN mail_preference p ON p.address = c.email JOIN contact by ON by.id = p.contact_id
       WHERE c.id = ${contactId} AND c.erased_at IS NULL`);
    return {
      chosen: row ? { ...row, topics: [...row.topics], chosenAt: row.chosenAt.toISOString() } : null,
    };
  }

  /** What waits because of the choice before is looked at anew. */
  private async askAgain(address: string): Promise<void> {
    await this.db.execute(
      `UPDATE message SET not_before = $2, version = version + 1
        WHERE to_address = $1 AND status = 'queued' AND error_code = 'too_frequent' AND not_before > $2`,
      [address, this.clock.now()],
    );
  }

  private entry(
    { contactId, toAddress }: AnswerableMessage,
    action: ConsentEntry['action'],
    evidence: string,
  ): ConsentEntry {
    return {
      contactId,
      purpose: 'promotion_mail',
      action,
      channel: 'preferences_page',
      evidence,
      address: toAddress,
    };
  }

  private async keep({ toAddress, contactId, messageId }: AnswerableMessage, choice: MailChoice) {
    const { topics, language, frequency } = choice;
    await this.db.execute(
      `INSERT INTO mail_preference (id, address, topics, language, frequency, contact_id, message_id, chosen_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (address) DO UPDATE SET topics = excluded.topics, language = excluded.language, frequency = excluded.frequency,
         contact_id = excluded.contact_id, message_id = excluded.message_id, chosen_at = excluded.chosen_at, version = mail_preference.version + 1
         WHERE (mail_preference.topics, mail_preference.language, mail_preference.frequency)
               IS DISTINCT FROM (excluded.topics, excluded.language, excluded.frequency)`,
      [newId(), toAddress, topics, language, frequency, contactId, messageId, this.clock.now()],
    );
  }
}
