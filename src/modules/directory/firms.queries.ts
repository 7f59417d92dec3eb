import { Injectable } from '@nestjs/common';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { toE164 } from '../../platform/http/fields.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, whereClause, type Page, type PageSpec } from '../../platform/http/pages.js';
import { Firm } from './firm.entity.js';
import type { DuplicateReason, FirmDuplicate, FirmListItem, FirmsQuery } from './firms.dto.js';
import { firmDomain, nearNamePatterns, numberPattern, tellingWords, wordPatterns } from './search.rules.js';
import { normalTaxCode, taxCodeBase } from './tax-code.rules.js';

/** Only so many hits are ranked: ranking all of them is what makes a search slow. */
export const RANKED_AT_MOST = 500;

const SORTS: PageSpec['sorts'] = {
  name: { sql: 'fold(f.name)', type: 'text' },
  createdAt: { sql: 'f.created_at', type: 'timestamptz' },
};
const LIST: PageSpec = { sorts: SORTS, defaultSort: 'name', id: 'f.id' };
/** `search` begins with the folded name: cheaper than folding 500 names again. */
const RANKED: PageSpec = {
  sorts: {
    ...SORTS,
    name: { sql: 'left(f.search, 100)', type: 'text' },
    rank: { sql: 'f.rank', type: 'numeric' },
  },
  defaultSort: '-rank,name',
  id: 'f.id',
};

const COLUMNS = sql`
  f.id, f.name, f.short_name AS "shortName", f.tax_code AS "taxCode", f.country, f.sectors, f.email, f.phone, f.sample,
  (SELECT count(*)::int FROM contact c WHERE c.firm_id = f.id AND c.erased_at IS NULL) AS "contactCount",
  f.version, f.created_at AS "createdAt", f.updated_at AS "updatedAt"`;

type Row = Omit<FirmListItem, 'createdAt' | 'updatedAt'> & { createdAt: Date; updatedAt: Date };

export interface DuplicateCheck {
  name?: string | null;
  taxCode?: string | null;
  phone?: string | null;
  email?: string | null;
}

@Injectable()
export class FirmsQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  find(id: string): Promise<Firm | null> {
    return this.db.repo(Firm).findOneBy({ id });
  }

  async get(id: string): Promise<Firm> {
    const firm = await this.find(id);
    if (!firm) throw new NotFound('firm_not_found');
    return firm;
  }

  /** In no order; ids that name nothing are left out. */
  async getMany(
    ids: readonly string[],
  ): Promise<{ id: string; name: string; country: string; sample: boolean }[]> {
    if (ids.length === 0) return [];
    return this.db.query(sql`SELECT id, name, country, sample FROM firm WHERE id = ANY(${ids}::uuid[])`);
  }

  /** With `q` and no sort the best hits come first; otherwise by the sort asked for. */
  async list(query: FirmsQuery): Promise<Page<FirmListItem>> {
    const where = filters(query);
    if (!query.q?.trim())
      return this.pages.read(LIST, { select: COLUMNS, from: sql`firm f`, where }, query, show);
    const hits = matching(query.q);
    if (query.sort !== undefined && !query.sort.includes('rank')) {
      return this.pages.read(
        LIST,
        { select: COLUMNS, from: sql`firm f`, where: [...where, hits] },
        query,
        show,
      );
    }
    const from = sql`(
      SELECT f.*, round(word_similarity(fold(${query.q.trim()}), f.search)::numeric, 4) AS rank
        FROM (SELECT f.* FROM firm f ${whereClause([...where, hits])} LIMIT ${RANKED_AT_MOST}) AS f) AS f`;
    const page = await this.pages.read<Row, FirmListItem>(RANKED, { select: COLUMNS, from }, query, show);
    return page.total >= RANKED_AT_MOST ? { ...page, totalIsEstimate: true } : page;
  }

  /**
   * Firms that may be the same: by tax code, telephone number, e-mail address or domain (their contacts' too), or a
   * near name. The likeliest first, at most 20.
   */
  async duplicatesOf(check: DuplicateCheck, exceptId?: string): Promise<FirmDuplicate[]> {
    const signs = [...this.exactSigns(check), ...nearName(check.name)];
    if (signs.length === 0) return [];
    const name = check.name?.trim() ? tellingWords(check.name).join(' ') : null;
    const rows = await this.db.query<FirmDuplicate & { strength: number }>(sql`
      WITH sign (id, reason, strength) AS (${join(signs, ' UNION ALL ')}),
      judged AS (
        SELECT f.id, f.name, f.tax_code AS "taxCode", ${nearness(name)} AS similarity,
               array_agg(DISTINCT sign.reason) AS reasons, max(sign.strength) AS strength
          FROM sign JOIN firm f ON f.id = sign.id
         WHERE f.id IS DISTINCT FROM ${exceptId ?? null}::uuid
         GROUP BY f.id)
      SELECT * FROM judged WHERE strength > 0 OR similarity >= ${NEAR_ENOUGH}
       ORDER BY greatest(strength, similarity) DESC, similarity DESC NULLS LAST, id LIMIT 20`);
    return rows.map(({ id, name: firmName, taxCode, reasons, similarity }) => ({
      id,
      name: firmName,
      taxCode,
      reasons: strongestFirst(reasons, similarity),
      similarity,
    }));
  }

  private exactSigns({ taxCode, phone, email }: DuplicateCheck): Sql[] {
    const code = taxCode ? normalTaxCode(taxCode) : null;
    const base = code ? taxCodeBase(code) : null;
    const number = phone ? toE164(phone) : null;
    const address = email?.trim().toLowerCase() || null;
    const domain = address ? firmDomain(address) : null;
    return [
      ...(code ? [sql`(SELECT id, 'same_tax_code', 1.0 FROM firm WHERE tax_code = ${code})`] : []),
      ...(base
        ? [
            sql`(SELECT id, 'same_tax_code_base', 0.9 FROM firm WHERE left(tax_code, 10) = ${base} AND length(tax_code) <> 12
                   AND tax_code <> ${code} LIMIT 100)`,
          ]
        : []),
      ...(number ? eitherTable(sql`'same_phone', 0.8`, sql`phone = ${number}`) : []),
      ...(address ? eitherTable(sql`'same_email', 0.95`, sql`email = ${address}`) : []),
      ...(domain
        ? eitherTable(sql`'same_email_domain', 0.6`, sql`split_part(email, '@', 2) = ${domain}`)
        : []),
    ];
  }
}

