import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { Contact } from '../directory/contact.entity.js';
import { wordsOf } from '../directory/person-words.rules.js';
import { withoutTokens } from '../messaging/answer-token.rules.js';
import { SECTIONS, type PersonalDataSection } from './personal-data.sections.js';

export type PersonalDataRow = Record<string, string | null>;

/** Everything that the program holds about one person, and nothing about another. */
export interface PersonalDataExport {
  madeAt: string;
  language: Language;
  fullName: string;
  sections: { key: string; rows: PersonalDataRow[] }[];
}

@Injectable()
export class PersonalData {
  private readonly sections: PersonalDataSection[] = [...SECTIONS];

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** A part that a higher module holds; called once, when the module starts. */
  add(section: PersonalDataSection): void {
    this.sections.push(section);
  }

  /** Of every part, for the test that finds what none covers. */
  get tables(): string[] {
    return this.sections.flatMap(({ tables }) => tables);
  }

  /** Personal links are no part of it: whoever has the file must not answer or opt out by it. */
  async exportOf(contactId: string): Promise<PersonalDataExport> {
    const contact = await this.db.repo(Contact).findOneBy({ id: contactId });
    if (!contact || contact.erasedAt !== null) throw new NotFound('contact_not_found');
    const others = await this.wordsOfOthers(contact);
    const sections = [];
    for (const { key, statement } of this.sections) {
      const [answer] = await this.db.query<{ rows: PersonalDataRow[] }>(
        `SELECT without_words(coalesce(jsonb_agg(to_jsonb(part)), '[]'), $3::text[]) AS rows FROM (${statement}) AS part`,
        [contactId, contact.firmId, others],
      );
      sections.push({ key, rows: answer!.rows.map(withoutLinks) });
    }
    return {
      madeAt: this.clock.now().toISOString(),
      language: contact.language,
      fullName: contact.fullName,
      sections,
    };
  }

  /** Colleagues of the firm may be named in the same note; what is also this person's stays. */
  private async wordsOfOthers(contact: Contact): Promise<string[]> {
    const colleagues = await this.db.query<Pick<Contact, 'fullName' | 'email' | 'phone'>>(sql`
      SELECT full_name AS "fullName", email, phone FROM contact
       WHERE firm_id = ${contact.firmId} AND id <> ${contact.id} AND erased_at IS NULL`);
    const own = wordsOf(contact).map((word) => word.toLowerCase());
    return colleagues
      .flatMap(wordsOf)
      .filter((word) => !own.some((mine) => mine.includes(word.toLowerCase())));
  }
}

function withoutLinks(row: PersonalDataRow): PersonalDataRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' ? withoutTokens(value) : value,
    ]),
  );
}
