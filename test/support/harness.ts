import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module.js';
import { MovableClock } from '../../src/platform/clock/clock.js';
import type { Config } from '../../src/platform/config/config.js';
import { runAs, SYSTEM, type UserRole } from '../../src/platform/database/actor.js';
import { Database } from '../../src/platform/database/database.js';
import { newId } from '../../src/platform/database/ids.js';
import { createServer } from '../../src/server.js';
import { WorkerModule } from '../../src/worker.module.js';
import { createDatabase, testConfig, type TestDatabase } from './databases.js';
import { HttpClient, signIn } from './http-client.js';

export interface AppOptions {
  /** Environment variables beside the defaults of a test. */
  env?: Record<string, string>;
  /** With the job handlers: the queue really runs. */
  worker?: boolean;
  /** The program's time; it stands still until moved. Default Monday 2 March 2026, 10:00 in Viet Nam. */
  now?: Date;
  /** An existing database, so that a second program works on it. */
  database?: TestDatabase;
}

export interface TestApp {
  app: NestFastifyApplication;
  config: Config;
  clock: MovableClock;
  db: Database;
  database: TestDatabase;
  /** A provider of the running program. */
  get<T>(type: abstract new (...args: never[]) => T): T;
  /** A caller: nobody, or a signed-in user of a role. */
  http: { anonymous: HttpClient; as(role: UserRole, name?: string): Promise<HttpClient> };
  /** Runs service code as the system, as a job would. */
  asSystem<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export const DEFAULT_NOW = new Date('2026-03-02T03:00:00Z');

/** The real program on a real PostgreSQL of its own; only the clock is ours. */
export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await createDatabase());
  const dataDir = await mkdtemp(join(tmpdir(), 'dong-hanh-test-'));
  const env = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    QUEUE_PREFIX: `test-${newId()}`,
    ...options.env,
  };
  const config = testConfig(env, options.worker ? ['web', 'worker'] : ['web']);
  const clock = new MovableClock(config);
  clock.set(options.now ?? DEFAULT_NOW);
  const module = options.worker ? WorkerModule.forRoot(config, clock) : AppModule.forRoot(config, clock);
  const app = await createServer(module, config, { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const clients = new Map<string, Promise<HttpClient>>();
  return {
    app,
    config,
    clock,
    db: app.get(Database),
    database,
    get: (type) => app.get(type, { strict: false }),
    http: {
      anonymous: new HttpClient(app),
      as: (role, name = role) => {
        const key = `${role}:${name}`;
        const client = clients.get(key) ?? signIn(app, role, name);
        clients.set(key, client);
        return client;
      },
    },
    asSystem: (work) => runAs(SYSTEM, work),
    close: async () => {
      await app.close();
      if (!options.database) await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
