import type { Database } from '../../platform/database/database.js';

const ROWS_AT_ONCE = 5000;

/** Column → its PostgreSQL type. A value that starts with `=` is an expression of each row instead. */
export type BulkColumns = Record<string, string>;

/** Inserts by one array a column: the fastest way short of COPY, and a fixed number of parameters. */
export async function bulkInsert(
  db: Database,
  table: string,
  columns: BulkColumns,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const names = Object.keys(columns);
  const given = names.filter((name) => !columns[name]!.startsWith('='));
  const arrays = given.map((name, index) => `$${index + 1}::${columns[name]}[]`);
  const values = names.map((name) =>
    columns[name]!.startsWith('=') ? columns[name]!.slice(1) : `t.${name}`,
  );
  const statement = `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM unnest(${arrays.join(', ')}) AS t (${given.join(', ')})`;
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const chunk = rows.slice(start, start + ROWS_AT_ONCE);
    await db.execute(
      statement,
      given.map((name) =>
        chunk.map((row) =>
          columns[name] === 'jsonb' && row[name] != null ? JSON.stringify(row[name]) : (row[name] ?? null),
        ),
      ),
    );
  }
}
