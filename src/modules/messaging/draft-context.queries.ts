import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { NotFound } from '../../platform/http/problem.js';
import type { ConsentState } from '../directory/consent.entity.js';
import { consentState } from '../directory/consent.queries.js';
import type { MessageDraft } from './message-draft.rules.js';
import type { MailFrequency } from './preferences/mail-preference.entity.js';
import type { MailAudience, MailPurpose, MailTopic } from './templates/template.entity.js';

export interface TemplateForDraft {
  id: string;
  code: string;
  purpose: MailPurpose;
  audience: MailAudience;
  topic: MailTopic | null;
  texts: { language: Language; subject: string; body: string }[];
}

export interface ContactForDraft {
  id: string;
  fullName: string;
  title: string | null;
  email: string | null;
  language: Language;
  emailState: 'ok' | 'bounced';
  erased: boolean;
  restricted: boolean;
  firmName: string;
  consent: ConsentState;
  /** What the reader of the mailbox chose; null: nothing. */
  topics: MailTopic[] | null;
  frequency: MailFrequency | null;
  /** The latest promotion mail to the mailbox that went out or waits. */
  lastPromotionAt: Date | null;
}

export interface UserForDraft {
  id: string;
  name: string;
  email: string;
  /** Position, as a letter is signed. */
  title: string | null;
  /** E.164 */
  phone: string | null;
  language: Language;
  active: boolean;
}

export interface LeadForDraft {
  id: string;
  reference: string;
  ownerId: string | null;
  firmName: string;
  contactName: string | null;
  contactTitle: string | null;
  clusterIds: string[];
}

export interface ClusterForDraft {
  id: string;
  code: string;
  name: string;
  district: string;
  areaHa: string | null;
  status: string;
  summaryVi: string | null;
  summaryEn: string | null;
  summaryZh: string | null;
}

export interface DraftContext {
  templates: Map<string, TemplateForDraft>;
  contacts: Map<string, ContactForDraft>;
  users: Map<string, UserForDraft>;
  leads: Map<string, LeadForDraft>;
  clusters: Map<string, ClusterForDraft>;
}

const TEMPLATES = `
  SELECT t.id, t.code, t.purpose, t.audience, t.topic,
         (SELECT jsonb_agg(jsonb_build_object('language', x.language, 'subject', x.subject, 'body', x.body)) FROM template_text x WHERE x.template_id = t.id) AS texts
    FROM template t WHERE t.id = ANY($1::uuid[]) OR t.code = ANY($2::text[])`;

const CONTACTS = `
  SELECT c.id, c.full_name AS "fullName", c.title, c.email, coalesce(p.language, c.language) AS language, p.topics, p.frequency,
         CASE WHEN p.frequency <> 'each' THEN (SELECT max(coalesce(o.sent_at, o.not_before)) FROM message o
           WHERE o.to_address = c.email AND o.purpose = 'promotion' AND o.status IN ('queued', 'sending', 'sent', 'unknown')) END AS "lastPromotionAt", c.email_state AS "emailState", c.erased_at IS NOT NULL AS erased, c.restricted_at IS NOT NULL AS restricted, f.name AS "firmName",
         ${consentState('c.id', 'c.email')} AS consent
    FROM contact c JOIN firm f ON f.id = c.firm_id LEFT JOIN mail_preference p ON p.address = c.email WHERE c.id = ANY($1::uuid[])`;

const LEADS = `
  SELECT l.id, l.reference, l.owner_id AS "ownerId", f.name AS "firmName", c.full_name AS "contactName", c.title AS "contactTitle",
         ARRAY(SELECT x.cluster_id::text FROM lead_cluster x WHERE x.lead_id = l.id ORDER BY x.position) AS "clusterIds"
    FROM lead l JOIN firm f ON f.id = l.firm_id LEFT JOIN contact c ON c.id = l.primary_contact_id WHERE l.id = ANY($1::uuid[])`;

const CLUSTERS = `
  SELECT c.id, c.code, c.name, d.name AS district, c.area_ha AS "areaHa", c.status, c.summary_vi AS "summaryVi", c.summary_en AS "summaryEn", c.summary_zh AS "summaryZh"
    FROM cluster c JOIN planning_district d ON d.id = c.planning_district_id WHERE c.id = ANY($1::uuid[])`;

const USERS = `SELECT id, name, email, title, phone, language, deactivated_at IS NULL AS active FROM app_user WHERE id = ANY($1::uuid[])`;

/** All that a batch of drafts needs to know, in five statements however many there are. */
@Injectable()
export class DraftContextQueries {
  constructor(private readonly db: Database) {}

  async load(drafts: readonly MessageDraft[]): Promise<DraftContext> {
    const templates = await this.templates(drafts);
    const contacts = await this.byId<ContactForDraft>(
      CONTACTS,
      drafts.map((draft) => draft.contactId),
    );
    const leads = await this.byId<LeadForDraft>(
      LEADS,
      drafts.map((draft) => draft.leadId),
    );
    const owners = [...leads.values()].map((lead) => lead.ownerId);
    const users = await this.byId<UserForDraft>(USERS, [
      ...drafts.flatMap((draft) => [draft.userId, draft.officerId]),
      ...owners,
    ]);
    const clusterIds = drafts.flatMap(
      (draft) => draft.clusterIds ?? leads.get(draft.leadId ?? '')?.clusterIds ?? [],
    );
    const clusters = await this.byId<ClusterForDraft>(CLUSTERS, clusterIds);
    return { templates, contacts, users, leads, clusters };
  }

  /** By id and by code. */
  private async templates(drafts: readonly MessageDraft[]): Promise<Map<string, TemplateForDraft>> {
    const ids = distinct(drafts.map((draft) => draft.templateId));
    const codes = distinct(drafts.map((draft) => draft.templateCode));
    const rows = await this.db.query<TemplateForDraft>(TEMPLATES, [ids, codes]);
    const found = new Map(
      rows.flatMap(
        (row) =>
          [
            [row.id, row],
            [row.code, row],
          ] as const,
      ),
    );
    const missing = [...ids, ...codes].find((key) => !found.has(key));
    if (missing) throw new NotFound('template_not_found');
    return found;
  }

  private async byId<R extends { id: string }>(
    statement: string,
    ids: readonly (string | null | undefined)[],
  ): Promise<Map<string, R>> {
    const wanted = distinct(ids);
    if (wanted.length === 0) return new Map();
    const rows = await this.db.query<R>(statement, [wanted]);
    return new Map(rows.map((row) => [row.id, row]));
  }
}

function distinct(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))];
}
