import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Files, type OpenFile } from '../../../platform/files/files.js';
import { NotFound } from '../../../platform/http/problem.js';
import type { Language } from '../../../platform/i18n/i18n.js';
import type { ObstacleCategory, ObstacleStatus } from '../../leads/obstacles/obstacle.rules.js';
import type { CaseViewer } from './case-access.service.js';

export interface CaseLead {
  reference: string;
  kind: string;
  firmName: string;
  stage: string;
  /** The stage where a resting or ended lead stood; its own otherwise. */
  standsAt: string;
  /** Day until which it rests. */
  wakeOn: string | null;
  openedAt: Date;
  nextActionAt: Date | null;
  officerName: string | null;
  officerEmail: string | null;
  clusters: { code: string; name: string }[];
}

export interface CaseStage {
  code: string;
  nameVi: string;
  nameEn: string;
  position: number;
  isFinal: boolean;
  /** The day on which it was last reached. */
  reachedOn: string | null;
}

export interface CaseMail {
  id: string;
  subject: string;
  sentAt: Date;
  answer: string | null;
  answeredAt: Date | null;
  /** It asks for an answer. */
  asks: boolean;
}

export interface CaseDocument {
  id: string;
  title: string;
  mine: boolean;
  addedAt: Date;
  size: number | null;
  mediaType: string | null;
}

export interface CaseObstacle {
  id: string;
  category: ObstacleCategory;
  title: string;
  status: ObstacleStatus;
  answer: string | null;
  dueAt: Date;
  createdAt: Date;
  resolvedAt: Date | null;
  ownerName: string | null;
}

export interface CasePerson {
  fullName: string;
  title: string | null;
  phone: string | null;
  email: string | null;
  language: Language;
  version: number;
}

export interface CaseRequest {
  reference: string;
  kind: string;
  status: string;
  receivedAt: Date;
  dueAt: Date;
}

/** Of every question: this lead, and this person. */
type Whose = Pick<CaseViewer, 'leadId' | 'contactId'>;

