import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, type Page, type PageSpec } from '../../platform/http/pages.js';
import { withoutTokens } from './answer-token.rules.js';
import type { MessageDetail, MessageListItem, MessagesQuery } from './messages.dto.js';

const LIST: PageSpec = {
  sorts: {
    createdAt: { sql: 'm.created_at', type: 'timestamptz' },
    sentAt: { sql: `coalesce(m.sent_at, '-infinity')`, type: 'timestamptz' },
    notBefore: { sql: 'm.not_before', type: 'timestamptz' },
  },
  defaultSort: '-createdAt',
  id: 'm.id',
};

const COLUMNS = sql`m.id, m.status, m.purpose, m.audience, m.language, m.round_id AS "roundId", m.reminder_id AS "reminderId", m.to_address AS "toAddress",
  m.subject, m.not_before AS "notBefore", m.sent_at AS "sentAt", m.attempts, m.error_code AS "errorCode", m.created_at AS "createdAt", m.version,
  t.id AS "templateId", t.code AS "templateCode", t.name_vi AS "templateNameVi", t.name_en AS "templateNameEn",
  c.id AS "contactId", c.full_name AS "contactName", f.id AS "firmId", f.name AS "firmName", u.id AS "userId", u.name AS "userName",
  l.id AS "leadId", l.reference AS "leadReference", a.answer, a.note AS "answerNote", a.until_day::text AS "answerUntil", a.at AS "answeredAt"`;

const JOINS = sql`JOIN template t ON t.id = m.template_id LEFT JOIN contact c ON c.id = m.contact_id LEFT JOIN firm f ON f.id = c.firm_id
  LEFT JOIN app_user u ON u.id = m.user_id LEFT JOIN lead l ON l.id = m.lead_id LEFT JOIN message_answer a ON a.message_id = m.id`;

const DETAILS = sql`m.to_name AS "toName", m.from_name AS "fromName", m.reply_to AS "replyTo", m.message_id_header AS "messageIdHeader",
  m.body_text AS "bodyText", m.body_html AS "bodyHtml", m.claimed_at AS "claimedAt"`;

type Row = Pick<
  MessageListItem,
  | 'id'
  | 'status'
  | 'purpose'
  | 'audience'
  | 'language'
  | 'roundId'
  | 'reminderId'
  | 'toAddress'
  | 'subject'
  | 'attempts'
  | 'errorCode'
  | 'version'
> & {
  notBefore: Date;
  sentAt: Date | null;
  createdAt: Date;
  templateId: string;
  templateCode: string;
  templateNameVi: string;
  templateNameEn: string;
  contactId: string | null;
  contactName: string;
  firmId: string | null;
  firmName: string;
  userId: string | null;
  userName: string;
  leadId: string | null;
  leadReference: string;
  answer: NonNullable<MessageListItem['answer']>['answer'] | null;
  answerNote: string | null;
  answerUntil: string | null;
  answeredAt: Date;
};

type DetailRow = Row &
  Pick<MessageDetail, 'toName' | 'fromName' | 'replyTo' | 'messageIdHeader' | 'bodyText' | 'bodyHtml'> & {
    claimedAt: Date | null;
  };

/** What was sent, when, to whom, and what came of it: the officer's proof. */
@Injectable()
export class MessagesQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  list(query: MessagesQuery): Promise<Page<MessageListItem>> {
    return this.pages.read<Row, MessageListItem>(
      LIST,
      { select: COLUMNS, from: sql`message m`, joins: JOINS, where: filters(query) },
      query,
      show,
    );
  }

  async get(id: string): Promise<MessageDetail> {
    const [row] = await this.db.query<DetailRow>(
      sql`SELECT ${COLUMNS}, ${DETAILS} FROM message m ${JOINS} WHERE m.id = ${id}`,
    );
    if (!row) throw new NotFound('message_not_found');
    return {
      ...show(row),
      toName: row.toName,
      fromName: row.fromName,
      replyTo: row.replyTo,
      messageIdHeader: row.messageIdHeader,
      bodyText: withoutTokens(row.bodyText),
      bodyHtml: withoutTokens(row.bodyHtml),
      claimedAt: row.claimedAt?.toISOString() ?? null,
    };
  }
}

function filters(query: MessagesQuery): Sql[] {
  const ids: [Sql, string[] | undefined][] = [
    [sql`m.lead_id`, query.leadId],
    [sql`m.contact_id`, query.contactId],
    [sql`m.round_id`, query.roundId],
    [sql`m.reminder_id`, query.reminderId],
  ];
  const words: [Sql, string[] | undefined][] = [
    [sql`m.status`, query.status],
    [sql`m.purpose`, query.purpose],
    [sql`m.audience`, query.audience],
  ];
  const answered = sql`EXISTS (SELECT 1 FROM message_answer x WHERE x.message_id = m.id)`;
  return [
    ...ids.flatMap(([column, values]) => (values ? [sql`${column} = ANY(${values}::uuid[])`] : [])),
    ...words.flatMap(([column, values]) => (values ? [sql`${column} = ANY(${values}::text[])`] : [])),
    ...(query.answered === undefined ? [] : [query.answered ? answered : sql`NOT ${answered}`]),
    ...(query.from ? [sql`m.created_at >= ${query.from}::timestamptz`] : []),
    ...(query.to ? [sql`m.created_at < ${query.to}::timestamptz`] : []),
    ...(query.q?.trim()
      ? [sql`strpos(fold(m.subject || ' ' || m.to_name || ' ' || m.to_address), fold(${query.q.trim()})) > 0`]
      : []),
  ];
}

function show({
  templateId,
  templateCode,
  templateNameVi,
  templateNameEn,
  contactId,
  contactName,
  firmId,
  firmName,
  userId,
  userName,
  leadId,
  leadReference,
  answer,
  answerNote,
  answerUntil,
  answeredAt,
  ...row
}: Row): MessageListItem {
  return {
    ...row,
    template: { id: templateId, code: templateCode, nameVi: templateNameVi, nameEn: templateNameEn },
    contact: contactId ? { id: contactId, name: contactName } : null,
    firm: firmId ? { id: firmId, name: firmName } : null,
    user: userId ? { id: userId, name: userName } : null,
    lead: leadId ? { id: leadId, reference: leadReference } : null,
    notBefore: row.notBefore.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    answer: answer ? { answer, note: answerNote, until: answerUntil, at: answeredAt.toISOString() } : null,
  };
}
