import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';

export type BreachKind =
  | 'escalation_overdue'
  | 'service_acknowledge'
  | 'service_answer'
  | 'service_owner'
  | 'service_next_action'
  | 'obstacle_unacknowledged'
  | 'obstacle_overdue';

/** Something that was not done in time. */
export interface Breach {
  leadId: string;
  contactId: string | null;
  /** Of the escalation: one for each lead and key, ever. */
  stepKey: string;
  why: BreachKind;
  /** When it should have been done, or when its clock began. */
  since: Date;
  /** Of the task that was not done; empty otherwise. */
  titleVi: string;
  titleEn: string;
  roundName: string | null;
}

/** Who is late, at most `limit` at once, and no row that another worker has in hand. */
@Injectable()
export class BreachQueries {
  constructor(private readonly db: Database) {}

  /** Marks them as escalated in the same breath. */
  claimOverdue(cutoff: Date, now: Date, limit: number): Promise<Breach[]> {
    return this.db.query<Breach>(
      `UPDATE reminder r SET escalated_at = $2, version = r.version + 1, updated_at = $2
         FROM (SELECT o.id, q.round_name FROM (
                 SELECT id, sequence_id FROM reminder
                  WHERE status = 'open' AND escalated_at IS NULL AND channel = 'officer_task' AND due_at <= $1
                  ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED) o
                 LEFT JOIN follow_up_sequence q ON q.id = o.sequence_id) late
        WHERE r.id = late.id
       RETURNING r.lead_id AS "leadId", r.contact_id AS "contactId", 'escalation:' || r.id AS "stepKey", 'escalation_overdue' AS why,
                 r.due_at AS since, r.title_vi AS "titleVi", r.title_en AS "titleEn", late.round_name AS "roundName"`,
      [cutoff, now, limit],
    );
  }

  findUnacknowledged(cutoff: Date, limit: number): Promise<Breach[]> {
    return this.lateEnquiries('acknowledged_at', 'acknowledge', [cutoff, limit]);
  }

  findUnanswered(cutoff: Date, limit: number): Promise<Breach[]> {
    return this.lateEnquiries('answered_at', 'answer', [cutoff, limit]);
  }

  /**
   * Sequences whose lead should by now have an owner and something planned, each looked at once. A task of the sequence
   * that still waits for its time counts as a next action.
   */
  async claimUncared(
    cutoff: Date,
    now: Date,
    limit: number,
  ): Promise<{ checked: number; uncared: Breach[] }> {
    const rows = await this.db.query<Breach & { lacking: BreachKind | null }>(
      `WITH due AS (
         SELECT id FROM follow_up_sequence WHERE service_checked_at IS NULL AND anchor_at <= $1
          ORDER BY anchor_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       UPDATE follow_up_sequence q SET service_checked_at = $2
         FROM due JOIN follow_up_sequence s ON s.id = due.id JOIN lead l ON l.id = s.lead_id
        WHERE q.id = due.id
       RETURNING q.lead_id AS "leadId", q.contact_id AS "contactId", 'service:care:' || q.round_id AS "stepKey", q.anchor_at AS since,
                 '' AS "titleVi", '' AS "titleEn", q.round_name AS "roundName",
                 CASE WHEN l.stage IN ('lost', 'dormant') THEN NULL
                      WHEN l.owner_id IS NULL THEN 'service_owner'
                      WHEN l.next_action IS NULL AND NOT EXISTS (
                        SELECT 1 FROM reminder r WHERE r.lead_id = l.id AND r.channel = 'officer_task' AND r.status IN ('pending', 'open'))
                      THEN 'service_next_action' END AS lacking`,
      [cutoff, now, limit],
    );
    const uncared = rows.flatMap(({ lacking, ...breach }) =>
      lacking === null ? [] : [{ ...breach, why: lacking }],
    );
    return { checked: rows.length, uncared };
  }

  /** Obstacles that nobody took in hand, by when they were raised, and those whose day has passed. */
  findObstacles(cutoff: Date, now: Date, limit: number): Promise<Breach[]> {
    return this.db.query<Breach>(
      `SELECT o.lead_id AS "leadId", o.contact_id AS "contactId", late.why || ':' || o.id AS "stepKey", late.why, late.since,
              o.title AS "titleVi", o.title AS "titleEn", NULL AS "roundName"
         FROM obstacle o
        CROSS JOIN LATERAL (VALUES ('obstacle_unacknowledged', o.created_at, o.acknowledged_at IS NULL AND o.created_at <= $1),
                                   ('obstacle_overdue', o.due_at, o.due_at < $2)) AS late (why, since, holds)
        WHERE o.status IN ('open', 'in_progress') AND late.holds
          AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.lead_id = o.lead_id AND r.step_key = late.why || ':' || o.id)
        ORDER BY late.since, o.id, late.why LIMIT $3`,
      [cutoff, now, limit],
    );
  }

  private lateEnquiries(
    column: 'acknowledged_at' | 'answered_at',
    standard: 'acknowledge' | 'answer',
    [cutoff, limit]: [Date, number],
  ): Promise<Breach[]> {
    return this.db.query<Breach>(
      `SELECT l.id AS "leadId", l.primary_contact_id AS "contactId", 'service:${standard}' AS "stepKey", 'service_${standard}' AS why,
              l.opened_at AS since, '' AS "titleVi", '' AS "titleEn", NULL AS "roundName"
         FROM lead l
        WHERE l.source = 'enquiry' AND l.answered_at IS NULL AND l.${column} IS NULL AND l.stage <> 'lost' AND l.opened_at <= $1
          AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.lead_id = l.id AND r.step_key = 'service:${standard}')
        ORDER BY l.opened_at, l.id LIMIT $2`,
      [cutoff, limit],
    );
  }
}
