import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { AppModule } from '../../src/app.module.js';
import { loadReferenceData } from '../../src/first-start.js';
import { Config } from '../../src/platform/config/config.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { schema } from '../../src/schema.js';

const TEMPLATE = 'dong_hanh_template';
const SECRET = 'a-secret-for-tests-of-32-characters';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

export function testConfig(env: Record<string, string>, roles: ('web' | 'worker')[]): Config {
  return new Config(
    {
      NODE_ENV: 'test',
      LOG_LEVEL: 'silent',
      SECRET_KEY: SECRET,
      PORT: '3000',
      DATABASE_POOL_SIZE: '10',
      ...env,
    },
    roles,
  );
}

function serverUrl(database?: string): string {
  const given = process.env.TEST_PG_URL;
  if (!given)
    throw new Error(
      'TEST_PG_URL is missing: run the tests through jest, whose global setup starts PostgreSQL.',
    );
  const url = new URL(given);
  if (database) url.pathname = `/${database}`;
  return url.href;
}

async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: serverUrl('postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A migrated database with the reference data, copied from a template that the first test file makes. */
export async function createDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(async (client) => {
    await client.query('SELECT pg_advisory_lock(42)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (!rowCount) await makeTemplate(client);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  });
  return {
    url: serverUrl(name),
    drop: () =>
      onServer(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

async function makeTemplate(client: Client): Promise<void> {
  const building = `${TEMPLATE}_building`;
  await client.query(`DROP DATABASE IF EXISTS ${building} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${building}`);
  await fillDatabase(serverUrl(building));
  await client.query(`ALTER DATABASE ${building} RENAME TO ${TEMPLATE}`);
}

/** Brings an empty database to what a first start leaves: migrated, with the reference data. */
export async function fillDatabase(url: string): Promise<void> {
  const config = testConfig({ DATABASE_URL: url }, ['web']);
  await migrate(config, schema);
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: false,
    abortOnError: false,
  });
  await loadReferenceData(app);
  await app.close();
}
