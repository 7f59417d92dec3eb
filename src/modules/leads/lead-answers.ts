import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { AnswerRecords, type AnswerGiven } from './answer-records.js';
import { consequenceOf } from './lead.rules.js';
import { LockedLeads } from './locked-leads.js';
import { StageMoves } from './stage-moves.js';
import { isOpen } from './pipelines/stage.rules.js';

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
