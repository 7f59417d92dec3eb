import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { UsersQueries } from '../identity/users.queries.js';
import type { InvestorAnswer } from './lead.entity.js';
import { consequenceOf } from './lead.rules.js';
import { LockedLeads, type LockedLead } from './locked-leads.js';
import { nextActionWords } from './next-action.js';
import { StageMoves } from './stage-moves.js';
import { isOpen } from './stage.rules.js';
import { Timeline } from './timeline.service.js';

export interface AnswerGiven {
  answer: InvestorAnswer;
  note?: string | null;
  /** With `not_now`: the local day from which it may suit. */
  until?: string | null;
  /** @example a message's id, for the timeline to lead to */
  refType?: string;
  refId?: string;
}

/** What an investor says on an answer page, written into the lead. */
@Injectable()
export class LeadAnswers {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly leads: LockedLeads,
    private readonly moves: StageMoves,
    private readonly records: AnswerRecords,
  ) {}

  /** Answers whose lead it is, for the notice. */
  settle(leadId: string, given: AnswerGiven, at: Date): Promise<{ ownerId: string | null }> {
    return this.db.transaction(async () => {
      const lead = await this.leads.get(leadId);
      await this.records.record(lead.id, given, at);
      const open = isOpen(lead.stage, await this.leads.stagesOf(lead.kind));
      const consequence = consequenceOf(given.answer, { open }, given.until ?? null, this.clock.today());
      if (consequence && 'wakeOn' in consequence) {
        await this.moves.apply(lead, {
          to: 'dormant',
          on: this.clock.today(),
          note: given.note,
          wakeOn: consequence.wakeOn,
        });
      } else if (consequence) {
        const dueAt = await this.calendar.addWorkingDays(at, consequence.withinWorkingDays);
        await this.records.proposeNext(lead, given.answer, dueAt);
      }
      return { ownerId: lead.ownerId };
    });
  }

  markAcknowledged(leadIds: readonly string[], at: Date): Promise<void> {
    return this.records.markAcknowledged(leadIds, at);
  }

  markAnswered(leadIds: readonly string[], at: Date): Promise<void> {
    return this.records.markAnswered(leadIds, at);
  }
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
