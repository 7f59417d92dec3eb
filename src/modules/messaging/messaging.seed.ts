import { readFile } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import type { Language } from '../../platform/i18n/i18n.js';
import type { MailAudience, MailPurpose, MailTopic } from './templates/template.entity.js';

export interface SeedTemplate {
  code: string;
  purpose: MailPurpose;
  audience: MailAudience;
  /** Of promotion mail to investors. */
  topic?: MailTopic;
  nameVi: string;
  nameEn: string;
  /** The body line by line. */
  texts: Partial<Record<Language, { subject: string; body: string[] }>>;
}

export async function readSeedTemplates(): Promise<SeedTemplate[]> {
  return JSON.parse(
    await readFile(new URL('./data/templates.json', import.meta.url), 'utf8'),
  ) as SeedTemplate[];
}

/** The letters that the product brings; what an administrator wrote since stays. */
@Injectable()
export class MessagingSeed {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async load(): Promise<void> {
    const templates = await readSeedTemplates();
    await this.db.transaction(async () => {
      const now = this.clock.now();
      const added = await this.db.query<{ id: string; code: string }>(
        `INSERT INTO template (id, code, purpose, audience, topic, name_vi, name_en, version, created_at, updated_at)
         SELECT id, code, purpose, audience, topic, name_vi, name_en, 1, $8, $8
           FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[]) AS t (id, code, purpose, audience, topic, name_vi, name_en)
         ON CONFLICT (code) DO NOTHING RETURNING id, code`,
        [
          templates.map(() => newId()),
          templates.map((one) => one.code),
          templates.map((one) => one.purpose),
          templates.map((one) => one.audience),
          templates.map((one) => one.topic ?? null),
          templates.map((one) => one.nameVi),
          templates.map((one) => one.nameEn),
          now,
        ],
      );
      const ids = new Map(added.map(({ id, code }) => [code, id]));
      const texts = templates.flatMap(({ code, texts: its }) => {
        const templateId = ids.get(code);
        return templateId
          ? Object.entries(its).map(([language, text]) => ({ templateId, language, ...text }))
          : [];
      });
      await this.db.execute(
        `INSERT INTO template_text (id, template_id, language, subject, body, version)
         SELECT *, 1 FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])`,
        [
          texts.map(() => newId()),
          texts.map((text) => text.templateId),
          texts.map((text) => text.language),
          texts.map((text) => text.subject),
          texts.map((text) => text.body.join('\n')),
        ],
      );
    });
  }
}
