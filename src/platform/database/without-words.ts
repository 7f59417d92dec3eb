import sql, { join, raw, type Sql } from 'sql-template-tag';

/**
 * Takes what names a person out of columns of text or JSON, in the rows that have it. Whole rows stay.
 * @param columns names that the program knows
 */
export function withoutWords(
  table: string,
  columns: readonly string[],
  where: Sql,
  words: readonly string[],
): Sql {
  const cleaned = (column: string) => sql`without_words(${raw(column)}, ${words}::text[])`;
  const sets = join(columns.map((column) => sql`${raw(column)} = ${cleaned(column)}`));
  const changed = join(
    columns.map((column) => sql`${raw(column)} IS DISTINCT FROM ${cleaned(column)}`),
    ' OR ',
  );
  return sql`UPDATE ${raw(table)} SET ${sets} WHERE (${where}) AND (${changed})`;
}
