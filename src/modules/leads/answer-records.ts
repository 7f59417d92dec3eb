import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { UsersQueries } from '../identity/users.queries.js';
import type { InvestorAnswer } from './lead.entity.js';
import type { LockedLead } from './locked-leads.js';
import { nextActionWords } from './next-action.js';
import { Timeline } from './timeline/timeline.service.js';

export interface AnswerGiven {
  answer: InvestorAnswer;
  note?: string | null;
  /** With `not_now`: the local day from which it may suit. */
  until?: string | null;
  /** @example a message's id, for the timeline to lead to */
  refType?: string;
  refId?: string;
}

/** The rows behind an answer. */
@Injectable()
export class AnswerRecords {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly timeline: Timeline,
    private readonly users: UsersQueries,
  ) {}

  async record(
    leadId: string,
    { answer, note, until, refType, refId }: AnswerGiven,
    at: Date,
  ): Promise<void> {
    await this.db.execute(
      `UPDATE lead SET last_answer = $2, last_answer_at = $3, last_activity_at = greatest(last_activity_at, $3), version = version + 1, updated_at = $4
        WHERE id = $1 AND (last_answer_at IS NULL OR last_answer_at <= $3)`,
      [leadId, answer, at, this.clock.now()],
    );
    const data = { answer, note: note ?? null, until: until ?? null };
    await this.timeline.append([{ leadId, kind: 'investor_answered', at, refType, refId, data }]);
  }

  async proposeNext(lead: LockedLead, answer: InvestorAnswer, dueAt: Date): Promise<void> {
    const [owner] = lead.ownerId ? await this.users.getMany([lead.ownerId]) : [];
    await this.db.execute(
      `UPDATE lead SET next_action = $2, next_action_at = $3, version = version + 1, updated_at = $4 WHERE id = $1`,
      [lead.id, nextActionWords(owner?.language ?? 'vi', answer), dueAt, this.clock.now()],
    );
  }

  /** The first reaction to an enquiry, such as an automatic mail. Other leads have no such clock. */
  async markAcknowledged(leadIds: readonly string[], at: Date): Promise<void> {
    await this.db.execute(
      `UPDATE lead SET acknowledged_at = $2, version = version + 1, updated_at = $3
        WHERE id = ANY($1::uuid[]) AND source = 'enquiry' AND acknowledged_at IS NULL`,
      [leadIds, at, this.clock.now()],
    );
  }

  /** The first answer in substance to an enquiry: an officer's contact, or a mail that one wrote. */
  async markAnswered(leadIds: readonly string[], at: Date): Promise<void> {
    await this.db.execute(
      `UPDATE lead SET answered_at = $2, acknowledged_at = coalesce(acknowledged_at, $2), version = version + 1, updated_at = $3
        WHERE id = ANY($1::uuid[]) AND source = 'enquiry' AND answered_at IS NULL`,
      [leadIds, at, this.clock.now()],
    );
  }
}
