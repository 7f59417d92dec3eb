import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import { Pages, type Page, type PageSpec } from '../../../platform/http/pages.js';
import { Template, TemplateText, type MailAudience, type MailPurpose } from './template.entity.js';
import {
  toTemplateAnswer,
  type TemplateAnswer,
  type TemplateListItem,
  type TemplatesQuery,
} from './templates.dto.js';

const LIST: PageSpec = {
  sorts: {
    code: { sql: 't.code', type: 'text' },
    nameVi: { sql: 'fold(t.name_vi)', type: 'text' },
    updatedAt: { sql: 't.updated_at', type: 'timestamptz' },
  },
  defaultSort: 'code',
  id: 't.id',
};

const COLUMNS = sql`t.id, t.code, t.purpose, t.audience, t.topic, t.name_vi AS "nameVi", t.name_en AS "nameEn", t.version, t.updated_at AS "updatedAt",
  ARRAY(SELECT x.language FROM template_text x WHERE x.template_id = t.id ORDER BY x.language = 'zh', x.language = 'en') AS languages`;

export interface TemplateSummary {
  id: string;
  code: string;
  purpose: MailPurpose;
  audience: MailAudience;
  nameVi: string;
  nameEn: string;
}

@Injectable()
export class TemplatesQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  list(query: TemplatesQuery): Promise<Page<TemplateListItem>> {
    const where = [
      ...(query.purpose ? [sql`t.purpose = ANY(${query.purpose}::text[])`] : []),
      ...(query.audience ? [sql`t.audience = ANY(${query.audience}::text[])`] : []),
      ...(query.q?.trim()
        ? [sql`strpos(fold(t.code || ' ' || t.name_vi || ' ' || t.name_en), fold(${query.q.trim()})) > 0`]
        : []),
    ];
    return this.pages.read<Omit<TemplateListItem, 'updatedAt'> & { updatedAt: Date }, TemplateListItem>(
      LIST,
      { select: COLUMNS, from: sql`template t`, where },
      query,
      ({ id, code, purpose, audience, topic, nameVi, nameEn, languages, version, updatedAt }) => ({
        id,
        code,
        purpose,
        audience,
        topic,
        nameVi,
        nameEn,
        languages,
        version,
        updatedAt: updatedAt.toISOString(),
      }),
    );
  }

  async get(id: string): Promise<Template> {
    const found = await this.db.repo(Template).findOneBy({ id });
    if (!found) throw new NotFound('template_not_found');
    return found;
  }

  textsOf(templateId: string): Promise<TemplateText[]> {
    return this.db.repo(TemplateText).findBy({ templateId });
  }

  async show(id: string): Promise<TemplateAnswer> {
    return toTemplateAnswer(await this.get(id), await this.textsOf(id));
  }

  /** In no order; ids that name nothing are left out. */
  async getMany(ids: readonly string[]): Promise<TemplateSummary[]> {
    if (ids.length === 0) return [];
    return this.db.query(
      sql`SELECT id, code, purpose, audience, name_vi AS "nameVi", name_en AS "nameEn" FROM template WHERE id = ANY(${ids}::uuid[])`,
    );
  }

  async findByCode(code: string): Promise<TemplateSummary | null> {
    const [row] = await this.db.query<TemplateSummary>(
      sql`SELECT id, code, purpose, audience, name_vi AS "nameVi", name_en AS "nameEn" FROM template WHERE code = ${code}`,
    );
    return row ?? null;
  }
}
