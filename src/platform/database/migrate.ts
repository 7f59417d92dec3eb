import { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { connectionOptions, type Schema } from './database.module.js';

/** Any number that no other program uses: processes that start together take turns by it. */
const START_LOCK = 7_201_964;

/** Runs the work while every other process of ours that starts waits. */
export async function oneAtATime<T>(source: DataSource, work: () => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [START_LOCK]);
    return await work();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [START_LOCK]).catch(() => undefined);
    await runner.release();
  }
}

async function connected<T>(
  config: Config,
  schema: Schema,
  work: (source: DataSource) => Promise<T>,
): Promise<T> {
  const source = await new DataSource({ ...connectionOptions(config, schema), poolSize: 3 }).initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/** Brings the database to the newest schema; how many steps that took. */
export async function migrate(config: Config, schema: Schema): Promise<number> {
  return connected(config, schema, (source) =>
    oneAtATime(source, async () => (await source.runMigrations()).length),
  );
}

/** Statements by which the entities differ from the migrated database; empty when they agree. */
export async function drift(config: Config, schema: Schema): Promise<string[]> {
  const source = await new DataSource({ ...connectionOptions(config, schema), poolSize: 1 }).initialize();
  try {
    await source.runMigrations();
    await source.query(GENERATED_COLUMNS);
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query).filter((query) => !isGeneratedSearch(query));
  } finally {
    await source.destroy();
  }
}

/** TypeORM looks here for the expressions of generated columns; ours are not its business, so it finds nothing. */
const GENERATED_COLUMNS = `CREATE TEMPORARY TABLE typeorm_metadata
  (type varchar, database varchar, schema varchar, "table" varchar, name varchar, value text)`;

/** Generated search columns and their indexes live in migrations alone: no entity reads or writes them. */
function isGeneratedSearch(query: string): boolean {
  return /^(ALTER TABLE "\w+" DROP COLUMN "search"$|DROP INDEX "public"."\w+_search_idx"$|DELETE FROM "typeorm_metadata")/.test(
    query,
  );
}
