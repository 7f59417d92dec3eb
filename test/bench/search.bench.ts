import assert from 'node:assert/strict';
import autocannon from 'autocannon';
import { SearchQueries } from '../../src/modules/desk/search.queries.js';
import type { SearchResult } from '../../src/modules/desk/search.dto.js';
import { Database } from '../../src/platform/database/database.js';
import { generateLeads } from './leads-data.js';
import { compare } from './ratio.js';
import type { BenchRow } from './report.js';
import { signInCookie } from './sign-in.js';
import { NOW, startProgram, stopProgram, type Workbench } from './workbench.js';

const FIRMS = 100_000;
const LEADS = 100_000;
const SECONDS = 3;

/** What people type: a name without accents, one number, a person. */
const QUERIES = { 'a name': 'truong son 9', 'a tax code': '4900012345', 'a person': 'nguyen thi hoa 40' };

/** Adds firms up to `FIRMS`, gives each its numbers and one person; the leads are those of the list, or made now. */
async function generatePeople(db: Database): Promise<void> {
  const [made] = await db.query(`SELECT 1 FROM lead WHERE reference LIKE 'B-%' LIMIT 1`);
  if (!made) await generateLeads(db, LEADS);
  await db.transaction(async () => {
    await db.query(`SET LOCAL session_replication_role = replica`);
    await db.query(
      `INSERT INTO firm (id, name, country, sectors, sample, version, created_at, updated_at)
       SELECT gen_random_uuid(), 'Doanh nghiệp Hà Nội Số ' || n, 'VN', '{}', true, 1, $2, $2
         FROM generate_series(1, $1::int - (SELECT count(*)::int FROM firm)) n`,
      [FIRMS, NOW],
    );
    await db.query(
      `UPDATE firm SET tax_code = lpad((4900000000 + r.n)::text, 10, '0'), phone = '+8491' || lpad(r.n::text, 7, '0'),
              email = 'firm' || r.n || '@firm' || r.n || '.test'
         FROM (SELECT id, row_number() OVER () AS n FROM firm WHERE sample) r WHERE r.id = firm.id`,
    );
    await db.query(
      `INSERT INTO contact (id, firm_id, full_name, email, phone, language, is_primary, email_state, sample, version, created_at, updated_at)
       SELECT gen_random_uuid(), f.id,
              (ARRAY['Nguyễn','Trần','Lê','Đặng'])[1 + n % 4] || ' Thị ' || (ARRAY['Hoa','Mai','Ngọc','Bích'])[1 + n % 4] || ' ' || n,
              'p' || n || '@firm' || n || '.test', '+8490' || lpad(n::text, 7, '0'), 'vi', true, 'ok', true, 1, $1, $1
         FROM (SELECT id, row_number() OVER () AS n FROM firm WHERE sample) f`,
      [NOW],
    );
  });
  for (const table of ['firm', 'contact', 'lead']) await db.query(`VACUUM ANALYZE ${table}`);
}

/** Anything found from one field, signed in, against the same SQL from bare Fastify. */
export async function search(bench: Workbench): Promise<BenchRow[]> {
  await generatePeople(bench.db);
  const statements: Record<string, unknown> = {};
  for (const [name, q] of Object.entries(QUERIES)) statements[name] = [await statementOf(bench, q)];
  const cookie = await signInCookie(bench);
  const bare = await startProgram<{ address: string }>('bare-list.ts', bench.env, statements);
  const product = await startProgram<{ address: string }>('product-web.ts', {
    ...bench.env,
    BENCH_NOW: NOW.toISOString(),
  });
  try {
    const rows: BenchRow[] = [];
    for (const [name, q] of Object.entries(QUERIES)) {
      const reference = `${bare.ready.address}/list/${encodeURIComponent(name)}`;
      const url = `${product.ready.address}/api/v1/search?q=${encodeURIComponent(q)}`;
      await assertSameHits(reference, url, cookie);
      const result = await compare(
        () => requestsPerSecond(url, cookie),
        () => requestsPerSecond(reference, cookie),
      );
      rows.push({
        job: `search of everything among ${FIRMS.toLocaleString('en')} firms: ${name}`,
        against: 'bare Fastify + pg, same SQL',
        unit: 'requests/s',
        goal: 0.5,
        result,
      });
    }
    return rows;
  } finally {
    await stopProgram(bare.child);
    await stopProgram(product.child);
  }
}

/** The very statement that the product runs. */
async function statementOf(bench: Workbench, q: string): Promise<{ text: string; values: unknown[] }> {
  const db = bench.get(Database);
  const original = db.query.bind(db);
  let kept: { text: string; values: unknown[] } | undefined;
  db.query = (statement, params = []) => {
    if (typeof statement !== 'string') kept = { text: statement.text, values: statement.values };
    return original(statement, params);
  };
  await bench.get(SearchQueries).search(q);
  db.query = original;
  return kept!;
}

async function assertSameHits(reference: string, product: string, cookie: string): Promise<void> {
  const raw = (await (await fetch(reference)).json()) as { items: { id: string }[] };
  const { groups } = (await (await fetch(product, { headers: { cookie } })).json()) as SearchResult;
  const found = groups.flatMap(({ hits }) => hits.map(({ id }) => id));
  assert.ok(found.length > 0);
  const ids = new Set(raw.items.map(({ id }) => id));
  assert.ok(found.every((id) => ids.has(id)));
}

async function requestsPerSecond(url: string, cookie: string): Promise<number> {
  const result = await autocannon({ url, connections: 8, duration: SECONDS, headers: { cookie } });
  assert.equal(result.non2xx, 0);
  assert.equal(result.errors, 0);
  return result.requests.average;
}
