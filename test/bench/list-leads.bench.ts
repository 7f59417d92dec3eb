import assert from 'node:assert/strict';
import autocannon from 'autocannon';
import { Database } from '../../src/platform/database/database.js';
import { LeadsQueries } from '../../src/modules/leads/leads.queries.js';
import { compare } from './ratio.js';
import { signInCookie } from './sign-in.js';
import { generateLeads } from './leads-data.js';
import type { BenchRow } from './report.js';
import { NOW, startProgram, stopProgram, type Workbench } from './workbench.js';

const LEADS = 100_000;
const SECONDS = 4;

/** Filters and sorts that people use: the default view, one's own, by stage and cluster, by name. */
function listQueries(userId: string, clusterId: string): Record<string, Record<string, string>> {
  return {
    'by last activity': { kind: 'secondary', stage: 'qualified,site_visit', sort: '-lastActivityAt' },
    'my leads by next action': { ownerId: userId, sort: 'nextActionAt' },
    'one cluster, newest': { clusterId, sort: '-createdAt' },
    'all, by time in stage': { sort: 'stageSince' },
  };
}

/** A list of 50 leads, signed in, filtered, sorted, with a capped total, against the same SQL from bare Fastify. */
export async function listLeads(bench: Workbench): Promise<BenchRow[]> {
  const { userIds, clusterIds } = await generateLeads(bench.db, LEADS);
  const queries = listQueries(userIds[0]!, clusterIds[0]!);
  const statements: Record<string, unknown> = {};
  for (const [name, query] of Object.entries(queries)) statements[name] = await statementsOf(bench, query);
  const cookie = await signInCookie(bench);
  const bare = await startProgram<{ address: string }>('bare-list.ts', bench.env, statements);
  const product = await startProgram<{ address: string }>('product-web.ts', {
    ...bench.env,
    BENCH_NOW: NOW.toISOString(),
  });
  try {
    const rows: BenchRow[] = [];
    for (const [name, query] of Object.entries(queries)) {
      const urls = {
        reference: `${bare.ready.address}/list/${encodeURIComponent(name)}`,
        product: `${product.ready.address}/api/v1/leads?${new URLSearchParams(query).toString()}`,
      };
      await assertSameRows(urls, cookie);
      const result = await compare(
        () => requestsPerSecond(urls.product, cookie),
        () => requestsPerSecond(urls.reference, cookie),
      );
      rows.push({
        job: `list of 50 of ${LEADS.toLocaleString('en')} leads: ${name}`,
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

/** The very statements that the product runs for a list. */
async function statementsOf(
  bench: Workbench,
  query: Record<string, string>,
): Promise<{ text: string; values: unknown[] }[]> {
  const kept: { text: string; values: unknown[] }[] = [];
  const db = bench.get(Database);
  const original = db.query.bind(db);
  db.query = (statement, params = []) => {
    kept.push(
      typeof statement === 'string'
        ? { text: statement, values: params }
        : { text: statement.text, values: statement.values },
    );
    return original(statement, params);
  };
  const { stage, ...rest } = query;
  await bench.get(LeadsQueries).list({ ...rest, ...(stage && { stage: stage.split(',') }) });
  db.query = original;
  return kept.slice(0, 2);
}

async function assertSameRows(urls: { reference: string; product: string }, cookie: string): Promise<void> {
  const [reference, product] = await Promise.all(
    [urls.reference, urls.product].map(
      async (url) =>
        (await fetch(url, { headers: { cookie } })).json() as Promise<{
          items: { id: string }[];
          total: number;
        }>,
    ),
  );
  assert.equal(product!.items.length, 50);
  assert.deepEqual(
    product!.items.map(({ id }) => id),
    reference!.items.map(({ id }) => id),
  );
}

async function requestsPerSecond(url: string, cookie: string): Promise<number> {
  const result = await autocannon({ url, connections: 8, duration: SECONDS, headers: { cookie } });
  assert.equal(result.non2xx, 0);
  assert.equal(result.errors, 0);
  return result.requests.average;
}
