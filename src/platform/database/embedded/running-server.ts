import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askState } from './connection.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { ServerPlace } from './home.js';
import { pause, servesFolder, waitUntil } from './processes.js';

/** How long a server found running may stay silent before it is replaced. */
const SILENCE_LIMIT_MS = 9_000;
/** Replaying the log after a crash may take this long on a slow disk. */
export const READY_LIMIT_MS = 120_000;

export interface RunningServer {
  pid: number;
  port: number;
}

/** The server of this cluster as its own postmaster.pid tells, if that process lives and is really ours. */
export async function findServer(place: ServerPlace): Promise<RunningServer | null> {
  const lines = (await readFile(pidFile(place), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 0) || !servesFolder(pid, place.clusterDir)) return null;
  return { pid, port: Number(lines[3]) };
}

/** The running server, once it answers. Null when it went away by itself or had to be stopped. */
export async function adoptServer(place: ServerPlace, password: string): Promise<RunningServer | null> {
  const begun = performance.now();
  let heard = begun;
  for (;;) {
    const server = await findServer(place);
    if (!server) return null;
    const state = server.port > 0 ? await askState(server.port, password) : 'silent';
    if (state === 'ready') return server;
    if (state === 'busy') heard = performance.now();
    if (performance.now() - begun > READY_LIMIT_MS) {
      throw new EmbeddedPostgresError(
        `The PostgreSQL server of ${place.clusterDir} runs (process id ${server.pid}) but takes no connection: wait until it has recovered, or end the programs that hold all its connections.`,
      );
    }
    if (performance.now() - heard > SILENCE_LIMIT_MS) {
      await stopServer(place, server.pid, true);
      return null;
    }
    await pause(100);
  }
}

/** Ends every session at once and waits; a server that does not follow is stopped harder, which costs a recovery but no data. */
export async function stopServer(place: ServerPlace, pid: number, immediately = false): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 60_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, limitMs] of immediately ? steps.slice(1) : steps) {
    if (!servesFolder(pid, place.clusterDir)) return;
    process.kill(pid, signal);
    if (await waitUntil(() => !servesFolder(pid, place.clusterDir), limitMs)) return;
  }
  throw new EmbeddedPostgresError(`The PostgreSQL server with process id ${pid} cannot be stopped.`);
}

export function pidFile(place: ServerPlace): string {
  return join(place.clusterDir, 'postmaster.pid');
}
