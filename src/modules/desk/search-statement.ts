import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { escapeLike, numberPattern, wordPatterns } from '../directory/search.rules.js';

/** Only so many hits of a type are ranked: ranking all of them is what makes a search slow. */
const RANKED_AT_MOST = 500;

/** References of so many years back are tried for a bare number. */
const YEARS = 10;

interface Asked {
  /** Trimmed. */
  q: string;
  /** Rows of each type. */
  rows: number;
  /** The local year. */
  year: number;
}

/** One statement, one connection: each type is found by its own index and ranked by itself. */
export function searchStatement(asked: Asked): Sql {
  const parts = [firms(asked), contacts(asked), leads(asked), clusters(asked), rounds(asked)];
  return join(
    parts.map((part) => sql`(${part})`),
    ' UNION ALL ',
  );
}

/** Every word begins a word; or it is a number, and stands somewhere. */
function matching({ q }: Asked, prefix: Sql): Sql {
  const words = wordPatterns(q).map((pattern) => sql`${prefix}search LIKE fold(${pattern})`);
  const number = numberPattern(q);
  const all = sql`(${join(words, ' AND ')})`;
  return number === null ? all : sql`(${prefix}search LIKE ${number} OR ${all})`;
}

/** A number or an address is also one of their people's. */
function firmIds(asked: Asked): Sql {
  const own = sql`SELECT id FROM firm f WHERE ${matching(asked, raw('f.'))} LIMIT ${RANKED_AT_MOST}`;
  if (numberPattern(asked.q) === null && !asked.q.includes('@')) return own;
  return sql`(${own}) UNION (SELECT c.firm_id FROM contact c WHERE ${matching(asked, raw('c.'))} AND c.erased_at IS NULL LIMIT ${RANKED_AT_MOST})`;
}

const similarity = ({ q }: Asked, column: string): Sql => sql`word_similarity(fold(${q}), ${raw(column)})`;

function firms(asked: Asked): Sql {
  return sql`
    SELECT 'firm' AS type, f.id, f.name AS title, coalesce(f.tax_code, f.email, f.phone) AS subtitle, NULL::uuid AS "leadId", f.id AS "firmId",
           NULL::text AS state
      FROM firm f WHERE f.id IN (${firmIds(asked)})
     ORDER BY ${similarity(asked, 'f.search')} DESC, left(f.search, 100), f.id LIMIT ${asked.rows}`;
}

function contacts(asked: Asked): Sql {
  return sql`
    SELECT 'contact', hit.id, hit.full_name, (SELECT f.name FROM firm f WHERE f.id = hit.firm_id), NULL, hit.firm_id, CASE WHEN hit.restricted_at IS NOT NULL THEN 'restricted' END
      FROM (SELECT c.id, c.full_name, c.firm_id, c.search, c.restricted_at FROM contact c
             WHERE ${matching(asked, raw('c.'))} AND c.erased_at IS NULL LIMIT ${RANKED_AT_MOST}) AS hit
     ORDER BY ${similarity(asked, 'hit.search')} DESC, left(hit.search, 100), hit.id LIMIT ${asked.rows}`;
}

/** By reference alone, or by its firm's name and numbers; then the liveliest first. */
function leads(asked: Asked): Sql {
  const reference = byReference(asked);
  const byFirm = isReference(asked.q)
    ? empty
    : sql` UNION (SELECT l.id FROM lead l WHERE l.firm_id IN (${firmIds(asked)}) LIMIT ${RANKED_AT_MOST})`;
  return sql`
    SELECT 'lead', l.id, f.name, l.reference, l.id, f.id, l.stage
      FROM lead l JOIN firm f ON f.id = l.firm_id WHERE l.id IN ((${reference})${byFirm})
     ORDER BY ${similarity(asked, 'f.search')} DESC, l.last_activity_at DESC, l.id LIMIT ${asked.rows}`;
}

const isReference = (q: string): boolean => /^ch-\d/i.test(q);

/** Its beginning, or its number without the year. */
function byReference({ q, year }: Asked): Sql {
  if (isReference(q))
    return sql`SELECT l.id FROM lead l WHERE l.reference COLLATE "C" LIKE ${`${escapeLike(q.toUpperCase())}%`} LIMIT ${RANKED_AT_MOST}`;
  const number = /^\d{1,9}$/.test(q) ? q.replace(/^0+/, '').padStart(6, '0') : null;
  const references = number ? Array.from({ length: YEARS }, (_, back) => `CH-${year - back}-${number}`) : [];
  return sql`SELECT l.id FROM lead l WHERE l.reference = ANY(${references}::text[])`;
}

/** A few dozen rows: no index, the same way of matching. */
function small({ q }: Asked, text: string): Sql {
  return join(
    wordPatterns(q).map((pattern) => sql`fold(' ' || ${raw(text)}) LIKE fold(${pattern})`),
    ' AND ',
  );
}

function clusters(asked: Asked): Sql {
  return sql`
    SELECT 'cluster', k.id, k.name, k.code, NULL, NULL, k.status FROM cluster k WHERE ${small(asked, `k.name || ' ' || k.code`)}
     ORDER BY ${similarity(asked, 'fold(k.name)')} DESC, k.name, k.id LIMIT ${asked.rows}`;
}

function rounds(asked: Asked): Sql {
  return sql`
    SELECT 'round', p.id, p.name, p.code, NULL, NULL, p.status FROM promotion_round p WHERE ${small(asked, `p.name || ' ' || p.code`)}
     ORDER BY ${similarity(asked, 'fold(p.name)')} DESC, p.starts_on DESC, p.id LIMIT ${asked.rows}`;
}
