import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { ProblemError, type FieldFault } from '../../platform/http/problem.js';
import { translate, type Language } from '../../platform/i18n/i18n.js';
import { assertContacts } from '../directory/contact-input.rules.js';
import { ContactsService } from '../directory/contacts.service.js';
import { assertFirms } from '../directory/firm-input.rules.js';
import { FirmsService } from '../directory/firms.service.js';
import { MatchingQueries } from '../directory/matching.queries.js';
import { ParticipationsService } from './participations.service.js';
import type { AddedPasted, AddPasted, BulkItem, RecognisedLine, RecognisedList } from './pasted.dto.js';
import type { ColumnChoice } from './pasted-columns.rules.js';
import { readPasted, type PastedLine } from './pasted-list.rules.js';
import { judgeMatches } from './pasted-matches.rules.js';

/** Takes back what a trial run wrote. */
class TrialRun extends Error {
  constructor(readonly result: AddedPasted) {
    super('trial run');
  }
}

/** A list of participants from a spreadsheet or a mail: first recognised, then added as a person decided. */
@Injectable()
export class PastedLists {
  constructor(
    private readonly db: Database,
    private readonly matching: MatchingQueries,
    private readonly firms: FirmsService,
    private readonly contacts: ContactsService,
    private readonly participations: ParticipationsService,
  ) {}

  /** Writes nothing. */
  async recognise(
    roundId: string,
    input: { text: string; columns?: readonly ColumnChoice[] },
    language: Language,
  ): Promise<RecognisedList> {
    const list = readPasted(
      input.text,
      input.columns?.map((column) => (column === 'none' ? null : column)),
    );
    const lines = await this.linesOf(roundId, list.lines, language);
    const count = (status: RecognisedLine['status']) => lines.filter((one) => one.status === status).length;
    return {
      separator: list.separator,
      hasHeader: list.hasHeader,
      columns: list.columns.map((column) => column ?? 'none'),
      counts: {
        matched: count('matched'),
        new: count('new'),
        ambiguous: count('ambiguous'),
        invalid: count('invalid'),
      },
      lines,
    };
  }

  private async linesOf(
    roundId: string,
    lines: readonly PastedLine[],
    language: Language,
  ): Promise<RecognisedLine[]> {
    if (lines.length === 0) return [];
    const signs = lines.map(({ fields }) => ({ ...fields, name: fields.firmName }));
    const same = await this.matching.firms(signs);
    const near = await this.matching.nearNames(
      signs.map(({ name }, index) => (same.has(index) ? null : name)),
    );
    const judged = lines.map((line, index) =>
      judgeMatches(line, { same: same.get(index) ?? [], near: near.get(index) ?? [] }),
    );
    const certain = judged.flatMap(({ firm }, index) => (firm ? [{ index, firmId: firm.id }] : []));
    const people = await this.matching.contacts(
      certain.map(({ index, firmId }) => ({ ...signs[index]!, firmId, fullName: signs[index]!.contactName })),
    );
    const contactOf = new Map(certain.map(({ index }, at) => [index, people.get(at) ?? null]));
    const inRound = await this.firmsIn(
      roundId,
      certain.map(({ firmId }) => firmId),
    );
    return judged.map(({ problems, firm, ...line }, index) => ({
      ...line,
      firm: firm && { id: firm.id, name: firm.name },
      contact: contactOf.get(index) ?? null,
      takesPart: firm !== null && inRound.has(firm.id),
      problems: problems.map(({ field, code, params }) => ({
        field,
        code,
        message: translate(language, `errors:${code}`, params),
      })),
    }));
  }

