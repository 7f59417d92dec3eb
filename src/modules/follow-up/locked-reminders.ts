import { Injectable } from '@nestjs/common';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Authenticator } from '../../platform/http/access.guard.js';
import { Forbidden, NotFound } from '../../platform/http/problem.js';
import type { SequenceStatus } from './follow-up-sequence.entity.js';
import type { ReminderStatus } from './reminder.rules.js';
import type { Channel } from './sequence.rules.js';

/** What a change needs to know of a reminder, read behind its lock. */
export interface LockedReminder {
  id: string;
  leadId: string;
  sequenceId: string | null;
  sequenceStatus: SequenceStatus | null;
  channel: Channel;
  ownerId: string | null;
  leadOwnerId: string | null;
  helperIds: string[];
  titleVi: string;
  titleEn: string;
  status: ReminderStatus;
  reason: string | null;
  dueAt: Date;
  originalDueAt: Date;
  dispatchedAt: Date | null;
  closedAt: Date | null;
  snoozeCount: number;
}

/** Reminders to change: the lead is locked first, then the sequence, as everywhere, so that nobody waits in a circle. */
@Injectable()
export class LockedReminders {
  constructor(
    private readonly db: Database,
    private readonly authenticator: Authenticator,
  ) {}

  /** Refuses whoever neither owns it nor works on its lead nor may change any. */
  async getForChange(id: string): Promise<LockedReminder> {
    await this.db.execute(
      `SELECT 1 FROM lead WHERE id = (SELECT lead_id FROM reminder WHERE id = $1) FOR NO KEY UPDATE`,
      [id],
    );
    await this.db.execute(
      `SELECT 1 FROM follow_up_sequence WHERE id = (SELECT sequence_id FROM reminder WHERE id = $1) FOR UPDATE`,
      [id],
    );
    const locked = await this.db.execute(`SELECT 1 FROM reminder WHERE id = $1 FOR UPDATE`, [id]);
    const [reminder] = locked === 0 ? [] : await this.db.query<LockedReminder>(READ, [id]);
    if (!reminder) throw new NotFound('reminder_not_found');
    const actor = currentActor() ?? SYSTEM;
    const { ownerId, leadOwnerId, helperIds, channel } = reminder;
    // an escalation is about whoever works on the lead: it is not theirs to put away
    const workers = channel === 'manager_escalation' ? [] : [leadOwnerId, ...helperIds];
    const theirs = actor.id !== null && [ownerId, ...workers].includes(actor.id);
    if (actor.kind !== 'system' && !theirs && !this.authenticator.may(actor, 'reminder.write_any'))
      throw new Forbidden('not_your_reminder');
    return reminder;
  }
}

const READ = `
  SELECT r.id, r.lead_id AS "leadId", r.sequence_id AS "sequenceId", q.status AS "sequenceStatus", r.channel, r.owner_id AS "ownerId",
         l.owner_id AS "leadOwnerId", ARRAY(SELECT user_id::text FROM lead_helper WHERE lead_id = l.id) AS "helperIds",
         r.title_vi AS "titleVi", r.title_en AS "titleEn", r.status, r.reason, r.due_at AS "dueAt", r.original_due_at AS "originalDueAt", r.dispatched_at AS "dispatchedAt",
         r.closed_at AS "closedAt", r.snooze_count AS "snoozeCount"
    FROM reminder r JOIN lead l ON l.id = r.lead_id LEFT JOIN follow_up_sequence q ON q.id = r.sequence_id
   WHERE r.id = $1`;
