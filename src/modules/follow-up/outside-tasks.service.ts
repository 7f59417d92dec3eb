import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import type { InvestorAnswer } from '../leads/lead.entity.js';
import { TasksWriter, type Title } from './tasks.writer.js';

/** What a module above asks an officer to do. Twice under one key is once. */
export interface OutsideTask extends Title {
  leadId: string;
  /** @example "visit:asked:2026-03-02" */
  key: string;
  ownerId: string | null;
  contactId?: string | null;
  dueAt: Date;
}

/** Tasks that follow from what the modules above know. */
@Injectable()
export class OutsideTasks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tasks: TasksWriter,
  ) {}

  /** Answers whether it is new. */
  async open({ key, ...task }: OutsideTask): Promise<boolean> {
    const channel = 'officer_task';
    return (await this.tasks.write([{ ...task, stepKey: key, channel, status: 'pending' }])).length > 0;
  }

  /** What an answer asked for has come about by itself. */
  async settleAnswer(leadId: string, answer: InvestorAnswer, outcome: 'meeting_agreed'): Promise<void> {
    const rows = await this.db.query<{ id: string }>(
      `UPDATE reminder SET status = 'done', outcome = $3, closed_at = $4, version = version + 1, updated_at = $4
        WHERE lead_id = $1 AND round_id IS NULL AND step_key LIKE $2 AND status IN ('pending', 'open') RETURNING id`,
      [leadId, `answer:${answer}:%`, outcome, this.clock.now()],
    );
    await this.tasks.closeEscalationsOf(rows.map(({ id }) => id));
  }
}
