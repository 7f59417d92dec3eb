import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Files, type OpenFile } from '../../../platform/files/files.js';
import { NotFound } from '../../../platform/http/problem.js';
import type { DocumentAnswer } from './documents.dto.js';

const SELECT = `
  SELECT d.id, d.lead_id AS "leadId", d.direction, d.title, d.note, d.shared_with_investor AS "sharedWithInvestor",
         (SELECT json_build_object('id', c.id, 'name', c.full_name) FROM contact c WHERE c.id = d.contact_id) AS contact,
         (SELECT json_build_object('name', f.name, 'size', f.size, 'mediaType', f.media_type) FROM stored_file f WHERE f.id = d.file_id) AS file,
         (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = d.added_by_id) AS "addedBy",
         d.added_at AS "addedAt", d.removed_at IS NOT NULL AS removed, d.version
    FROM lead_document d`;

type Row = Omit<DocumentAnswer, 'addedAt'> & { addedAt: Date };

/** The papers of a lead, as the agency sees them. */
@Injectable()
export class DocumentsQueries {
  constructor(
    private readonly db: Database,
    private readonly files: Files,
  ) {}

  async list(leadId: string): Promise<{ items: DocumentAnswer[] }> {
    const [lead] = await this.db.query(`SELECT 1 FROM lead WHERE id = $1`, [leadId]);
    if (!lead) throw new NotFound('lead_not_found');
    const rows = await this.db.query<Row>(
      `${SELECT} WHERE d.lead_id = $1 AND d.removed_at IS NULL ORDER BY d.added_at DESC, d.id DESC`,
      [leadId],
    );
    return { items: rows.map(show) };
  }

  async get(leadId: string, id: string): Promise<DocumentAnswer> {
    const [row] = await this.db.query<Row>(`${SELECT} WHERE d.lead_id = $1 AND d.id = $2`, [leadId, id]);
    if (!row) throw new NotFound('document_not_found');
    return show(row);
  }

  async open(leadId: string, id: string): Promise<OpenFile> {
    const [row] = await this.db.query<{ fileId: string | null }>(
      `SELECT file_id AS "fileId" FROM lead_document WHERE lead_id = $1 AND id = $2`,
      [leadId, id],
    );
    if (!row) throw new NotFound('document_not_found');
    if (row.fileId === null) throw new NotFound('file_not_found');
    return this.files.open(row.fileId);
  }
}

function show(row: Row): DocumentAnswer {
  return { ...row, addedAt: row.addedAt.toISOString() };
}
