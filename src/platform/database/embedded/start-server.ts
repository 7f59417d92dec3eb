import { spawn } from 'node:child_process';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Binaries } from './binaries.js';
import { askState } from './connection.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { Home, ServerPlace } from './home.js';
import { pause, serverEnvironment, serverProcesses, waitUntil } from './processes.js';
import { pidFile, READY_LIMIT_MS, type RunningServer, stopServer } from './running-server.js';

const LOG_LIMIT_BYTES = 5_000_000;

/** Tries again on another port when a stranger took ours between asking and listening. */
export async function startServer(
  home: Home,
  place: ServerPlace,
  binaries: Binaries,
  start: { password: string; ephemeral: boolean },
): Promise<RunningServer> {
  await clearRemains(place);
  await rotateLog(home);
  for (let attempt = 1; ; attempt += 1) {
    const preferred = attempt === 1 ? Number(await readFile(home.portFile, 'utf8').catch(() => '0')) : 0;
    const port = await freePort(preferred || 0);
    const args = ['-D', place.clusterDir, ...settings(port, start.ephemeral)];
    const outcome = await launch(home, binaries.postgres, args, { port, password: start.password, place });
    if (typeof outcome !== 'string') {
      await writeFile(home.portFile, String(port));
      return outcome;
    }
    if (attempt === 3) {
      throw new EmbeddedPostgresError(
        `PostgreSQL did not start; its log ${home.logFile} ends with: ${outcome}`,
      );
    }
    await pause(500);
  }
}

async function launch(
  home: Home,
  program: string,
  args: string[],
  server: { port: number; password: string; place: ServerPlace },
): Promise<RunningServer | string> {
  const log = await open(home.logFile, 'a', 0o600);
  const { size } = await log.stat();
  const child = spawn(program, args, {
    cwd: '/',
    detached: true,
    env: serverEnvironment(),
    stdio: ['ignore', log.fd, log.fd],
    ...server.place.user,
  });
  const ending: { reason?: string } = {};
  child.on('error', (error) => (ending.reason = error.message));
  child.on('exit', (code, signal) => (ending.reason ??= `ended with ${code ?? signal}`));
  child.unref();
  await log.close();
  const deadline = performance.now() + READY_LIMIT_MS;
  const pid = child.pid ?? 0;
  try {
    while (ending.reason === undefined && performance.now() < deadline) {
      if ((await askState(server.port, server.password)) === 'ready') return { pid, port: server.port };
      await pause(30);
    }
  } catch (error) {
    await stopServer(server.place, pid);
    throw error;
  }
  if (ending.reason === undefined) await stopServer(server.place, pid);
  const written = (await readFile(home.logFile)).subarray(size).toString();
  return written.trim().split('\n').slice(-4).join(' | ') || (ending.reason ?? 'no answer in two minutes');
}

function settings(port: number, ephemeral: boolean): string[] {
  const values: Record<string, string | number> = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '128MB',
    timezone: 'UTC',
    // A violated constraint's detail and a failed statement would put contacts' data into the log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(ephemeral && {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      wal_level: 'minimal',
      max_wal_senders: 0,
    }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * After a killed server: waits until its last processes are gone, then removes its postmaster.pid.
 * PostgreSQL would do so itself, except when the id in it now belongs to some other process of its user.
 */
async function clearRemains(place: ServerPlace): Promise<void> {
  if (!(await waitUntil(() => serverProcesses(place.clusterDir).length === 0, 15_000))) {
    const pids = serverProcesses(place.clusterDir).join(', ');
    throw new EmbeddedPostgresError(
      `Processes of an earlier PostgreSQL server still work in ${place.clusterDir}: end them first (process ids ${pids}).`,
    );
  }
  if (process.platform === 'linux') await rm(pidFile(place), { force: true });
}

async function rotateLog(home: Home): Promise<void> {
  const size = (await stat(home.logFile).catch(() => null))?.size ?? 0;
  if (size > LOG_LIMIT_BYTES) await rename(home.logFile, `${home.logFile}.1`);
}

function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (preferred === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen({ port: preferred, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