  private async firmsIn(roundId: string, firmIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT DISTINCT firm_id AS id FROM participation WHERE round_id = $1 AND firm_id = ANY($2::uuid[])`,
      [roundId, firmIds],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Firms, people and participations in one transaction: all or none. No consent comes with a list. */
  async add(roundId: string, list: AddPasted): Promise<AddedPasted> {
    assertDecided(list.items);
    try {
      return await this.db.transaction(async () => {
        const result = await this.write(roundId, list);
        if (list.dryRun) throw new TrialRun(result);
        return result;
      });
    } catch (error) {
      if (error instanceof TrialRun) return error.result;
      throw error;
    }
  }

  private async write(roundId: string, list: AddPasted): Promise<AddedPasted> {
    const { firmIds, created: firmsCreated } = await this.firmsOf(list.items);
    const { contactIds, created: contactsCreated } = await this.contactsOf(list.items, firmIds);
    const { created, updated, leads, reminders } = await this.participations.add(
      roundId,
      list.items.map((item, index) => ({
        firmId: firmIds[index]!,
        contactId: contactIds[index] ?? null,
        eventId: list.eventId ?? null,
        status: item.status ?? list.status ?? 'invited',
        leadKind: list.leadKind ?? 'secondary',
        note: item.note ?? null,
      })),
      (index) => `items.${index}.`,
    );
    return {
      firmsCreated,
      contactsCreated,
      created,
      updated,
      leads,
      reminders,
      dryRun: list.dryRun ?? false,
    };
  }

  private async firmsOf(items: readonly BulkItem[]): Promise<{ firmIds: string[]; created: number }> {
    const fresh = items.flatMap(({ firm }, index) => (firm ? [{ index, firm }] : []));
    assertFirms(
      fresh.map(({ firm }) => firm),
      (at) => `items.${fresh[at]!.index}.firm.`,
    );
    const made = await this.firms.importMany(fresh.map(({ firm }) => ({ ...firm })));
    const idOf = new Map(fresh.map(({ index }, at) => [index, made[at]!.id]));
    return {
      firmIds: items.map((item, index) => idOf.get(index) ?? item.firmId!),
      created: made.filter((one) => one.created).length,
    };
  }

  /** Whom the firm has already, by address, number or name, is that person. */
  private async contactsOf(
    items: readonly BulkItem[],
    firmIds: readonly string[],
  ): Promise<{ contactIds: (string | null)[]; created: number }> {
    const named = items.flatMap(({ contact }, index) =>
      contact ? [{ ...contact, index, firmId: firmIds[index]! }] : [],
    );
    assertContacts(named, (at) => `items.${named[at]!.index}.contact.`);
    await this.assertFirmsExist(items);
    const known = await this.matching.contacts(
      named.map(({ firmId, fullName, email, phone }) => ({
        firmId,
        fullName,
        email: email ?? null,
        phone: phone ?? null,
      })),
    );
    const ids = new Map<number, string>();
    const fresh = new Map<string, { rows: number[]; contact: (typeof named)[number] }>();
    named.forEach((contact, at) => {
      const found = known.get(at);
      if (found) return ids.set(contact.index, found.id);
      const key = [contact.firmId, contact.email?.toLowerCase() ?? contact.fullName.toLowerCase()].join(' ');
      const before = fresh.get(key);
      if (before) return before.rows.push(contact.index);
      return fresh.set(key, { rows: [contact.index], contact });
    });
    const groups = [...fresh.values()];
    const made = await this.contacts.importMany(
      groups.map(({ contact: { index: _index, ...contact } }) => contact),
    );
    groups.forEach(({ rows }, at) => rows.forEach((index) => ids.set(index, made[at]!.id)));
    return {
      contactIds: items.map((item, index) => ids.get(index) ?? item.contactId ?? null),
      created: made.filter((one) => one.created).length,
    };
  }

  private async assertFirmsExist(items: readonly BulkItem[]): Promise<void> {
    const ids = items.flatMap((item) => item.firmId ?? []);
    const rows = await this.db.query<{ id: string }>(`SELECT id FROM firm WHERE id = ANY($1::uuid[])`, [ids]);
    const known = new Set(rows.map((row) => row.id));
    const faults = items.flatMap(({ firmId }, index) =>
      firmId && !known.has(firmId) ? [{ path: `items.${index}.firmId`, code: 'unknown_firm' }] : [],
    );
    if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults);
  }
}

/** Each line names one firm and at most one person, known or new. */
function assertDecided(items: readonly BulkItem[]): void {
  const faults = items.flatMap((item, index): FieldFault[] => [
    ...(Boolean(item.firmId) === Boolean(item.firm)
      ? [{ path: `items.${index}.firmId`, code: 'firm_id_or_firm' }]
      : []),
    ...(item.contactId && (item.contact || item.firm)
      ? [{ path: `items.${index}.contactId`, code: 'contact_id_or_contact' }]
      : []),
  ]);
  if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults);
}
