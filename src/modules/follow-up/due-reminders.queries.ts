import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { MailAudience } from '../messaging/templates/template.entity.js';
import type { Attendance, Channel, StepCondition } from './sequence.rules.js';
import type { Title } from './tasks.writer.js';

/** A claimed reminder with all that its dispatch needs from the tables of this module. */
export interface ClaimedReminder extends Title {
  id: string;
  leadId: string;
  contactId: string | null;
  ownerId: string | null;
  roundId: string | null;
  stepKey: string;
  channel: Channel;
  dueAt: Date;
  dispatchedAt: Date | null;
  templateId: string | null;
  audience: MailAudience | null;
  condition: StepCondition | null;
  sequence: ClaimedSequence | null;
}

export interface ClaimedSequence {
  id: string;
  status: string;
  stopReason: string | null;
  planVersionId: string;
  anchorAt: Date;
  roundName: string;
  attendance: Attendance;
  hasClusterInterest: boolean;
}

type ReminderRow = Omit<ClaimedReminder, 'sequence'> & { sequenceId: string | null };

@Injectable()
export class DueReminders {
  constructor(private readonly db: Database) {}

  /**
   * Takes due reminders for this transaction, the oldest first. Nobody waits: what another worker has in hand, or whose
   * sequence is just being changed, is left for the next look.
   */
  async claim(now: Date, limit: number): Promise<{ found: number; claimed: ClaimedReminder[] }> {
    const due = await this.db.query<{ id: string; sequenceId: string | null }>(
      `SELECT id, sequence_id AS "sequenceId" FROM reminder WHERE status = 'pending' AND due_at <= $1
        ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
    if (due.length === 0) return { found: 0, claimed: [] };
    const sequences = await this.lockSequences([...new Set(due.flatMap((row) => row.sequenceId ?? []))]);
    const ids = due
      .filter((row) => row.sequenceId === null || sequences.has(row.sequenceId))
      .map((row) => row.id);
    const rows = await this.db.query<ReminderRow>(CLAIMED, [ids]);
    const claimed = rows.map(({ sequenceId, ...row }) => ({
      ...row,
      sequence: sequenceId === null ? null : sequences.get(sequenceId)!,
    }));
    return { found: due.length, claimed };
  }

  /** When the oldest waiting reminder was due; null when none waits. */
  async oldestDueAt(): Promise<Date | null> {
    const [row] = await this.db.query<{ dueAt: Date }>(
      `SELECT due_at AS "dueAt" FROM reminder WHERE status = 'pending' ORDER BY due_at, id LIMIT 1`,
    );
    return row?.dueAt ?? null;
  }

  private async lockSequences(ids: readonly string[]): Promise<Map<string, ClaimedSequence>> {
    if (ids.length === 0) return new Map();
    const rows = await this.db.query<ClaimedSequence>(
      `SELECT id, status, stop_reason AS "stopReason", plan_version_id AS "planVersionId", anchor_at AS "anchorAt",
              round_name AS "roundName", attendance, has_cluster_interest AS "hasClusterInterest"
         FROM follow_up_sequence WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

const CLAIMED = `
  SELECT r.id, r.lead_id AS "leadId", r.contact_id AS "contactId", r.owner_id AS "ownerId", r.round_id AS "roundId",
         r.step_key AS "stepKey", r.channel, r.due_at AS "dueAt", r.dispatched_at AS "dispatchedAt", r.sequence_id AS "sequenceId",
         r.title_vi AS "titleVi", r.title_en AS "titleEn", s.template_id AS "templateId", t.audience, s.condition
    FROM reminder r
    LEFT JOIN follow_up_step s ON s.id = r.step_id
    LEFT JOIN template t ON t.id = s.template_id
   WHERE r.id = ANY($1::uuid[]) ORDER BY r.due_at, r.id`;
