import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import type { Actor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Pages, type Page, type PageQuery, type PageSpec } from '../../platform/http/pages.js';
import { Forbidden, NotFound } from '../../platform/http/problem.js';
import {
  toApiKeyAnswer,
  type ApiKeyAnswer,
  type ApiKeyRow,
  type CreateApiKey,
  type NewApiKeyAnswer,
} from './api-keys.dto.js';
import { Auth } from './auth.js';

const LIST: PageSpec = {
  sorts: {
    name: { sql: `coalesce(k.name, '')`, type: 'text' },
    createdAt: { sql: 'k.created_at', type: 'timestamptz' },
  },
  defaultSort: '-createdAt',
  id: 'k.id',
};

const COLUMNS =
  raw(`k.id, k.name, k.metadata::jsonb ->> 'role' AS role, k.start, k.created_by_id AS "createdById",
  u.name AS "createdByName", k.created_at AS "createdAt", k.expires_at AS "expiresAt"`);
const FROM = sql`api_key k JOIN app_user u ON u.id = k.created_by_id`;

/** Keys for programs: made by better-auth's plugin, inside our transaction. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly db: Database,
    private readonly auth: Auth,
    private readonly pages: Pages,
  ) {}

  list(query: PageQuery): Promise<Page<ApiKeyAnswer>> {
    return this.pages.read<ApiKeyRow, ApiKeyAnswer>(
      LIST,
      { select: sql`${COLUMNS}`, from: FROM },
      query,
      toApiKeyAnswer,
    );
  }

  /** A key belongs to the person who made it and ends with that account; a key makes no keys. */
  create({ name, role, expiresInDays }: CreateApiKey, actor: Actor): Promise<NewApiKeyAnswer> {
    if (actor.kind !== 'user' || actor.id === null) throw new Forbidden();
    const userId = actor.id;
    const expiresIn = expiresInDays === undefined ? null : expiresInDays * 24 * 3600;
    return this.db.transaction(async () => {
      const { id, key } = await this.auth.library.api.createApiKey({
        body: { name, userId, expiresIn, metadata: { role } },
      });
      const [row] = await this.db.query<ApiKeyRow>(sql`SELECT ${COLUMNS} FROM ${FROM} WHERE k.id = ${id}`);
      return { ...toApiKeyAnswer(row!), key };
    });
  }

  remove(id: string): Promise<void> {
    return this.db.transaction(async () => {
      const removed = await this.db.execute(sql`DELETE FROM api_key WHERE id = ${id}`);
      if (removed === 0) throw new NotFound();
    });
  }
}
