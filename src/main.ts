import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { fail, prepareDatabase } from './bootstrap.js';
import { loadReferenceData } from './first-start.js';
import { Config, ConfigError, type Role } from './platform/config/config.js';
import { ensureSecretKey } from './platform/config/secret-key.js';
import { migrate } from './platform/database/migrate.js';
import { ProgramLogger } from './platform/http/logging.js';
import { schema } from './schema.js';
import { createServer } from './server.js';
import { welcome } from './welcome.js';
import { WorkerModule } from './worker.module.js';

const ROLES: readonly Role[] = ['web', 'worker'];

function readRoles(): readonly Role[] {
  const { values } = parseArgs({ options: { role: { type: 'string' } } });
  if (values.role === undefined) return ROLES;
  const role = ROLES.find((candidate) => candidate === values.role);
  if (!role) throw new ConfigError('--role', 'must be web or worker; without it both run.');
  return [role];
}

/** Web listens; a worker alone is the same program without a port. */
async function open(config: Config): Promise<INestApplicationContext> {
  const module = config.has('worker') ? WorkerModule.forRoot(config) : AppModule.forRoot(config);
  if (config.has('web')) return createServer(module, config);
  const app = await NestFactory.createApplicationContext(module, { bufferLogs: true, abortOnError: false });
  app.useLogger(app.get(ProgramLogger));
  return app;
}

async function main(): Promise<void> {
  const config = new Config(process.env, readRoles());
  const closing: (() => Promise<void>)[] = [];
  stopOnSignal(config, closing);
  closing.unshift(await prepareDatabase(config));
  ensureSecretKey(config);
  await migrate(config, schema);
  const app = await open(config);
  closing.unshift(() => app.close());
  await loadReferenceData(app);
  await welcome(app, config);
}

/** Finishes or releases what is claimed, newest first, and leaves in any case when the time is up. */
function stopOnSignal(config: Config, closing: (() => Promise<void>)[]): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), config.shutdownTimeoutMs + 5000).unref();
    for (const step of closing) await step().catch((error: unknown) => fail(error));
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

main().catch((error: unknown) => process.exit(fail(error)));
