import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { prepareDatabase } from '../bootstrap.js';
import { loadReferenceData } from '../first-start.js';
import { MovableClock } from '../platform/clock/clock.js';
import { Config } from '../platform/config/config.js';
import { ensureSecretKey } from '../platform/config/secret-key.js';
import { migrate } from '../platform/database/migrate.js';
import { schema } from '../schema.js';
import { createServer } from '../server.js';
import { WorkerModule } from '../worker.module.js';

const DEFAULT_PORT = 3000;

/** The whole product, running in this process on a database that lives as long as the demo. */
export interface RunningProgram {
  app: NestFastifyApplication;
  config: Config;
  clock: MovableClock;
  url: string;
}

/** What has to be undone at the end; the newest first. */
export type Closing = (() => Promise<unknown>)[];

/**
 * Of the environment only where to listen and how much to log is taken: the demo never touches another database,
 * queue or mail server than its own.
 */
export async function startProgram(
  env: NodeJS.ProcessEnv,
  smtpUrl: string,
  at: Date,
  closing: Closing,
): Promise<RunningProgram> {
  const dataDir = await mkdtemp(join(tmpdir(), 'dong-hanh-demo-'));
  closing.unshift(() => rm(dataDir, { recursive: true, force: true }));
  const asked = new Config({ PORT: env.PORT, HOST: env.HOST, LOG_LEVEL: env.LOG_LEVEL ?? 'silent' });
  const config = new Config({
    PORT: String(await usablePort(asked.host, asked.port, env.PORT === undefined)),
    HOST: asked.host,
    LOG_LEVEL: asked.logLevel,
    DATA_DIR: dataDir,
    SMTP_URL: smtpUrl,
    MAIL_FROM: 'Đồng Hành <dong-hanh@xuctien.example>',
    INBOX_ADDRESS: 'dong-hanh@xuctien.example',
    INBOUND_MAIL_SECRET: randomBytes(32).toString('hex'),
  });
  closing.unshift(await prepareDatabase(config, { ephemeral: true }));
  ensureSecretKey(config);
  await migrate(config, schema);
  const clock = new MovableClock(config);
  clock.set(at);
  const app = await createServer(WorkerModule.forRoot(config, clock), config);
  closing.unshift(() => app.close());
  await loadReferenceData(app);
  await app.listen(config.port, config.host);
  return {
    app,
    config,
    clock,
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`,
  };
}

/** The default port may be taken, by a real installation for example: then any free one will do. */
async function usablePort(host: string, wanted: number, mayDiffer: boolean): Promise<number> {
  if (wanted !== 0 && !mayDiffer) return wanted;
  return (await tryPort(host, mayDiffer ? DEFAULT_PORT : 0)) ?? (await tryPort(host, 0)) ?? wanted;
}

function tryPort(host: string, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createTcpServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, host, () => {
      const found = (probe.address() as AddressInfo).port;
      probe.close(() => resolve(found));
    });
  });
}
