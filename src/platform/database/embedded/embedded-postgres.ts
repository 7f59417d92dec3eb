import { prepareBinaries } from './binaries.js';
import { clusterExists, prepareCluster } from './cluster.js';
import { databaseUrl, ensureDatabase } from './connection.js';
import { withFileLock } from './file-lock.js';
import { findPlace, type Home, openHome, openPlace, readPassword } from './home.js';
import { anyoneInside, enter, leave } from './programs.js';
import { adoptServer, findServer, stopServer } from './running-server.js';
import { startServer } from './start-server.js';
import type { StartupLog } from './startup-log.js';

export interface EmbeddedPostgresOptions {
  /** DATA_DIR; the database lives in its folder `postgres`. Made when absent. */
  dataDir: string;
  log: StartupLog;
  /** For tests and the demo: faster, but a crash of the machine loses the database. */
  ephemeral?: boolean;
}

export interface EmbeddedPostgres {
  /** Of the database `dong_hanh`, as its superuser. */
  url: string;
  port: number;
  /** Leaves the server; the last program to leave stops it. Twice is harmless. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on this data folder, or joins the one that already runs there: started by another of
 * our programs, or left behind by one that was killed. Throws EmbeddedPostgresError with a sentence for
 * the operator when that cannot be.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const ephemeral = options.ephemeral ?? false;
  const home = await openHome(options.dataDir, ephemeral);
  const { port, password, ticket } = await withFileLock(home.lockFile, () =>
    joinServer(home, options.log, ephemeral),
  );
  let stopped: Promise<void> | undefined;
  return {
    url: databaseUrl(port, password),
    port,
    stop: () =>
      (stopped ??= withFileLock(home.lockFile, () => leaveServer(home, ticket, ephemeral)).then(
        () => undefined,
      )),
  };
}

/**
 * Stops a server whose programs all died without leaving, as tests that were interrupted do. True when
 * nobody uses the folder's server afterwards, so that the folder may be removed.
 */
export async function stopAbandonedPostgres(dataDir: string): Promise<boolean> {
  const home = await openHome(dataDir, false);
  return withFileLock(home.lockFile, () => leaveServer(home, null, true));
}

async function joinServer(home: Home, log: StartupLog, ephemeral: boolean) {
  const place = await openPlace(home, log, ephemeral);
  const password = await readPassword(home, await clusterExists(place));
  let server = await adoptServer(place, password);
  if (server) {
    log.info(`PostgreSQL already runs on 127.0.0.1:${server.port} (${place.clusterDir})`);
  } else {
    const binaries = await prepareBinaries(place);
    await prepareCluster(place, binaries, password, ephemeral);
    server = await startServer(home, place, binaries, { password, ephemeral });
    log.info(`PostgreSQL started on 127.0.0.1:${server.port} (${place.clusterDir})`);
  }
  await ensureDatabase(server.port, password);
  return { port: server.port, password, ticket: await enter(home.usersDir) };
}

async function leaveServer(home: Home, ticket: string | null, immediately: boolean): Promise<boolean> {
  if (ticket) await leave(ticket);
  if (await anyoneInside(home.usersDir)) return false;
  const place = await findPlace(home);
  const server = place && (await findServer(place));
  if (server) await stopServer(place, server.pid, immediately);
  return true;
}
