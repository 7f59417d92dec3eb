import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { Pages, type Page, type PageSpec } from '../../platform/http/pages.js';
import type { Colleague, UserRow, UsersQuery } from './users.dto.js';

const LIST: PageSpec = {
  sorts: {
    name: { sql: 'fold(u.name)', type: 'text' },
    email: { sql: 'u.email', type: 'text' },
    createdAt: { sql: 'u.created_at', type: 'timestamptz' },
  },
  defaultSort: 'name',
  id: 'u.id',
};

const COLUMNS =
  raw(`u.id, u.name, u.email, u.title, u.phone, u.role, u.language, u.district_ids AS "districtIds", u.languages, u.must_change_password AS "mustChangePassword",
  u.invited_at AS "invitedAt", u.deactivated_at AS "deactivatedAt", u.sample, u.version,
  u.created_at AS "createdAt", u.updated_at AS "updatedAt"`);

/** More people than any agency has: the list is for choosing an owner or a helper, not for paging. */
const COLLEAGUES_MAX = 500;

@Injectable()
export class UsersList {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  read<T>(query: UsersQuery, show: (row: UserRow) => T): Promise<Page<T>> {
    const where = [];
    if (query.role) where.push(sql`u.role = ANY(${query.role}::text[])`);
    if (query.active !== undefined)
      where.push(query.active ? sql`u.deactivated_at IS NULL` : sql`u.deactivated_at IS NOT NULL`);
    if (query.q) where.push(sql`strpos(fold(u.name || ' ' || u.email), fold(${query.q})) > 0`);
    return this.pages.read<UserRow, T>(
      LIST,
      { select: sql`${COLUMNS}`, from: sql`app_user u`, where },
      query,
      show,
    );
  }

  /** Everyone who can own something, by name. */
  colleagues(): Promise<Colleague[]> {
    return this.db.query<Colleague>(
      sql`SELECT id, name, role FROM app_user WHERE deactivated_at IS NULL ORDER BY fold(name), id LIMIT ${COLLEAGUES_MAX}`,
    );
  }
}
