import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config, ConfigError } from './platform/config/config.js';
import { EmbeddedPostgresError } from './platform/database/embedded/embedded-postgres.error.js';
import { startEmbeddedPostgres } from './platform/database/embedded/embedded-postgres.js';

/** What an operator should know before the logger runs; the ordinary course of a start is no news. */
const STARTUP_LOG = {
  info: () => undefined,
  warn: (message: string) => void process.stderr.write(`${message}\n`),
};

type Stop = () => Promise<void>;

/** Makes sure that `config.databaseUrl` leads to a server: the given one, or the embedded one, started here. */
export async function prepareDatabase(config: Config, options: { ephemeral?: boolean } = {}): Promise<Stop> {
  if (config.databaseUrl) return async () => undefined;
  const folder = options.ephemeral ? await mkdtemp(join(tmpdir(), 'dong-hanh-')) : config.dataDir;
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    log: STARTUP_LOG,
    ephemeral: options.ephemeral,
  });
  config.databaseUrl = server.url;
  return async () => {
    await server.stop();
    if (options.ephemeral) await rm(folder, { recursive: true, force: true });
  };
}

/** The last words of a program that cannot go on: one sentence for what an operator can mend, all of it otherwise. */
export function fail(error: unknown): number {
  const known = error instanceof ConfigError || error instanceof EmbeddedPostgresError;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    process.stderr.write(`PORT: ${port} is already in use by another program; choose another.\n`);
  else process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`);
  return 1;
}
