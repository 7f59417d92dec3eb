import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor, SYSTEM, type Actor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Invalid } from '../../platform/http/problem.js';
import { UsersQueries, type UserSummary } from '../identity/users.queries.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import type { LockedReminder } from './locked-reminders.js';
import { SequencesWriter } from './sequences.writer.js';
import { TasksWriter } from './tasks.writer.js';

type Closing = {
  status: 'done' | 'cancelled';
  outcome?: string | null;
  reason?: string;
  note: string | null;
};

/** The rows behind what a person decided. */
@Injectable()
export class ReminderRecords {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly users: UsersQueries,
    private readonly timeline: Timeline,
    private readonly sequences: SequencesWriter,
    private readonly tasks: TasksWriter,
  ) {}

  async close(reminder: LockedReminder, { status, outcome, reason, note }: Closing): Promise<void> {
    await this.db.execute(
      `UPDATE reminder SET status = $2, outcome = $3, reason = $4, note = $5, closed_at = $6, closed_by = $7, version = version + 1, updated_at = $6
        WHERE id = $1`,
      [
        reminder.id,
        status,
        outcome ?? null,
        reason ?? null,
        note,
        this.clock.now(),
        userIdOf(currentActor() ?? SYSTEM),
      ],
    );
    await this.settle(reminder);
    await this.tasks.closeEscalationsOf([reminder.id]);
  }

  async settle(reminder: LockedReminder): Promise<void> {
    if (reminder.sequenceId !== null) await this.sequences.settleStatus([reminder.sequenceId]);
  }

  tell(
    reminder: LockedReminder,
    kind: string,
    data: Record<string, unknown>,
    options: { touch?: boolean } = {},
  ): Promise<void> {
    const { titleVi, titleEn, channel } = reminder;
    const entry = {
      leadId: reminder.leadId,
      kind,
      refType: 'reminder',
      refId: reminder.id,
      data: { titleVi, titleEn, channel, ...data },
    };
    return this.timeline.append([entry], options);
  }

  async activeUser(field: string, id: string): Promise<UserSummary> {
    const [user] = await this.users.getMany([id]);
    if (!user?.active) throw new Invalid(field, 'unknown_user');
    return user;
  }
}

/** Keys of programs are no users. */
export function userIdOf(actor: Actor): string | null {
  return actor.kind === 'user' ? actor.id : null;
}