/** How near two names' telling words must be. */
const NEAR_ENOUGH = 0.5;

function eitherTable(sign: Sql, condition: Sql): Sql[] {
  return [
    sql`(SELECT id, ${sign} FROM firm WHERE ${condition} LIMIT 100)`,
    sql`(SELECT DISTINCT firm_id, ${sign} FROM contact WHERE ${condition} AND erased_at IS NULL LIMIT 100)`,
  ];
}

function nearName(name: string | null | undefined): Sql[] {
  const patterns = nearNamePatterns(name ?? '');
  const each = Math.floor(RANKED_AT_MOST / Math.max(1, patterns.length));
  return patterns.map(
    (pattern) =>
      sql`(SELECT id, 'near_name', 0.0 FROM firm WHERE search LIKE fold(${pattern}) LIMIT ${each})`,
  );
}

/** The nearer of: the whole names, or the telling words inside the name. */
function nearness(name: string | null): Sql {
  if (name === null) return sql`NULL::float8`;
  return sql`round(greatest(similarity(fold(f.name), fold(${name})),
    word_similarity(fold(${name}), fold(f.name)) * least(1, length(${name}) / 8.0))::numeric, 3)::float8`;
}

const ORDER: DuplicateReason[] = [
  'same_tax_code',
  'same_email',
  'same_tax_code_base',
  'same_phone',
  'same_email_domain',
  'near_name',
];

function strongestFirst(reasons: DuplicateReason[], similarity: number | null): DuplicateReason[] {
  const kept: DuplicateReason[] = reasons.filter((reason) => reason !== 'near_name');
  if (similarity !== null && similarity >= NEAR_ENOUGH) kept.push('near_name');
  return kept.sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

function filters(query: FirmsQuery): Sql[] {
  const phone = query.phone ? toE164(query.phone) : null;
  return [
    ...(query.sector?.length ? [sql`f.sectors && ${query.sector}::text[]`] : []),
    ...(query.country ? [sql`f.country = ${query.country}`] : []),
    ...(query.taxCode ? [sql`f.tax_code = ${normalTaxCode(query.taxCode)}`] : []),
    ...(phone ? [ofFirmOrContact(sql`phone = ${phone}`)] : []),
    ...(query.email ? [ofFirmOrContact(sql`email = ${query.email}`)] : []),
    ...(query.sample === undefined ? [] : [sql`f.sample = ${query.sample}`]),
  ];
}

function ofFirmOrContact(condition: Sql): Sql {
  return sql`f.id IN (SELECT id FROM firm WHERE ${condition}
    UNION ALL SELECT firm_id FROM contact WHERE ${condition} AND erased_at IS NULL)`;
}

/** Words begin words of the firm's name, tax code, e-mail; a number or an address is also looked for among its contacts. */
function matching(q: string): Sql {
  const number = numberPattern(q);
  const address = q.includes('@')
    ? sql` UNION ALL (SELECT firm_id FROM contact WHERE ${like(wordPatterns(q))} AND erased_at IS NULL LIMIT ${RANKED_AT_MOST})`
    : empty;
  if (number === null && address === empty) return like(wordPatterns(q), raw('f.'));
  const own =
    number === null ? like(wordPatterns(q)) : sql`(search LIKE ${number} OR (${like(wordPatterns(q))}))`;
  const people =
    number === null
      ? address
      : sql` UNION ALL (SELECT firm_id FROM contact WHERE search LIKE ${number} AND erased_at IS NULL LIMIT ${RANKED_AT_MOST})`;
  return sql`f.id IN ((SELECT id FROM firm WHERE ${own} LIMIT ${RANKED_AT_MOST})${people})`;
}

export function like(patterns: string[], prefix: Sql = empty): Sql {
  return join(
    patterns.map((pattern) => sql`${prefix}search LIKE fold(${pattern})`),
    ' AND ',
  );
}

function show(row: Row): FirmListItem {
  const { id, name, shortName, taxCode, country, sectors, email, phone, sample, contactCount, version } = row;
  const times = { createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString() };
  return {
    id,
    name,
    shortName,
    taxCode,
    country,
    sectors,
    email,
    phone,
    sample,
    contactCount,
    version,
    ...times,
  };
}
