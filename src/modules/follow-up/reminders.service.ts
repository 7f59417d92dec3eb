import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Invalid } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { LockedReminders } from './locked-reminders.js';
import { ManualTasks } from './manual-tasks.service.js';
import { ReminderRecords } from './reminder-records.js';
import {
  assertLive,
  assertMayBecome,
  assertUndoable,
  MAX_SNOOZE_DAYS,
  MAX_SNOOZES,
  type ReminderStatus,
  type TaskOutcome,
} from './reminder.rules.js';

export interface Completion {
  outcome?: TaskOutcome | null;
  note?: string | null;
  /** What comes next, as a task of its own; with `nextActionAt`. */
  nextAction?: string | null;
  nextActionAt?: Date | null;
}

/** What people do with reminders: their own ones, or any for a manager. Each answers the reminder's id. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly locked: LockedReminders,
    private readonly manual: ManualTasks,
    private readonly people: ReminderRecords,
  ) {}

  complete(id: string, given: Completion): Promise<string> {
    return this.db.transaction(async () => {
      const reminder = await this.locked.getForChange(id);
      if (reminder.channel === 'investor_email') throw new RuleError('reminder_is_a_mail');
      assertMayBecome(reminder.status, 'done');
      if ((given.nextAction == null) !== (given.nextActionAt == null))
        throw new Invalid('nextActionAt', 'next_action_needs_time');
      await this.people.close(reminder, {
        status: 'done',
        outcome: given.outcome ?? null,
        note: given.note ?? null,
      });
      await this.people.tell(
        reminder,
        'task_done',
        { outcome: given.outcome ?? null, note: given.note ?? null },
        { touch: true },
      );
      await this.manual.follow(reminder, null);
      if (given.nextAction != null && given.nextActionAt != null) {
        await this.manual.setNextAction(reminder.leadId, {
          title: given.nextAction,
          dueAt: given.nextActionAt,
          ownerId: reminder.ownerId,
        });
      }
      return id;
    });
  }

  /** Puts it off, to working time; it comes back by itself. */
  snooze(id: string, until: Date): Promise<string> {
    return this.db.transaction(async () => {
      const reminder = await this.locked.getForChange(id);
      assertLive(reminder.status);
      if (reminder.snoozeCount >= MAX_SNOOZES)
        throw new RuleError('reminder_snoozed_too_often', { max: MAX_SNOOZES });
      const now = this.clock.now();
      if (until <= now) throw new Invalid('until', 'must_be_later');
      if (until.getTime() - now.getTime() > MAX_SNOOZE_DAYS * 86_400_000)
        throw new Invalid('until', 'snooze_too_long', { days: MAX_SNOOZE_DAYS });
      const dueAt = await this.calendar.nextWorkingMoment(until);
      await this.db.execute(
        `UPDATE reminder SET status = 'pending', due_at = $2, snooze_count = snooze_count + 1, version = version + 1, updated_at = $3 WHERE id = $1`,
        [id, dueAt, now],
      );
      await this.manual.follow(reminder, dueAt);
      await this.people.tell(reminder, 'task_snoozed', { until: dueAt.toISOString() });
      return id;
    });
  }

  /** Takes a snooze back that was a slip: the time that it had before, which may have passed. */
  unsnooze(id: string, dueAt: Date): Promise<string> {
    return this.db.transaction(async () => {
      const reminder = await this.locked.getForChange(id);
      assertLive(reminder.status);
      if (reminder.snoozeCount === 0) throw new RuleError('reminder_not_snoozed');
      if (dueAt < reminder.originalDueAt || dueAt >= reminder.dueAt)
        throw new Invalid('dueAt', 'not_before_snooze');
      const now = this.clock.now();
      const status: ReminderStatus =
        reminder.channel !== 'investor_email' && dueAt <= now ? 'open' : 'pending';
      await this.db.execute(
        `UPDATE reminder SET status = $2, due_at = $3, snooze_count = snooze_count - 1,
                dispatched_at = CASE WHEN $2 = 'open' THEN coalesce(dispatched_at, $4) ELSE dispatched_at END, version = version + 1, updated_at = $4
          WHERE id = $1`,
        [id, status, dueAt, now],
      );
      await this.manual.follow(reminder, dueAt);
      await this.people.tell(reminder, 'task_reopened', {});
      return id;
    });
  }

  cancel(id: string, reason: string | null): Promise<string> {
    return this.db.transaction(async () => {
      const reminder = await this.locked.getForChange(id);
      assertMayBecome(reminder.status, 'cancelled');
      await this.people.close(reminder, { status: 'cancelled', reason: 'cancelled_by_person', note: reason });
      await this.manual.follow(reminder, null);
      await this.people.tell(reminder, 'task_cancelled', { note: reason });
      return id;
    });
  }

  reassign(id: string, ownerId: string): Promise<string> {
    return this.db.transaction(async () => {
      const reminder = await this.locked.getForChange(id);
      assertLive(reminder.status);
      const owner = await this.people.activeUser('ownerId', ownerId);
      if (reminder.ownerId !== ownerId) {
        await this.db.execute(
          `UPDATE reminder SET owner_id = $2, version = version + 1, updated_at = $3 WHERE id = $1`,
          [id, ownerId, this.clock.now()],
        );
        await this.people.tell(reminder, 'task_reassigned', { to: owner.name });
      }
      return id;
    });
  }

  /** Takes back a completion or cancellation that was a slip. */
  reopen(id: string): Promise<string> {
    return this.db.transaction(async () => {
      const reminder = await this.locked.getForChange(id);
      const now = this.clock.now();
      assertUndoable(reminder, now);
      if (reminder.sequenceStatus === 'stopped') throw new RuleError('sequence_is_stopped');
      const status: ReminderStatus =
        reminder.dispatchedAt !== null || (reminder.channel !== 'investor_email' && reminder.dueAt <= now)
          ? 'open'
          : 'pending';
      await this.db.execute(
        `UPDATE reminder SET status = $2, reason = NULL, outcome = NULL, closed_at = NULL, closed_by = NULL,
                dispatched_at = CASE WHEN $2 = 'open' THEN coalesce(dispatched_at, $3) ELSE dispatched_at END, version = version + 1, updated_at = $3
          WHERE id = $1`,
        [id, status, now],
      );
      await this.people.settle(reminder);
      await this.manual.resume(reminder);
      await this.people.tell(reminder, 'task_reopened', {});
      return id;
    });
  }
}
