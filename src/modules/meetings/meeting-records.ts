import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Authenticator } from '../../platform/http/access.guard.js';
import { Conflict, Invalid, NotFound } from '../../platform/http/problem.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { assertMayChange } from '../leads/lead.rules.js';
import type { Span } from './hours/free-times.rules.js';
import { MEETING_COLUMNS, MEETING_FROM, type MeetingRow } from './meeting-rows.js';

/** What a booking needs to know of a lead, read behind its lock. */
export interface LeadForMeeting {
  id: string;
  reference: string;
  firmId: string;
  stage: string;
  ownerId: string | null;
  helperIds: string[];
  firmIds: string[];
  primaryContactId: string | null;
  clusterIds: string[];
}

/** Locks in one order: the lead, then the officer's time. */
@Injectable()
export class MeetingRecords {
  constructor(
    private readonly db: Database,
    private readonly authenticator: Authenticator,
  ) {}

  async lockLead(id: string): Promise<LeadForMeeting> {
    await this.db.query(`SELECT 1 FROM lead WHERE id = $1 FOR NO KEY UPDATE`, [id]);
    const [lead] = await this.db.query<LeadForMeeting>(LEAD, [id]);
    if (!lead) throw new NotFound('lead_not_found');
    return lead;
  }

  /** Refuses whoever neither owns nor helps with the lead nor may change any meeting. */
  assertMayChange(lead: LeadForMeeting): void {
    const actor = currentActor() ?? SYSTEM;
    assertMayChange(actor, lead, this.authenticator.may(actor, 'meeting.write_any'));
  }

  /** Until the transaction ends nobody else books the officer's time. */
  async lockTime(officerId: string): Promise<void> {
    await this.db.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`meeting:${officerId}`]);
  }

  async isFree(officerId: string, { startsAt, endsAt }: Span, exceptId: string | null): Promise<boolean> {
    const [taken] = await this.db.query(
      sql`SELECT 1 FROM meeting WHERE officer_id = ${officerId} AND status = 'booked' AND id IS DISTINCT FROM ${exceptId}::uuid
            AND tstzrange(starts_at, ends_at) && tstzrange(${startsAt}::timestamptz, ${endsAt}::timestamptz) LIMIT 1`,
    );
    return taken === undefined;
  }

  async assertFree(officerId: string, span: Span, exceptId: string | null): Promise<void> {
    if (!(await this.isFree(officerId, span, exceptId))) throw new Conflict('meeting_time_taken');
  }

  async get(id: string): Promise<MeetingRow> {
    const [row] = await this.db.query<MeetingRow>(
      `SELECT ${MEETING_COLUMNS} FROM ${MEETING_FROM} WHERE m.id = $1`,
      [id],
    );
    if (!row) throw new NotFound('meeting_not_found');
    return row;
  }

  /** Behind the lock of its lead. */
  async lock(id: string): Promise<{ lead: LeadForMeeting; meeting: MeetingRow }> {
    const lead = await this.lockLead((await this.get(id)).leadId);
    await this.db.query(`SELECT 1 FROM meeting WHERE id = $1 FOR UPDATE`, [id]);
    return { lead, meeting: await this.get(id) };
  }

  /** A person of the lead's firm or its partners; their language is the meeting's. */
  async languageOf(contactId: string, firmIds: readonly string[]): Promise<Language> {
    const [contact] = await this.db.query<{ language: Language }>(
      sql`SELECT language FROM contact WHERE id = ${contactId} AND firm_id = ANY(${firmIds}::uuid[]) AND erased_at IS NULL`,
    );
    if (!contact) throw new Invalid('contactId', 'unknown_contact');
    return contact.language;
  }

  async assertCluster(clusterId: string): Promise<void> {
    const [cluster] = await this.db.query(sql`SELECT 1 FROM cluster WHERE id = ${clusterId}`);
    if (!cluster) throw new Invalid('clusterId', 'unknown_cluster');
  }

  async assertOfficer(officerId: string): Promise<void> {
    const [user] = await this.db.query(
      sql`SELECT 1 FROM app_user WHERE id = ${officerId} AND deactivated_at IS NULL`,
    );
    if (!user) throw new Invalid('officerId', 'unknown_user');
  }
}

const LEAD = `
  SELECT l.id, l.reference, l.firm_id AS "firmId", l.stage, l.owner_id AS "ownerId", l.primary_contact_id AS "primaryContactId",
         ARRAY(SELECT user_id::text FROM lead_helper WHERE lead_id = l.id) AS "helperIds",
         ARRAY(SELECT l.firm_id::text UNION SELECT firm_id::text FROM lead_partner WHERE lead_id = l.id) AS "firmIds",
         ARRAY(SELECT cluster_id::text FROM lead_cluster WHERE lead_id = l.id ORDER BY position) AS "clusterIds"
    FROM lead l WHERE l.id = $1`;
