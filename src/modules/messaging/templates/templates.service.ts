import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Conflict, Invalid, NotFound } from '../../../platform/http/problem.js';
import { checkText, type TextSource } from './template-check.rules.js';
import { Template, TemplateText, type MailTopic } from './template.entity.js';
import type { ChangeTemplate, CreateTemplate, TemplateTextInput } from './templates.dto.js';

const LANGUAGE_GONE = 'template_language_missing';

/** Only what advertises to investors has a topic, and always has one. */
function topicOf({
  purpose,
  audience,
  topic,
}: Pick<Template, 'purpose' | 'audience'> & { topic?: MailTopic }) {
  if (purpose === 'promotion' && audience === 'investor') return topic ?? 'rounds';
  if (topic !== undefined) throw new Invalid('topic', 'template_without_topic');
  return null;
}

/** Writes templates. A text that could not be sent is never stored. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  create(input: CreateTemplate): Promise<string> {
    input.texts.forEach((text, index) => checkText(text, input.audience, `texts.${index}.`));
    return this.db.transaction(async () => {
      if (await this.db.repo(Template).existsBy({ code: input.code }))
        throw new Conflict('template_code_taken', { code: input.code });
      const now = this.clock.now();
      const { code, purpose, audience, nameVi, nameEn } = input;
      const template = this.db.repo(Template).create({
        id: newId(),
        code,
        purpose,
        audience,
        topic: topicOf(input),
        nameVi,
        nameEn,
        createdAt: now,
        updatedAt: now,
      });
      await this.db.repo(Template).save(template);
      await this.write(template.id, input.texts);
      return template.id;
    });
  }

  change(id: string, version: number, changes: ChangeTemplate): Promise<void> {
    return this.db.transaction(async () => {
      const template = await this.lock(id, version);
      changes.texts?.forEach((text, index) => checkText(text, template.audience, `texts.${index}.`));
      if (changes.topic !== undefined) template.topic = topicOf({ ...template, topic: changes.topic });
      if (changes.nameVi !== undefined) template.nameVi = changes.nameVi;
      if (changes.nameEn !== undefined) template.nameEn = changes.nameEn;
      await this.touch(template);
      if (changes.texts) await this.write(id, changes.texts);
    });
  }

  putText(id: string, version: number, text: TemplateTextInput): Promise<void> {
    return this.db.transaction(async () => {
      const template = await this.lock(id, version);
      checkText(text, template.audience);
      await this.touch(template);
      await this.write(id, [text]);
    });
  }

  /** The last text stays: a template without any could not be sent. */
  removeText(id: string, version: number, language: string): Promise<void> {
    return this.db.transaction(async () => {
      const template = await this.lock(id, version);
      const texts = await this.db.repo(TemplateText).findBy({ templateId: id });
      const text = texts.find((one) => one.language === language);
      if (!text) throw new NotFound(LANGUAGE_GONE);
      if (texts.length === 1) throw new Invalid('language', 'template_without_text');
      await this.touch(template);
      await this.db.repo(TemplateText).remove(text);
    });
  }

  private async lock(id: string, version: number): Promise<Template> {
    const found = await this.db
      .repo(Template)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!found) throw new NotFound('template_not_found');
    assertVersion(found.version, version);
    return found;
  }

  /** The template's version grows also when nothing but a text changes. */
  private async touch(template: Template): Promise<void> {
    const { id, topic, nameVi, nameEn } = template;
    await this.db.execute(
      `UPDATE template SET topic = $2, name_vi = $3, name_en = $4, updated_at = $5, version = version + 1 WHERE id = $1`,
      [id, topic, nameVi, nameEn, this.clock.now()],
    );
  }

  private async write(
    templateId: string,
    texts: readonly (TextSource & { language: string })[],
  ): Promise<void> {
    await this.db.execute(
      `INSERT INTO template_text (id, template_id, language, subject, body, version)
       SELECT id, $1, language, subject, body, 1 FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS t (id, language, subject, body)
       ON CONFLICT (template_id, language) DO UPDATE SET subject = excluded.subject, body = excluded.body, version = template_text.version + 1`,
      [
        templateId,
        texts.map(() => newId()),
        texts.map((text) => text.language),
        texts.map((text) => text.subject),
        texts.map((text) => text.body),
      ],
    );
  }
}
