import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { tellingWords } from './search.rules.js';

/** What a line of a list says of a firm; normal forms. */
export interface FirmSigns {
  name: string | null;
  taxCode: string | null;
  email: string | null;
  phone: string | null;
}

export type MatchReason = 'same_tax_code' | 'same_email' | 'same_phone' | 'same_name' | 'near_name';

export interface FirmMatch {
  id: string;
  name: string;
  taxCode: string | null;
  reasons: MatchReason[];
  /** Of the names, 0 to 1; null without one. */
  similarity: number | null;
}

export interface ContactSigns {
  firmId: string;
  fullName: string | null;
  email: string | null;
  phone: string | null;
}

const NEAR_ENOUGH = 0.5;
/** A word of more firms than this tells none of them. */
const HITS_AT_MOST = 200;
/** Of one line, the likeliest by their words. */
const JUDGED_AT_MOST = 20;
/** Letters of a word that may be misspelt behind its beginning. */
const LONG = 6;
const BEGINNING = 4;

/** Many firms and people of a list at once, in a fixed number of statements. */
@Injectable()
export class MatchingQueries {
  constructor(private readonly db: Database) {}

  /** By the index of the signs: firms with the same tax code, address, number or name. */
  async firms(signs: readonly FirmSigns[]): Promise<Map<number, FirmMatch[]>> {
    const rows = await this.db.query<FirmMatch & { index: number }>(sql`
      WITH given AS (
        SELECT name, tax_code, email, phone, (position - 1)::int AS index
          FROM unnest(${signs.map((one) => one.name)}::text[], ${signs.map((one) => one.taxCode)}::text[],
                      ${signs.map((one) => one.email?.toLowerCase() ?? null)}::text[], ${signs.map((one) => one.phone)}::text[])
               WITH ORDINALITY AS g (name, tax_code, email, phone, position)),
      sign (index, id, reason) AS (
        SELECT g.index, f.id, 'same_tax_code' FROM given g JOIN firm f ON f.tax_code = g.tax_code
        UNION SELECT g.index, f.id, 'same_email' FROM given g JOIN firm f ON f.email = g.email
        UNION SELECT g.index, c.firm_id, 'same_email' FROM given g JOIN contact c ON c.email = g.email AND c.erased_at IS NULL
        UNION SELECT g.index, f.id, 'same_phone' FROM given g JOIN firm f ON f.phone = g.phone
        UNION SELECT g.index, c.firm_id, 'same_phone' FROM given g JOIN contact c ON c.phone = g.phone AND c.erased_at IS NULL
        UNION SELECT g.index, f.id, 'same_name' FROM given g JOIN firm f ON fold(f.name) = fold(g.name))
      SELECT s.index, f.id, f.name, f.tax_code AS "taxCode", array_agg(DISTINCT s.reason) AS reasons,
             round(similarity(fold(f.name), fold(g.name))::numeric, 3)::float8 AS similarity
        FROM sign s JOIN firm f ON f.id = s.id JOIN given g ON g.index = s.index
       GROUP BY s.index, f.id, g.name ORDER BY s.index, f.id`);
    return grouped(rows);
  }

