import { Client, DatabaseError } from 'pg';
import { DATABASE_NAME, DATABASE_USER } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';

const ATTEMPT_LIMIT_MS = 3_000;

/** Answered by PostgreSQL itself: the password is wrong. */
const WRONG_PASSWORD = new Set(['28P01', '28000']);

export function databaseUrl(port: number, password: string, database = DATABASE_NAME): string {
  return `postgres://${DATABASE_USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** `busy`: it answers that it cannot serve us now, for it is starting, recovering, stopping or full. */
export type ServerState = 'ready' | 'busy' | 'silent';

export async function askState(port: number, password: string): Promise<ServerState> {
  try {
    await withClient(databaseUrl(port, password, 'postgres'), (client) => client.query('SELECT 1'));
    return 'ready';
  } catch (error) {
    const code = error instanceof DatabaseError ? (error.code ?? '') : '';
    if (!WRONG_PASSWORD.has(code)) return code ? 'busy' : 'silent';
    throw new EmbeddedPostgresError(
      'The embedded PostgreSQL refuses the password kept beside its data: the password file and the data do not belong together, restore both from the same backup.',
    );
  }
}

export async function ensureDatabase(port: number, password: string): Promise<void> {
  await withClient(databaseUrl(port, password, 'postgres'), async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE_NAME]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE_NAME}`);
  });
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: ATTEMPT_LIMIT_MS,
    application_name: 'dong-hanh launcher',
    ssl: false,
  });
  // A server that stops in the middle ends the socket outside any awaited call.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    void client.end().catch(() => undefined);
  }
}
