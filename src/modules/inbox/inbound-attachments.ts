import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { LARGEST_FILE } from '../../platform/files/file-kinds.rules.js';
import { Files } from '../../platform/files/files.js';
import { ProblemError } from '../../platform/http/problem.js';
import { InboundAttachment } from './inbound-mail.entity.js';
import type { IncomingAttachment } from './incoming-mail.js';

/** Kept of one mail; of more the names. */
const MOST_KEPT = 20;
const MOST_NAMED = 100;

/** What came with a mail: kept where it is one of the kinds that may be uploaded, else named with the reason. */
@Injectable()
export class InboundAttachments {
  constructor(
    private readonly db: Database,
    private readonly files: Files,
  ) {}

  /** @param refuseAll what is not read whole, or comes in too great a number, is only named */
  async keep(
    mailId: string,
    attachments: readonly IncomingAttachment[],
    refuseAll: InboundAttachment['refusal'] = null,
  ): Promise<void> {
    if (attachments.length === 0) return;
    const folder = await mkdtemp(join(tmpdir(), 'dong-hanh-mail-'));
    try {
      for (const [index, attachment] of attachments.slice(0, MOST_NAMED).entries()) {
        const given = refuseAll ?? (index >= MOST_KEPT ? 'too_many' : refusalBefore(attachment));
        const kept = given ? { refusal: given, fileId: null } : await this.keepOne(folder, attachment);
        await this.db.repo(InboundAttachment).insert({
          id: newId(),
          mailId,
          name: attachment.name,
          size: attachment.content.length,
          ...kept,
        });
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async forget(mailIds: readonly string[]): Promise<void> {
    const gone = await this.db.query<{ fileId: string | null }>(
      `DELETE FROM inbound_attachment WHERE mail_id = ANY($1::uuid[]) RETURNING file_id AS "fileId"`,
      [mailIds],
    );
    for (const { fileId } of gone) if (fileId) await this.files.remove(fileId);
  }

  private async keepOne(
    folder: string,
    { name, content }: IncomingAttachment,
  ): Promise<Pick<InboundAttachment, 'fileId' | 'refusal'>> {
    const path = join(folder, newId());
    await writeFile(path, content, { mode: 0o600 });
    try {
      const file = await this.files.keep({ field: 'file', path, size: content.length, name });
      return { fileId: file.id, refusal: null };
    } catch (error) {
      if (error instanceof ProblemError) return { fileId: null, refusal: 'type' };
      throw error;
    }
  }
}

function refusalBefore({ content }: IncomingAttachment): InboundAttachment['refusal'] {
  if (content.length === 0) return 'empty';
  return content.length > LARGEST_FILE ? 'too_large' : null;
}