  /**
   * By the index of the name: firms with a near one, the nearest first, at most five each. They are looked for by the
   * words that tell a firm from others, whole or by how long ones begin; a word that very many firms have tells none.
   */
  async nearNames(names: readonly (string | null)[]): Promise<Map<number, FirmMatch[]>> {
    const telling = names.map((name) => (name === null ? [] : tellingWords(name)));
    const keys = telling.flatMap((words, index) =>
      [...new Set(words.flatMap((word) => (word.length >= LONG ? [word, beginningOf(word)] : [word])))].map(
        (key) => ({ index, key }),
      ),
    );
    if (keys.length === 0) return new Map();
    const rows = await this.db.query<FirmMatch & { index: number }>(sql`
      WITH given AS (
        SELECT fold(name) AS name, telling, (position - 1)::int AS index
          FROM unnest(${names}::text[], ${telling.map((words) => words.join(' '))}::text[])
               WITH ORDINALITY AS g (name, telling, position)),
      wanted AS MATERIALIZED (
        SELECT index, key FROM unnest(${keys.map((one) => one.index)}::int[], ${keys.map((one) => one.key)}::text[]) AS w (index, key)),
      word AS (
        SELECT f.id, w.word FROM firm f
         CROSS JOIN LATERAL string_to_table(translate(f.search, '.,;:()"''-/&', '            '), ' ') AS w (word)
         WHERE w.word <> ''),
      keyed AS (
        SELECT id, word AS key FROM word
        UNION SELECT id, left(word, ${BEGINNING}) || '*' FROM word WHERE length(word) >= ${LONG}),
      found AS MATERIALIZED (SELECT k.id, k.key FROM keyed k WHERE k.key IN (SELECT key FROM wanted)),
      rare AS (SELECT key, count(*) AS firms FROM found GROUP BY key HAVING count(*) <= ${HITS_AT_MOST}),
      hit AS (
        SELECT w.index, f.id, row_number() OVER (PARTITION BY w.index ORDER BY sum(1.0 / r.firms) DESC, f.id) AS place
          FROM wanted w JOIN rare r ON r.key = w.key JOIN found f ON f.key = w.key GROUP BY w.index, f.id),
      judged AS (
        SELECT h.index, f.id, f.name, f.tax_code, round(greatest(similarity(fold(f.name), g.name),
                 word_similarity(g.telling, fold(f.name)) * least(1, length(g.telling) / 8.0))::numeric, 3)::float8 AS similarity
          FROM hit h JOIN firm f ON f.id = h.id JOIN given g ON g.index = h.index WHERE h.place <= ${JUDGED_AT_MOST}),
      ranked AS (
        SELECT *, row_number() OVER (PARTITION BY index ORDER BY similarity DESC, id) AS rank FROM judged
         WHERE similarity >= ${NEAR_ENOUGH})
      SELECT index, id, name, tax_code AS "taxCode", ARRAY['near_name'] AS reasons, similarity
        FROM ranked WHERE rank <= 5 ORDER BY index, rank`);
    return grouped(rows);
  }

  /** By the index of the signs: the firm's person with that address, or else that number, or else that name. */
  async contacts(signs: readonly ContactSigns[]): Promise<Map<number, { id: string; name: string }>> {
    if (signs.length === 0) return new Map();
    const rows = await this.db.query<{ index: number; id: string; name: string }>(sql`
      SELECT DISTINCT ON (g.position) (g.position - 1)::int AS index, c.id, c.full_name AS name
        FROM unnest(${signs.map((one) => one.firmId)}::uuid[], ${signs.map((one) => one.fullName)}::text[],
                    ${signs.map((one) => one.email?.toLowerCase() ?? null)}::text[], ${signs.map((one) => one.phone)}::text[])
             WITH ORDINALITY AS g (firm_id, full_name, email, phone, position)
        JOIN contact c ON c.firm_id = g.firm_id AND c.erased_at IS NULL
         AND (c.email = g.email
              OR (c.phone = g.phone AND (g.full_name IS NULL OR fold(c.full_name) = fold(g.full_name)))
              OR (fold(c.full_name) = fold(g.full_name) AND (g.email IS NULL OR c.email IS NULL)))
       ORDER BY g.position, (c.email = g.email) DESC NULLS LAST, (c.phone = g.phone) DESC NULLS LAST, c.id`);
    return new Map(rows.map(({ index, id, name }) => [index, { id, name }]));
  }
}

function beginningOf(word: string): string {
  return `${word.slice(0, BEGINNING)}*`;
}

function grouped(rows: readonly (FirmMatch & { index: number })[]): Map<number, FirmMatch[]> {
  const byIndex = new Map<number, FirmMatch[]>();
  for (const { index, ...match } of rows) byIndex.set(index, [...(byIndex.get(index) ?? []), match]);
  return byIndex;
}
