import { startRedisIfAvailable } from '../support/redis.js';
import { Redis } from 'ioredis';
import { closeRound } from './close-round.bench.js';
import { listLeads } from './list-leads.bench.js';
import { report, type BenchRow } from './report.js';
import { search } from './search.bench.js';
import { send } from './send.bench.js';
import { openWorkbench } from './workbench.js';

/** `npm run bench`; a word runs only the benchmarks whose name has it, and then nothing is kept. */
const [only] = process.argv.slice(2);
const wanted = (name: string): boolean => !only || name.includes(only);
const rows: BenchRow[] = [];

const bench = await openWorkbench();
const [{ server_version: postgres }] = (await bench.db.query<{ server_version: string }>(
  'SHOW server_version',
)) as [{ server_version: string }];
if (wanted('close')) rows.push(...(await closeRound(bench)));
if (wanted('list')) rows.push(...(await listLeads(bench)));
if (wanted('search')) rows.push(...(await search(bench)));
await bench.close();

const redis = await startRedisIfAvailable();
if (wanted('send')) {
  rows.push(...(await send('postgres')));
  if (redis) rows.push(...(await send('redis', redis.url)));
}
await report(rows, {
  postgres,
  redis: redis && (await versionOf(redis.url)),
  on: new Date().toISOString().slice(0, 10),
  keep: !only,
});
await redis?.stop();
process.exit(0);

async function versionOf(url: string): Promise<string> {
  const client = new Redis(url);
  const version = /redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? 'unknown';
  client.disconnect();
  return version;
}
