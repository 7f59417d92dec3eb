import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDER = 'dong-hanh-test-';
const LEFTOVER_AGE_MS = 600_000;

/** Handed over to global-teardown, which runs in the same process. */
export interface TestPostgres {
  folder: string;
  stop(): Promise<void>;
}

/**
 * One PostgreSQL for the whole run; its superuser's URL is in TEST_PG_URL, which the workers inherit.
 * With DATABASE_URL_TEST that server is used instead, and nothing is started.
 */
export default async function startTestPostgres(): Promise<void> {
  if (process.env.DATABASE_URL_TEST) {
    process.env.TEST_PG_URL = process.env.DATABASE_URL_TEST;
    return;
  }
  findTypeScriptByItsJavaScriptName();
  const { startEmbeddedPostgres, stopAbandonedPostgres } =
    await import('../../src/platform/database/embedded/embedded-postgres.js');
  await removeLeftovers(stopAbandonedPostgres);
  const folder = await mkdtemp(join(tmpdir(), FOLDER));
  await chmod(folder, 0o711);
  const quiet = { info: () => undefined, warn: () => undefined };
  const server = await startEmbeddedPostgres({ dataDir: folder, log: quiet, ephemeral: true });
  process.env.TEST_PG_URL = server.url;
  (globalThis as { testPostgres?: TestPostgres }).testPostgres = { folder, stop: () => server.stop() };
}

/** Of runs that were interrupted. The young ones may belong to a run that is just starting beside this one. */
async function removeLeftovers(stopAbandoned: (dataDir: string) => Promise<boolean>): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(FOLDER)) continue;
    const folder = join(tmpdir(), name);
    const found = await stat(folder).catch(() => null);
    if (!found || Date.now() - found.mtimeMs < LEFTOVER_AGE_MS) continue;
    if (await stopAbandoned(folder).catch(() => false)) {
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

/** Jest loads this file outside its test environment, where moduleNameMapper does not reach our `.js` imports. */
function findTypeScriptByItsJavaScriptName(): void {
  type Resolve = (request: string, ...rest: unknown[]) => string;
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const original = loader._resolveFilename;
  loader._resolveFilename = function (this: unknown, request, ...rest) {
    try {
      return original.call(this, request, ...rest);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
      return original.call(this, request.replace(/\.js$/, '.ts'), ...rest);
    }
  };
}
