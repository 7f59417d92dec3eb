import { Injectable } from '@nestjs/common';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Actor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import type { ViewPage } from './saved-view.entity.js';
import type { SavedViewAnswer } from './saved-views.dto.js';

type Row = Omit<SavedViewAnswer, 'mine' | 'createdAt' | 'updatedAt'> & {
  ownerId: string;
  createdAt: Date;
  updatedAt: Date;
};

/** Far more than a menu can show. */
const MOST_LISTED = 500;

const VIEWS = sql`
  SELECT v.id, v.name, v.page, v.query, v.shared, v.owner_id AS "ownerId", json_build_object('id', u.id, 'name', u.name) AS owner,
         v.created_at AS "createdAt", v.updated_at AS "updatedAt", v.version
    FROM saved_view v JOIN app_user u ON u.id = v.owner_id`;

@Injectable()
export class SavedViewsQueries {
  constructor(private readonly db: Database) {}

  async list(page: ViewPage | undefined, actor: Actor): Promise<{ items: SavedViewAnswer[] }> {
    const mine = sql`v.owner_id IS NOT DISTINCT FROM ${actor.id}::uuid`;
    const ofPage: Sql = page ? sql`AND v.page = ${page}` : empty;
    const rows = await this.db.query<Row>(
      sql`${VIEWS} WHERE (${mine} OR v.shared) ${ofPage} ORDER BY ${mine} DESC, fold(v.name), v.id LIMIT ${MOST_LISTED}`,
    );
    return { items: rows.map((row) => show(row, actor)) };
  }

  /** After the caller made or changed it: a manager who took back what another shared sees it for the last time. */
  async afterChange(id: string, actor: Actor): Promise<SavedViewAnswer> {
    const [row] = await this.db.query<Row>(sql`${VIEWS} WHERE v.id = ${id}`);
    if (!row) throw new NotFound('view_not_found');
    return show(row, actor);
  }
}

function show({ ownerId, createdAt, updatedAt, ...row }: Row, actor: Actor): SavedViewAnswer {
  return {
    ...row,
    mine: ownerId === actor.id,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
