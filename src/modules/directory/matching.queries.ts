import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { nearNamePatterns, tellingWords } from './search.rules.js';

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
const HITS_AT_MOST = 100;

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

  /** By the index of the name: firms with a near one, the nearest first, at most five each. */
  async nearNames(names: readonly (string | null)[]): Promise<Map<number, FirmMatch[]>> {
    const patterns = names.flatMap((name, index) =>
      name === null ? [] : nearNamePatterns(name).map((pattern) => ({ index, pattern })),
    );
    if (patterns.length === 0) return new Map();
    const rows = await this.db.query<FirmMatch & { index: number }>(sql`
      WITH given AS (
        SELECT fold(name) AS name, fold(telling) AS telling, (position - 1)::int AS index
          FROM unnest(${names}::text[], ${names.map((name) => name && tellingWords(name).join(' '))}::text[])
               WITH ORDINALITY AS g (name, telling, position)),
      wanted AS (
        SELECT index, fold(pattern) AS pattern
          FROM unnest(${patterns.map((one) => one.index)}::int[], ${patterns.map((one) => one.pattern)}::text[]) AS w (index, pattern)),
      hit AS (
        SELECT DISTINCT w.index, f.id, f.name, f.tax_code FROM wanted w
         CROSS JOIN LATERAL (SELECT id, name, tax_code FROM firm WHERE search LIKE w.pattern LIMIT ${HITS_AT_MOST}) f),
      judged AS (
        SELECT h.*, round(greatest(similarity(fold(h.name), g.name),
                 word_similarity(g.telling, fold(h.name)) * least(1, length(g.telling) / 8.0))::numeric, 3)::float8 AS similarity
          FROM hit h JOIN given g ON g.index = h.index),
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

function grouped(rows: readonly (FirmMatch & { index: number })[]): Map<number, FirmMatch[]> {
  const byIndex = new Map<number, FirmMatch[]>();
  for (const { index, ...match } of rows) byIndex.set(index, [...(byIndex.get(index) ?? []), match]);
  return byIndex;
}
