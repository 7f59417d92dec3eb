import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { plusDays } from '../../platform/calendar/days.rules.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Pages, type Page, type PageSpec } from '../../platform/http/pages.js';
import { NotFound } from '../../platform/http/problem.js';
import { MEETING_COLUMNS, MEETING_FROM, type MeetingRow } from './meeting-rows.js';
import type { MeetingsQuery } from './meetings.dto.js';

const LIST: PageSpec = {
  sorts: { startsAt: { sql: 'm.starts_at', type: 'timestamptz' } },
  defaultSort: 'startsAt',
  id: 'm.id',
};

/** What pages show of meetings. */
@Injectable()
export class MeetingsQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  list<T>(query: MeetingsQuery, show: (row: MeetingRow) => T): Promise<Page<T>> {
    const where = [];
    const { leadId, officerId, from, to, status } = query;
    if (leadId) where.push(sql`m.lead_id = ${leadId}`);
    if (officerId) where.push(sql`m.officer_id = ${officerId === 'me' ? currentActor()?.id : officerId}`);
    if (from) where.push(sql`m.starts_at >= ${this.clock.startOf(from)}`);
    if (to) where.push(sql`m.starts_at < ${this.clock.startOf(plusDays(to, 1))}`);
    if (status) where.push(sql`m.status = ANY(${status}::text[])`);
    const parts = { select: sql`${raw(MEETING_COLUMNS)}`, from: sql`${raw(MEETING_FROM)}`, where };
    return this.pages.read<MeetingRow, T>(LIST, parts, query, show);
  }

  async get(id: string): Promise<MeetingRow> {
    const [row] = await this.read(sql`m.id = ${id}`);
    if (!row) throw new NotFound('meeting_not_found');
    return row;
  }

  /** Booked and not over, earliest first: what an investor may know of its own lead. */
  upcomingForLead(leadId: string): Promise<MeetingRow[]> {
    return this.read(sql`m.lead_id = ${leadId} AND m.status = 'booked' AND m.ends_at > ${this.clock.now()}`);
  }

  /** The visit that this person has agreed on and may still change. */
  async visitOf({ leadId, contactId }: { leadId: string; contactId: string }): Promise<MeetingRow | null> {
    const [row] = await this.read(
      sql`m.lead_id = ${leadId} AND m.contact_id = ${contactId} AND m.kind = 'site_visit' AND m.status = 'booked'
          AND m.starts_at > ${this.clock.now()}`,
    );
    return row ?? null;
  }

  /** Booked ones of these, earliest first. */
  booked(of: {
    leadId?: string;
    officerId?: string;
    contactId?: string;
    before?: Date;
  }): Promise<MeetingRow[]> {
    const { leadId = null, officerId = null, contactId = null, before = null } = of;
    return this.read(
      sql`m.status = 'booked' AND m.starts_at > ${this.clock.now()} AND m.lead_id = coalesce(${leadId}::uuid, m.lead_id)
          AND m.officer_id = coalesce(${officerId}::uuid, m.officer_id)
          AND (${contactId}::uuid IS NULL OR m.contact_id = ${contactId}::uuid)
          AND (${before}::timestamptz IS NULL OR m.starts_at < ${before}::timestamptz)`,
    );
  }

  private read(where: ReturnType<typeof sql>): Promise<MeetingRow[]> {
    return this.db.query<MeetingRow>(
      sql`SELECT ${raw(MEETING_COLUMNS)} FROM ${raw(MEETING_FROM)} WHERE ${where} ORDER BY m.starts_at, m.id`,
    );
  }
}
