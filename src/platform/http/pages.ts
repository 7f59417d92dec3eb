import { Injectable } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { Invalid } from './problem.js';

/** What every list takes. */
export class PageQuery {
  /** Rows of a page, 1 to 200. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string;

  /** Keys of this list, `-` for descending. @example "-lastActivityAt,name" */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  sort?: string;

  /** Search, accents and case ignored. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}

/** A key that a list can be sorted by: never null (wrap it in coalesce), with its SQL type. */
export interface SortKey {
  sql: string;
  type: 'timestamptz' | 'text' | 'date' | 'numeric' | 'int' | 'bigint' | 'uuid';
}

export interface PageSpec {
  sorts: Record<string, SortKey>;
  defaultSort: string;
  /** Unique, ends every order. @example "lead.id" */
  id: string;
  /** Default `uuid`. */
  idType?: 'uuid' | 'bigint';
}

export interface PageParts {
  /** The columns shown. */
  select: Sql;
  /** Tables that filters and sorts need; what only the columns need goes into `joins`. */
  from: Sql;
  joins?: Sql;
  where?: Sql[];
}

const COUNTED_AT_MOST = 10_000;

interface Order {
  key: SortKey;
  descending: boolean;
}

/** Keyset pages: a page never repeats or skips a row because another was added. */
@Injectable()
export class Pages {
  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  async read<Row extends object, T>(
    spec: PageSpec,
    parts: PageParts,
    query: PageQuery,
    show: (row: Row) => T,
  ): Promise<Page<T>> {
    const sort = query.sort ?? spec.defaultSort;
    const orders = readSort(spec, sort);
    const limit = query.limit ?? 50;
    const after =
      query.cursor === undefined
        ? []
        : [beyond(orders, decodeCursor(query.cursor, sort, this.config.secretKey).keys)];
    const where = parts.where ?? [];
    const keys = orders.map((order, index) => raw(`(${order.key.sql})::text AS "_k${index}"`));
    const orderBy = orders.map((order) => raw(`${order.key.sql} ${order.descending ? 'DESC' : 'ASC'}`));
    const rows = await this.db.query<Row & Record<`_k${number}`, string>>(sql`
      SELECT ${parts.select}, ${join(keys)} FROM ${parts.from} ${parts.joins ?? empty}
      ${whereClause([...where, ...after])} ORDER BY ${join(orderBy)} LIMIT ${limit + 1}`);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const nextCursor =
      rows.length > limit && last
        ? encodeCursor(
            { sort, keys: orders.map((_, index) => last[`_k${index}`] ?? null) },
            this.config.secretKey,
          )
        : null;
    const exact = query.cursor === undefined && nextCursor === null ? shown.length : undefined;
    return {
      items: shown.map((row) => show(withoutKeys(row))),
      nextCursor,
      ...(await this.total(parts.from, where, exact)),
    };
  }

  private async total(
    from: Sql,
    where: Sql[],
    exact?: number,
  ): Promise<Pick<Page<never>, 'total' | 'totalIsEstimate'>> {
    if (exact !== undefined) return { total: exact };
    const body = sql`FROM ${from} ${whereClause(where)}`;
    const [row] = await this.db.query<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM (SELECT 1 ${body} LIMIT ${COUNTED_AT_MOST + 1}) AS counted`,
    );
    if (row!.n <= COUNTED_AT_MOST) return { total: row!.n };
    const [plan] = await this.db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
      sql`EXPLAIN (FORMAT JSON) SELECT 1 ${body}`,
    );
    return {
      total: Math.max(COUNTED_AT_MOST + 1, plan!['QUERY PLAN'][0].Plan['Plan Rows']),
      totalIsEstimate: true,
    };
  }
}

/** The keys are the cursor's, no part of what is shown. */
function withoutKeys<Row extends object>(row: Row): Row {
  for (const name of Object.keys(row)) if (/^_k\d$/.test(name)) delete (row as Record<string, unknown>)[name];
  return row;
}

export function whereClause(conditions: Sql[]): Sql {
  return conditions.length === 0 ? empty : sql`WHERE ${join(conditions, ' AND ')}`;
}

function readSort(spec: PageSpec, sort: string): Order[] {
  const orders = sort.split(',').map((part): Order => {
    const descending = part.startsWith('-');
    const name = descending ? part.slice(1) : part;
    const key = Object.hasOwn(spec.sorts, name) ? spec.sorts[name] : undefined;
    if (!key) throw new Invalid('sort', 'not_one_of');
    return { key, descending };
  });
  if (orders.length > 3) throw new Invalid('sort', 'too_many', { limit: 3 });
  return [
    ...orders,
    { key: { sql: spec.id, type: spec.idType ?? 'uuid' }, descending: orders.at(-1)!.descending },
  ];
}

/** Rows behind the cursor; a row comparison when all keys run one way, since an index can answer it. */
function beyond(orders: Order[], keys: (string | null)[]): Sql {
  const values = orders.map((order, index) => sql`${keys[index]}::${raw(order.key.type)}`);
  if (orders.every((order) => order.descending === orders[0]!.descending)) {
    const columns = join(orders.map((order) => raw(order.key.sql)));
    return sql`(${columns}) ${raw(orders[0]!.descending ? '<' : '>')} (${join(values)})`;
  }
  const branches = orders.map((order, index) => {
    const equal = orders.slice(0, index).map((earlier, at) => sql`${raw(earlier.key.sql)} = ${values[at]}`);
    return sql`(${join([...equal, sql`${raw(order.key.sql)} ${raw(order.descending ? '<' : '>')} ${values[index]}`], ' AND ')})`;
  });
  return sql`(${join(branches, ' OR ')})`;
}
