import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Pages, type Page, type PageSpec } from '../../platform/http/pages.js';
import type { AuditQuery, AuditRow } from './audit.dto.js';

/** By the order in which entries were written, which a moved clock does not change. */
const LIST: PageSpec = {
  sorts: { at: { sql: 'a.id', type: 'bigint' } },
  defaultSort: '-at',
  id: 'a.id',
  idType: 'bigint',
};

@Injectable()
export class AuditQueries {
  constructor(private readonly pages: Pages) {}

  read<T>(query: AuditQuery, show: (row: AuditRow) => T): Promise<Page<T>> {
    const where = [];
    if (query.table) where.push(sql`a.table_name = ${query.table}`);
    if (query.rowId) where.push(sql`a.row_id = ${query.rowId}`);
    if (query.actorId) where.push(sql`a.actor_id = ${query.actorId}`);
    if (query.q) where.push(sql`strpos(fold(a.changes::text), fold(${query.q})) > 0`);
    const select = sql`a.id, a.at, a.actor_kind AS "actorKind", a.actor_id AS "actorId", coalesce(u.name, k.name) AS "actorName",
      a.request_id AS "requestId", a.table_name AS "tableName", a.row_id AS "rowId", a.action, a.changes`;
    const joins = sql`LEFT JOIN app_user u ON u.id = a.actor_id LEFT JOIN api_key k ON k.id = a.actor_id`;
    return this.pages.read<AuditRow, T>(
      LIST,
      { select, from: sql`audit_entry a`, joins, where },
      query,
      show,
    );
  }
}
