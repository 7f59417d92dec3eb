import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import type { SequenceStatus } from './follow-up-sequence.entity.js';
import { RemindersQueries } from './reminders.queries.js';
import type { SequenceAnswer, SequenceList } from './sequences.dto.js';
import type { Attendance } from './sequence.rules.js';

interface SequenceRow {
  id: string;
  leadId: string;
  roundId: string;
  roundName: string;
  contactId: string | null;
  contactName: string | null;
  planId: string;
  planName: string;
  planVersion: number;
  anchorAt: Date;
  startedAt: Date;
  attendance: Attendance;
  hasClusterInterest: boolean;
  status: SequenceStatus;
  stopReason: string | null;
  stoppedAt: Date | null;
}

@Injectable()
export class SequencesQueries {
  constructor(
    private readonly db: Database,
    private readonly reminders: RemindersQueries,
  ) {}

  /** Newest first, each with its steps in the order of their times. */
  async ofLead(leadId: string): Promise<SequenceList> {
    const rows = await this.db.query<SequenceRow>(OF_LEAD, [leadId]);
    if (rows.length === 0) await this.assertLead(leadId);
    const reminders = await this.reminders.ofSequences(rows.map((row) => row.id));
    return {
      items: rows.map((row) =>
        toSequence(
          row,
          reminders.filter((reminder) => reminder.sequenceId === row.id),
        ),
      ),
    };
  }

  private async assertLead(leadId: string): Promise<void> {
    const [lead] = await this.db.query(`SELECT 1 FROM lead WHERE id = $1`, [leadId]);
    if (!lead) throw new NotFound('lead_not_found');
  }
}

const OF_LEAD = `
  SELECT q.id, q.lead_id AS "leadId", q.round_id AS "roundId", q.round_name AS "roundName", q.contact_id AS "contactId",
         c.full_name AS "contactName", p.id AS "planId", p.name AS "planName", v.number AS "planVersion", q.anchor_at AS "anchorAt",
         q.started_at AS "startedAt", q.attendance, q.has_cluster_interest AS "hasClusterInterest", q.status,
         q.stop_reason AS "stopReason", q.stopped_at AS "stoppedAt"
    FROM follow_up_sequence q
    JOIN follow_up_plan_version v ON v.id = q.plan_version_id
    JOIN follow_up_plan p ON p.id = v.plan_id
    LEFT JOIN contact c ON c.id = q.contact_id
   WHERE q.lead_id = $1 ORDER BY q.anchor_at DESC, q.id DESC`;

function toSequence(row: SequenceRow, steps: SequenceAnswer['steps']): SequenceAnswer {
  return {
    id: row.id,
    leadId: row.leadId,
    round: { id: row.roundId, name: row.roundName },
    contact: row.contactId === null ? null : { id: row.contactId, name: row.contactName ?? '' },
    plan: { id: row.planId, name: row.planName, version: row.planVersion },
    anchorAt: row.anchorAt.toISOString(),
    startedAt: row.startedAt.toISOString(),
    attendance: row.attendance,
    hasClusterInterest: row.hasClusterInterest,
    status: row.status,
    stopReason: row.stopReason,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
    steps,
  };
}
