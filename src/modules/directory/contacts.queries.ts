import { Injectable } from '@nestjs/common';
import sql, { raw, type Sql } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { toE164 } from '../../platform/http/fields.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, whereClause, type Page, type PageSpec } from '../../platform/http/pages.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { CONSENT_STATE } from './consent.queries.js';
import type { EmailState } from './contact.entity.js';
import type { ContactAnswer, ContactsQuery } from './contacts.dto.js';
import { like, RANKED_AT_MOST } from './firms.queries.js';
import { numberPattern, wordPatterns } from './search.rules.js';

const SORTS: PageSpec['sorts'] = {
  fullName: { sql: 'fold(c.full_name)', type: 'text' },
  isPrimary: { sql: 'c.is_primary::int', type: 'int' },
};
const LIST: PageSpec = { sorts: SORTS, defaultSort: 'fullName', id: 'c.id' };
/** `search` begins with the folded name: cheaper than folding 500 names again. */
const RANKED: PageSpec = {
  sorts: {
    ...SORTS,
    fullName: { sql: 'left(c.search, 100)', type: 'text' },
    rank: { sql: 'c.rank', type: 'numeric' },
  },
  defaultSort: '-rank,fullName',
  id: 'c.id',
};

const COLUMNS = sql`
  c.id, json_build_object('id', f.id, 'name', f.name) AS firm, c.full_name AS "fullName", c.title, c.email, c.phone, c.language,
  c.is_primary AS "isPrimary", c.email_state AS "emailState", c.bounced_at AS "bouncedAt", c.restricted_at AS "restrictedAt", ${CONSENT_STATE} AS consent,
  c.sample, c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt"`;
const FIRM = sql`JOIN firm f ON f.id = c.firm_id`;

type Row = Omit<ContactAnswer, 'bouncedAt' | 'restrictedAt' | 'createdAt' | 'updatedAt'> & {
  bouncedAt: Date | null;
  restrictedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
};

export interface Recipient {
  id: string;
  firmId: string;
  firmName: string;
  fullName: string;
  title: string | null;
  /** Null when there is no address. */
  email: string | null;
  language: Language;
  emailState: EmailState;
}

@Injectable()
export class ContactsQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  /** People who were erased are in no list. */
  async list(query: ContactsQuery): Promise<Page<ContactAnswer>> {
    const where = [sql`c.erased_at IS NULL`, ...filters(query)];
    const from = sql`contact c`;
    if (!query.q?.trim())
      return this.pages.read(LIST, { select: COLUMNS, from, joins: FIRM, where }, query, show);
    const hits = matching(query.q);
    if (query.sort !== undefined && !query.sort.includes('rank')) {
      return this.pages.read(
        LIST,
        { select: COLUMNS, from, joins: FIRM, where: [...where, hits] },
        query,
        show,
      );
    }
    const ranked = sql`(
      SELECT c.*, round(word_similarity(fold(${query.q.trim()}), c.search)::numeric, 4) AS rank
        FROM (SELECT c.* FROM contact c ${whereClause([...where, hits])} LIMIT ${RANKED_AT_MOST}) AS c) AS c`;
    const page = await this.pages.read<Row, ContactAnswer>(
      RANKED,
      { select: COLUMNS, from: ranked, joins: FIRM },
      query,
      show,
    );
    return page.total >= RANKED_AT_MOST ? { ...page, totalIsEstimate: true } : page;
  }

  async show(id: string): Promise<ContactAnswer> {
    const [row] = await this.db.query<Row>(
      sql`SELECT ${COLUMNS} FROM contact c ${FIRM} WHERE c.id = ${id} AND c.erased_at IS NULL`,
    );
    if (!row) throw new NotFound('contact_not_found');
    return show(row);
  }

  /** Whom a message would go to; erased and unknown ids are left out. Consent is asked for apart. */
  async recipients(contactIds: readonly string[]): Promise<Recipient[]> {
    if (contactIds.length === 0) return [];
    return this.db.query<Recipient>(sql`
      SELECT c.id, c.firm_id AS "firmId", f.name AS "firmName", c.full_name AS "fullName", c.title, c.email, c.language,
             c.email_state AS "emailState"
        FROM contact c JOIN firm f ON f.id = c.firm_id WHERE c.id = ANY(${contactIds}::uuid[]) AND c.erased_at IS NULL`);
  }

  /** The primary contact of each firm, or else its first. */
  async primaryOf(firmIds: readonly string[]): Promise<Map<string, string>> {
    if (firmIds.length === 0) return new Map();
    const rows = await this.db.query<{ id: string; firmId: string }>(sql`
      SELECT DISTINCT ON (firm_id) id, firm_id AS "firmId" FROM contact
       WHERE firm_id = ANY(${firmIds}::uuid[]) AND erased_at IS NULL ORDER BY firm_id, is_primary DESC, id`);
    return new Map(rows.map(({ id, firmId }) => [firmId, id]));
  }
}

function filters(query: ContactsQuery): Sql[] {
  return [
    ...(query.firmId?.length ? [sql`c.firm_id = ANY(${query.firmId}::uuid[])`] : []),
    ...(query.language?.length ? [sql`c.language = ANY(${query.language}::text[])`] : []),
    ...(query.phone ? [sql`c.phone = ${toE164(query.phone)}`] : []),
    ...(query.email ? [sql`c.email = ${query.email}`] : []),
    ...(query.sample === undefined ? [] : [sql`c.sample = ${query.sample}`]),
  ];
}

function matching(q: string): Sql {
  const number = numberPattern(q);
  const words = like(wordPatterns(q), raw('c.'));
  return number === null ? words : sql`(c.search LIKE ${number} OR (${words}))`;
}

function show({ bouncedAt, restrictedAt, createdAt, updatedAt, ...row }: Row): ContactAnswer {
  return {
    ...row,
    bouncedAt: bouncedAt?.toISOString() ?? null,
    restrictedAt: restrictedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