/** What the page of one case tells: each statement asks by the lead and by the person, so that none can tell of another. */
@Injectable()
export class CaseQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly files: Files,
  ) {}

  async lead({ leadId, contactId }: Whose): Promise<CaseLead> {
    const [lead] = await this.db.query<CaseLead>(sql`
      SELECT l.reference, l.kind, own.name AS "firmName", l.stage, coalesce(l.stage_before_exit, l.stage) AS "standsAt",
             l.wake_on::text AS "wakeOn", l.opened_at AS "openedAt", l.next_action_at AS "nextActionAt",
             u.name AS "officerName", u.email AS "officerEmail",
             (SELECT coalesce(json_agg(json_build_object('code', c.code, 'name', c.name) ORDER BY lc.position), '[]')
                FROM lead_cluster lc JOIN cluster c ON c.id = lc.cluster_id WHERE lc.lead_id = l.id AND c.is_public) AS clusters
        FROM lead l JOIN contact p ON p.id = ${contactId} JOIN firm own ON own.id = p.firm_id LEFT JOIN app_user u ON u.id = l.owner_id
       WHERE l.id = ${leadId}`);
    return lead!;
  }

  stages({ leadId, contactId }: Whose): Promise<CaseStage[]> {
    return this.db.query<CaseStage>(sql`
      SELECT s.code, s.name_vi AS "nameVi", s.name_en AS "nameEn", s.position, s.is_final AS "isFinal",
             (SELECT max(h.on_day)::text FROM lead_stage_change h WHERE h.lead_id = l.id AND h.to_stage = s.code) AS "reachedOn"
        FROM lead l JOIN pipeline_stage s ON s.kind = l.kind JOIN investor_case k ON k.lead_id = l.id AND k.contact_id = ${contactId}
       WHERE l.id = ${leadId} ORDER BY s.position`);
  }

  /** The newest first, at most thirty. */
  mails({ leadId, contactId }: Whose): Promise<CaseMail[]> {
    return this.db.query<CaseMail>(sql`
      SELECT m.id, m.subject, m.sent_at AS "sentAt", a.answer, a.at AS "answeredAt", m.purpose = 'promotion' AS asks
        FROM message m LEFT JOIN message_answer a ON a.message_id = m.id
       WHERE m.lead_id = ${leadId} AND m.contact_id = ${contactId} AND m.audience = 'investor' AND m.status = 'sent'
       ORDER BY m.sent_at DESC, m.id DESC LIMIT 30`);
  }

  documents({ leadId, contactId }: Whose): Promise<CaseDocument[]> {
    return this.db.query<CaseDocument>(sql`
      SELECT d.id, d.title, d.direction = 'from_investor' AS mine, d.added_at AS "addedAt", f.size, f.media_type AS "mediaType"
        FROM lead_document d LEFT JOIN stored_file f ON f.id = d.file_id
       WHERE d.lead_id = ${leadId} AND d.contact_id = ${contactId} AND d.shared_with_investor AND d.removed_at IS NULL
       ORDER BY d.added_at DESC, d.id DESC LIMIT 100`);
  }

  /** 404 `case_not_found` as for everything that is not there. */
  async openDocument({ leadId, contactId }: Whose, id: string): Promise<OpenFile> {
    const [document] = await this.db.query<{ fileId: string }>(sql`
      SELECT d.file_id AS "fileId" FROM lead_document d
       WHERE d.id = ${id} AND d.lead_id = ${leadId} AND d.contact_id = ${contactId} AND d.shared_with_investor
         AND d.removed_at IS NULL AND d.file_id IS NOT NULL`);
    if (!document) throw new NotFound('case_not_found');
    return this.files.open(document.fileId);
  }

  /** How many documents this person added since. */
  async addedSince(
    { leadId, contactId }: Whose,
    table: 'lead_document' | 'obstacle',
    since: Date,
  ): Promise<number> {
    const rows = await this.db.query<{ n: number }>(
      table === 'lead_document'
        ? sql`SELECT count(*)::int AS n FROM lead_document
               WHERE lead_id = ${leadId} AND contact_id = ${contactId} AND added_by_id IS NULL AND added_at >= ${since}`
        : sql`SELECT count(*)::int AS n FROM obstacle
               WHERE lead_id = ${leadId} AND contact_id = ${contactId} AND raised_by = 'investor' AND created_at >= ${since}`,
    );
    return rows[0]!.n;
  }

  obstacles({ leadId, contactId }: Whose): Promise<CaseObstacle[]> {
    return this.db.query<CaseObstacle>(sql`
      SELECT o.id, o.category, o.title, o.status, CASE WHEN o.status = 'resolved' THEN o.answer END AS answer, o.due_at AS "dueAt",
             o.created_at AS "createdAt", o.resolved_at AS "resolvedAt", u.name AS "ownerName"
        FROM obstacle o LEFT JOIN app_user u ON u.id = o.owner_id
       WHERE o.lead_id = ${leadId} AND o.contact_id = ${contactId} AND o.visible_to_investor
       ORDER BY o.created_at DESC, o.id DESC LIMIT 100`);
  }

  async person({ leadId, contactId }: Whose): Promise<CasePerson> {
    const [person] = await this.db.query<CasePerson>(sql`
      SELECT c.full_name AS "fullName", c.title, c.phone, c.email, c.language, c.version
        FROM contact c JOIN investor_case k ON k.contact_id = c.id AND k.lead_id = ${leadId}
       WHERE c.id = ${contactId} AND c.erased_at IS NULL`);
    if (!person) throw new NotFound('case_not_found');
    return person;
  }

  /** What this person asked about the own data, on whatever lead. */
  requests({ leadId, contactId }: Whose): Promise<CaseRequest[]> {
    return this.db.query<CaseRequest>(sql`
      SELECT r.reference, r.kind, r.status, r.received_at AS "receivedAt", r.due_at AS "dueAt"
        FROM data_request r JOIN investor_case k ON k.contact_id = r.contact_id AND k.lead_id = ${leadId}
       WHERE r.contact_id = ${contactId} ORDER BY r.received_at DESC, r.id DESC LIMIT 20`);
  }

  /** The person's last mail, whose links of choice are as good as any. */
  async lastMail({ leadId, contactId }: Whose): Promise<string | null> {
    const [mail] = await this.db.query<{ id: string }>(sql`
      SELECT m.id FROM message m WHERE m.lead_id = ${leadId} AND m.contact_id = ${contactId} AND m.audience = 'investor'
       ORDER BY m.created_at DESC, m.id DESC LIMIT 1`);
    return mail?.id ?? null;
  }

  get now(): Date {
    return this.clock.now();
  }
}
