import type { DataSource } from 'typeorm';
import type { Pool, PoolClient } from 'pg';
import type { Database } from '../../platform/database/database.js';

interface Answer {
  command: string;
  rowCount: number;
  rows: Record<string, unknown>[];
}

interface JoinedClient {
  query(statement: string, params: unknown[]): Promise<Answer>;
  release(): void;
}

/** What better-auth asks of a `pg.Pool`. */
export interface AuthPool {
  connect(): Promise<PoolClient | JoinedClient>;
  end(): Promise<void>;
}

/**
 * better-auth's door to PostgreSQL: the program's own pool, or the open transaction of `Database` when there
 * is one, so that what it writes there is undone with it and the audit knows who acted.
 */
export function authPool(source: DataSource, db: Database): AuthPool {
  const pool = (source.driver as unknown as { master: Pool }).master;
  return {
    connect: async () => (db.inTransaction ? joined(db) : pool.connect()),
    // The pool belongs to the DataSource, which closes it.
    end: async () => undefined,
  };
}

/** Its own begin and commit are left out: the outer transaction decides. */
function joined(db: Database): JoinedClient {
  return {
    async query(statement, params) {
      const command = /^\s*(\w+)/.exec(statement)?.[1]?.toUpperCase() ?? '';
      if (['BEGIN', 'START', 'COMMIT', 'ROLLBACK'].includes(command))
        return { command, rowCount: 0, rows: [] };
      if (command !== 'SELECT' && !/\breturning\b/i.test(statement)) {
        return { command, rowCount: await db.execute(statement, params), rows: [] };
      }
      const rows = await db.query(statement, params);
      return { command, rowCount: rows.length, rows };
    },
    release: () => undefined,
  };
}
