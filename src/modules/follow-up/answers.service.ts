import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { RuleError } from '../../platform/http/rule-error.js';
import type { InvestorAnswer } from '../leads/lead.entity.js';
import { StopsService } from './stops.service.js';
import { TasksWriter, titleOf } from './tasks.writer.js';

export interface AnswerToFollowUp {
  answer: InvestorAnswer;
  /** With `not_now`: the local day from which to ask again. */
  untilDay?: string | null;
  /** The mail whose link was used. */
  messageId?: string | null;
  contactId?: string | null;
}

export interface MailToAnswer {
  /** Twice under one is once. */
  key: string;
  /** As the writer calls themself. */
  from: string;
  contactId: string | null;
}

/** What an officer is asked to do about a mail. */
export interface TaskForMail {
  titleVi: string;
  titleEn: string;
  dueAt: Date;
  ownerId: string | null;
}

/** Working days within which an officer should react. */
const REACT_WITHIN: Record<InvestorAnswer, number> = {
  call_me: 1,
  interested: 1,
  visit: 2,
  not_now: 2,
  not_interested: 2,
};

/** What an investor's answer means for the follow-up: the sequence ends, the mail is settled, an officer gets a task. */
@Injectable()
export class FollowUpAnswers {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly stops: StopsService,
    private readonly tasks: TasksWriter,
  ) {}

  /** Also good for an answer that is changed: the task of the earlier one goes. */
  settle(leadId: string, given: AnswerToFollowUp): Promise<void> {
    return this.db.transaction(async () => {
      await this.stops.stopLead(leadId, `answered_${given.answer}`);
      const now = this.clock.now();
      await this.db.execute(
        `UPDATE reminder SET outcome = $2, version = version + 1, updated_at = $3 WHERE message_id = $1 AND channel = 'investor_email'`,
        [given.messageId ?? null, given.answer, now],
      );
      await this.db.execute(
        `UPDATE reminder SET status = 'stopped', reason = $2, closed_at = $3, version = version + 1, updated_at = $3
          WHERE lead_id = $1 AND round_id IS NULL AND step_key LIKE 'answer:%' AND status IN ('pending', 'open')`,
        [leadId, `answered_${given.answer}`, now],
      );
      if (!(given.answer === 'not_now' && given.untilDay)) await this.askOfficer(leadId, given, now);
    });
  }

  /** By when an officer reacts to the last answer: of its task that is still to be done; null when there is none. */
  async reactionDue(leadId: string): Promise<Date | null> {
    const [task] = await this.db.query<{ dueAt: Date }>(
      `SELECT due_at AS "dueAt" FROM reminder
        WHERE lead_id = $1 AND round_id IS NULL AND step_key LIKE 'answer:%' AND status IN ('pending', 'open') ORDER BY created_at DESC LIMIT 1`,
      [leadId],
    );
    return task?.dueAt ?? null;
  }

  /** A mail in the investor's own words is an answer too; what it says is for a person to read. */
  settleMail(leadId: string, { key, from, contactId }: MailToAnswer): Promise<TaskForMail | null> {
    return this.db.transaction(async () => {
      await this.stops.stopLead(leadId, 'answered_by_mail');
      const [lead] = await this.db.query<{ ownerId: string | null }>(
        `SELECT owner_id AS "ownerId" FROM lead WHERE id = $1 AND stage <> 'lost'`,
        [leadId],
      );
      if (!lead) return null;
      const dueAt = await this.calendar.addWorkingDays(this.clock.now(), 1);
      const task = { ...titleOf('task_answer_mail', () => ({ from })), dueAt, ownerId: lead.ownerId };
      await this.tasks.write([
        { ...task, leadId, stepKey: `mail:${key}`, channel: 'officer_task', contactId, status: 'pending' },
      ]);
      return task;
    });
  }

  /**
   * The mail was not about this lead: its task goes, if nobody has answered it. What it stopped cannot run on, for steps
   * have passed meanwhile: then the mail stays. Answers when the task was due; null where there was none.
   */
  unsettleMail(leadId: string, key: string): Promise<Date | null> {
    return this.db.transaction(async () => {
      const [task] = await this.db.query<{ id: string; dueAt: Date; waits: boolean; stopped: boolean }>(
        `SELECT r.id, r.original_due_at AS "dueAt", r.status IN ('pending', 'open') AS waits,
                EXISTS (SELECT 1 FROM follow_up_sequence q WHERE q.lead_id = r.lead_id AND q.stop_reason = 'answered_by_mail'
                          AND q.stopped_at BETWEEN r.created_at - interval '1 minute' AND r.created_at) AS stopped
           FROM reminder r WHERE r.lead_id = $1 AND r.round_id IS NULL AND r.step_key = $2 FOR UPDATE OF r`,
        [leadId, `mail:${key}`],
      );
      if (!task) return null;
      if (task.stopped) throw new RuleError('inbound_mail_stopped_follow_up');
      if (!task.waits) throw new RuleError('inbound_mail_answered');
      await this.db.execute(
        // its key is free again: the mail may come back
        `UPDATE reminder SET status = 'cancelled', reason = 'cancelled_by_person', step_key = step_key || ':' || id, closed_at = $2,
                version = version + 1, updated_at = $2 WHERE id = $1`,
        [task.id, this.clock.now()],
      );
      await this.tasks.closeEscalationsOf([task.id]);
      return task.dueAt;
    });
  }

  /** A day to ask again puts the lead to sleep instead; waking up brings its own task. */
  private async askOfficer(
    leadId: string,
    { answer, contactId }: AnswerToFollowUp,
    now: Date,
  ): Promise<void> {
    const [lead] = await this.db.query<{ ownerId: string | null }>(
      `SELECT owner_id AS "ownerId" FROM lead WHERE id = $1 AND stage <> 'lost'`,
      [leadId],
    );
    if (!lead) return;
    await this.tasks.write([
      {
        ...titleOf(`task_answered_${answer}`),
        leadId,
        stepKey: `answer:${answer}:${now.toISOString()}`,
        channel: 'officer_task',
        contactId,
        ownerId: lead.ownerId,
        dueAt: await this.calendar.addWorkingDays(now, REACT_WITHIN[answer]),
        status: 'pending',
      },
    ]);
  }
}
