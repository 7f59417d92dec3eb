import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answers } from './connection.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { ServerPlace } from './home.js';
import { pause, servesFolder, waitUntil } from './processes.js';

/** How long a server found running may stay silent before it is replaced. */
const SILENCE_LIMIT_MS = 20_000;

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
  const deadline = performance.now() + SILENCE_LIMIT_MS;
  for (;;) {
    const server = await findServer(place);
    if (!server) return null;
    if (server.port > 0 && (await answers(server.port, password))) return server;
    if (performance.now() > deadline) {
      await stopServer(place, server.pid);
      return null;
    }
    await pause(100);
  }
}

/** Ends every session at once and waits; a server that does not follow is stopped harder, which costs a recovery but no data. */
export async function stopServer(place: ServerPlace, pid: number, ephemeral = false): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, limitMs] of ephemeral ? steps.slice(1) : steps) {
    if (!servesFolder(pid, place.clusterDir)) return;
    process.kill(pid, signal);
    if (await waitUntil(() => !servesFolder(pid, place.clusterDir), limitMs)) return;
  }
  throw new EmbeddedPostgresError(`The PostgreSQL server with process id ${pid} cannot be stopped.`);
}

export function pidFile(place: ServerPlace): string {
  return join(place.clusterDir, 'postmaster.pid');
}
