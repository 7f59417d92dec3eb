import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import { loadReferenceData } from '../../src/first-start.js';
import { MovableClock } from '../../src/platform/clock/clock.js';
import { Config } from '../../src/platform/config/config.js';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres.js';
import { Database } from '../../src/platform/database/database.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { schema } from '../../src/schema.js';
import { WorkerModule } from '../../src/worker.module.js';
import { createServer } from '../../src/server.js';

export const SECRET = 'a-secret-for-benchmarks-of-32-characters';
/** Monday 2 March 2026, 10:00 in Viet Nam. */
export const NOW = new Date('2026-03-02T03:00:00Z');

export interface Workbench {
  env: Record<string, string>;
  config: Config;
  clock: MovableClock;
  app: NestFastifyApplication;
  db: Database;
  get<T>(type: abstract new (...args: never[]) => T): T;
  close(): Promise<void>;
}

const silent = {
  info: () => undefined,
  warn: (message: string) => void process.stderr.write(`${message}\n`),
};

/** The product on an embedded PostgreSQL of its own (durable, as in use), with the reference data. */
export async function openWorkbench(
  extra: Record<string, string> = {},
  withWorker = false,
): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'dong-hanh-bench-'));
  // PostgreSQL runs as another user than root, who must be able to enter
  await chmod(folder, 0o711);
  const server = await startEmbeddedPostgres({ dataDir: folder, log: silent });
  const env = {
    DATABASE_URL: server.url,
    DATA_DIR: folder,
    SECRET_KEY: SECRET,
    LOG_LEVEL: 'silent',
    ...extra,
  };
  const config = new Config(env, withWorker ? ['web', 'worker'] : ['web']);
  await migrate(config, schema);
  const clock = new MovableClock(config);
  clock.set(NOW);
  const module = withWorker ? WorkerModule.forRoot(config, clock) : AppModule.forRoot(config, clock);
  const app = await createServer(module, config, { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  await loadReferenceData(app);
  return {
    env,
    config,
    clock,
    app,
    db: app.get(Database),
    get: (type) => app.get(type, { strict: false }),
    close: async () => {
      await app.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A child program; resolves with the JSON line that it prints when it is ready. */
export async function startProgram<T>(
  file: string,
  env: Record<string, string>,
  input?: unknown,
): Promise<{ child: ChildProcess; ready: T }> {
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--import',
      '@swc-node/register/esm-register',
      join(import.meta.dirname, 'programs', file),
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    },
  );
  if (input !== undefined) child.stdin.write(`${JSON.stringify(input)}\n`);
  const [line] = await Promise.race([
    new Promise<[string]>((resolve) =>
      createInterface({ input: child.stdout }).once('line', (text) => resolve([text])),
    ),
    new Promise<never>((_resolve, reject) =>
      child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`))),
    ),
  ]);
  return { child, ready: JSON.parse(line) as T };
}

export async function stopProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
