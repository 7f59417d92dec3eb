import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, type Page, type PageSpec } from '../../platform/http/pages.js';
import type {
  InboundAttachmentItem,
  InboundMailDetail,
  InboundMailItem,
  InboundMailsQuery,
} from './inbound-mails.dto.js';

const LIST: PageSpec = {
  sorts: { receivedAt: { sql: 'i.received_at', type: 'timestamptz' } },
  defaultSort: '-receivedAt',
  id: 'i.id',
};

const COLUMNS = sql`i.id, i.received_at AS "receivedAt", i.from_address AS "fromAddress", i.from_name AS "fromName", i.subject,
  left(coalesce(nullif(i.words, ''), i.text), 200) AS excerpt, i.kind, i.state, i.matched_by AS "matchedBy", i.other_address AS "otherAddress",
  i.bounce_code AS "bounceCode", i.return_on::text AS "returnOn", i.meeting_reply AS "meetingReply", i.note, i.version,
  (SELECT count(*)::int FROM inbound_attachment a WHERE a.mail_id = i.id) AS attachments,
  CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', c.full_name) END AS contact,
  CASE WHEN l.id IS NOT NULL THEN json_build_object('id', l.id, 'reference', l.reference, 'firm', json_build_object('id', f.id, 'name', f.name)) END AS lead`;

const JOINS = sql`LEFT JOIN contact c ON c.id = i.contact_id LEFT JOIN lead l ON l.id = i.lead_id LEFT JOIN firm f ON f.id = l.firm_id`;

type Row = Omit<InboundMailItem, 'receivedAt'> & { receivedAt: Date };
type DetailRow = Row & Pick<InboundMailDetail, 'toAddresses' | 'words' | 'text' | 'files' | 'message'>;

/** What came in by mail, for the agency's own people. */
@Injectable()
export class InboundMailsQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  list(query: InboundMailsQuery): Promise<Page<InboundMailItem>> {
    return this.pages.read<Row, InboundMailItem>(
      LIST,
      { select: COLUMNS, from: sql`inbound_mail i`, joins: JOINS, where: filters(query) },
      query,
      show,
    );
  }

  async get(id: string): Promise<InboundMailDetail> {
    const [row] = await this.db.query<DetailRow>(sql`
      SELECT ${COLUMNS}, i.to_addresses AS "toAddresses", i.words, i.text,
             (SELECT json_build_object('id', m.id, 'subject', m.subject) FROM message m WHERE m.id = i.message_id) AS message,
             coalesce((SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'size', a.size, 'refusal', a.refusal) ORDER BY a.id)
                         FROM inbound_attachment a WHERE a.mail_id = i.id), '[]'::json) AS files
        FROM inbound_mail i ${JOINS} WHERE i.id = ${id}`);
    if (!row) throw new NotFound('inbound_mail_not_found');
    const { toAddresses, words, text, message } = row;
    const files = row.files.map(({ id: fileId, name, size, refusal }): InboundAttachmentItem => ({
      id: fileId,
      name,
      size,
      refusal,
    }));
    return { ...show(row), toAddresses: withoutMarks(toAddresses), words, text, message, files };
  }

  /** The stored file behind an attachment that was kept. */
  async fileOf(mailId: string, attachmentId: string): Promise<string> {
    const [row] = await this.db.query<{ fileId: string }>(sql`
      SELECT file_id AS "fileId" FROM inbound_attachment WHERE id = ${attachmentId} AND mail_id = ${mailId} AND file_id IS NOT NULL`);
    if (!row) throw new NotFound('file_not_found');
    return row.fileId;
  }
}

/** Whoever had the mark of a letter could write in the investor's name. */
function withoutMarks(addresses: string): string {
  return addresses.replace(/\+[a-z2-7]{42}@/g, '+…@');
}

function filters(query: InboundMailsQuery): Sql[] {
  return [
    ...(query.state ? [sql`i.state = ANY(${query.state}::text[])`] : []),
    ...(query.kind ? [sql`i.kind = ANY(${query.kind}::text[])`] : []),
    ...(query.leadId ? [sql`i.lead_id = ANY(${query.leadId}::uuid[])`] : []),
    ...(query.contactId ? [sql`i.contact_id = ANY(${query.contactId}::uuid[])`] : []),
    ...(query.q?.trim()
      ? [
          sql`strpos(fold(i.subject || ' ' || i.from_name || ' ' || i.from_address), fold(${query.q.trim()})) > 0`,
        ]
      : []),
  ];
}

function show(row: Row): InboundMailItem {
  const { id, fromAddress, fromName, subject, excerpt, kind, state, matchedBy, lead, contact } = row;
  const { otherAddress, bounceCode, returnOn, meetingReply, note, attachments, version, receivedAt } = row;
  return {
    id,
    receivedAt: receivedAt.toISOString(),
    fromAddress,
    fromName,
    subject,
    excerpt,
    kind,
    state,
    matchedBy,
    lead,
    contact,
    otherAddress,
    bounceCode,
    returnOn,
    meetingReply,
    note,
    attachments,
    version,
  };
}
