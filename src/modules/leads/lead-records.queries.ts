import { Injectable } from '@nestjs/common';
import sql, { type Sql } from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import type { NamedRef } from '../../platform/http/fields.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, type Page, type PageSpec } from '../../platform/http/pages.js';
import type { Language } from '../../platform/i18n/i18n.js';
import type { ActivityKind } from './activity.entity.js';
import type {
  ActivitiesQuery,
  ActivityAnswer,
  StageChangeAnswer,
  TimelineAnswer,
  TimelineQuery,
} from './lead-records.dto.js';
import { kindsAbout, LISTED_KINDS, subjectOf, type TimelineSubject } from './timeline/timeline.rules.js';
import { timelineWords } from './timeline/timeline-words.js';

const ACTIVITIES: PageSpec = {
  sorts: {
    happenedAt: { sql: 'activity.happened_at', type: 'timestamptz' },
    createdAt: { sql: 'activity.created_at', type: 'timestamptz' },
  },
  defaultSort: '-happenedAt',
  id: 'activity.id',
};

const TIMELINE: PageSpec = {
  sorts: { at: { sql: 'timeline_entry.at', type: 'timestamptz' } },
  defaultSort: '-at',
  id: 'timeline_entry.id',
};

const ACTIVITY_COLUMNS = sql`
  activity.id, activity.lead_id AS "leadId", activity.kind, activity.happened_at AS "happenedAt", activity.subject, activity.body,
  activity.outcome, activity.created_at AS "createdAt",
  (SELECT json_build_object('id', c.id, 'name', c.full_name) FROM contact c WHERE c.id = activity.contact_id) AS contact,
  (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = activity.by_user_id) AS by`;

interface ActivityRow {
  id: string;
  leadId: string;
  kind: ActivityKind;
  happenedAt: Date;
  subject: string;
  body: string | null;
  outcome: string | null;
  contact: NamedRef | null;
  by: NamedRef | null;
  createdAt: Date;
}

interface TimelineRow {
  id: string;
  at: Date;
  kind: string;
  actorKind: TimelineAnswer['actor']['kind'];
  actorId: string | null;
  actorName: string;
  refType: string | null;
  refId: string | null;
  data: Record<string, unknown>;
}

const HISTORY = `
  SELECT s.id, s.from_stage AS "from", s.to_stage AS "to", s.on_day::text AS "on", s.note, s.evidence, s.lost_reason AS "lostReason",
         s.lost_to AS "lostTo", s.wake_on::text AS "wakeOn", s.recorded_at AS "recordedAt",
         (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = s.actor_id) AS by
    FROM lead_stage_change s WHERE s.lead_id = $1 ORDER BY s.recorded_at DESC, s.id DESC`;

/** What is on record of one lead. */
@Injectable()
export class LeadRecordsQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly clock: Clock,
  ) {}

  async stageHistory(leadId: string): Promise<{ items: StageChangeAnswer[] }> {
    await this.assertLead(leadId);
    const rows = await this.db.query<Omit<StageChangeAnswer, 'recordedAt'> & { recordedAt: Date }>(HISTORY, [
      leadId,
    ]);
    return { items: rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() })) };
  }

  async activities(leadId: string, query: ActivitiesQuery): Promise<Page<ActivityAnswer>> {
    await this.assertLead(leadId);
    const now = this.clock.now();
    const where = [
      sql`activity.lead_id = ${leadId}`,
      ...(query.kind ? [sql`activity.kind = ${query.kind}`] : []),
    ];
    return this.pages.read(
      ACTIVITIES,
      { select: ACTIVITY_COLUMNS, from: sql`activity`, where },
      query,
      (row: ActivityRow) => toActivity(row, now),
    );
  }

  async activity(id: string): Promise<ActivityAnswer> {
    const [row] = await this.db.query<ActivityRow>(
      sql`SELECT ${ACTIVITY_COLUMNS} FROM activity WHERE activity.id = ${id}`,
    );
    if (!row) throw new NotFound('activity_not_found');
    return toActivity(row, this.clock.now());
  }

  async timeline(leadId: string, query: TimelineQuery, language: Language): Promise<Page<TimelineAnswer>> {
    const stageNames = await this.stageNames(leadId, language);
    const select = sql`timeline_entry.id, timeline_entry.at, timeline_entry.kind, timeline_entry.actor_kind AS "actorKind",
      timeline_entry.actor_id AS "actorId", timeline_entry.actor_name AS "actorName", timeline_entry.ref_type AS "refType",
      timeline_entry.ref_id AS "refId", timeline_entry.data`;
    const where = [sql`timeline_entry.lead_id = ${leadId}`, ...(query.about ? [isAbout(query.about)] : [])];
    return this.pages.read(
      TIMELINE,
      { select, from: sql`timeline_entry`, where },
      query,
      (row: TimelineRow) => toEntry(row, timelineWords(language, row, stageNames)),
    );
  }

  private async stageNames(leadId: string, language: Language): Promise<Map<string, string>> {
    const stages = await this.db.query<{ code: string; vi: string; en: string }>(
      `SELECT s.code, s.name_vi AS vi, s.name_en AS en FROM pipeline_stage s JOIN lead l ON l.kind = s.kind WHERE l.id = $1`,
      [leadId],
    );
    if (stages.length === 0) throw new NotFound('lead_not_found');
    return new Map(stages.map(({ code, vi, en }) => [code, language === 'vi' ? vi : en]));
  }

  private async assertLead(id: string): Promise<void> {
    const found = await this.db.query(`SELECT 1 FROM lead WHERE id = $1`, [id]);
    if (found.length === 0) throw new NotFound('lead_not_found');
  }
}

function isAbout(subjects: readonly TimelineSubject[]): Sql {
  const { listed, others } = kindsAbout(subjects);
  const unlisted = sql`(${others} AND timeline_entry.kind <> ALL(${LISTED_KINDS}::text[]))`;
  return sql`(timeline_entry.kind = ANY(${listed}::text[]) OR ${unlisted})`;
}

function toActivity(row: ActivityRow, now: Date): ActivityAnswer {
  const { id, leadId, kind, happenedAt, subject, body, outcome, contact, by, createdAt } = row;
  const times = {
    happenedAt: happenedAt.toISOString(),
    booked: happenedAt > now,
    createdAt: createdAt.toISOString(),
  };
  return { id, leadId, kind, subject, body, outcome, contact, by, ...times };
}

function toEntry(row: TimelineRow, text: string): TimelineAnswer {
  const { id, at, kind, data, refType, refId } = row;
  return {
    id,
    at: at.toISOString(),
    kind,
    about: subjectOf(kind),
    text,
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    ref: refType === null || refId === null ? null : { type: refType, id: refId },
    data,
  };
}
