import { Injectable } from '@nestjs/common';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { UserRole } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import type { UserLanguage } from '../identity/app-user.entity.js';
import { roleMay } from '../identity/permissions.js';
import type { QuestionReport } from '../reports/report-questions.queries.js';
import { FEED_TOKEN, hashOf } from './report-feed.rules.js';
import type { ReportFeedAnswer } from './report-feeds.dto.js';

type Row = Omit<ReportFeedAnswer, 'createdAt'> & { createdAt: Date };

export interface OpenFeed {
  report: QuestionReport;
  query: Record<string, string>;
  language: UserLanguage;
  maker: { id: string; name: string; role: UserRole };
}

@Injectable()
export class ReportFeedsQueries {
  constructor(private readonly db: Database) {}

  async list(): Promise<{ items: ReportFeedAnswer[] }> {
    return { items: await this.read(empty) };
  }

  async get(id: string): Promise<ReportFeedAnswer> {
    const [found] = await this.read(sql`WHERE f.id = ${id}`);
    if (!found) throw new NotFound('feed_not_found');
    return found;
  }

  /** The feed of an address; not there once it is revoked, or its maker may not read reports today. */
  async open(token: string): Promise<OpenFeed> {
    if (!FEED_TOKEN.test(token)) throw new NotFound('feed_not_found');
    const [found] = await this.db.query<OpenFeed>(
      sql`SELECT f.report, f.query, f.language, json_build_object('id', u.id, 'name', u.name, 'role', u.role) AS maker
            FROM report_feed f JOIN app_user u ON u.id = f.maker_id
           WHERE f.token_hash = ${hashOf(token)} AND u.deactivated_at IS NULL`,
    );
    if (!found || !roleMay(found.maker.role, 'report.share')) throw new NotFound('feed_not_found');
    return found;
  }

  private async read(where: Sql): Promise<ReportFeedAnswer[]> {
    const rows = await this.db.query<Row>(
      sql`SELECT f.id, f.name, f.report, f.query, f.language, json_build_object('id', u.id, 'name', u.name) AS maker,
                 f.created_at AS "createdAt"
            FROM report_feed f JOIN app_user u ON u.id = f.maker_id ${where} ORDER BY f.created_at DESC, f.id DESC`,
    );
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
  }
}
