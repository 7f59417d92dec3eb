import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Invalid, NotFound } from '../../platform/http/problem.js';
import { LeadsService } from '../leads/leads.service.js';
import { ReminderRecords, userIdOf } from './reminder-records.js';
import type { Channel } from './sequence.rules.js';
import { TasksWriter } from './tasks.writer.js';

export interface ManualTask {
  leadId: string;
  title: string;
  dueAt: Date;
  /** Left out: whoever asks for it. */
  ownerId?: string;
}

/** Tasks that people set themselves. */
@Injectable()
export class ManualTasks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly leads: LeadsService,
    private readonly tasks: TasksWriter,
    private readonly records: ReminderRecords,
  ) {}

  create({ leadId, title, dueAt, ownerId }: ManualTask): Promise<string> {
    return this.db.transaction(async () => {
      const [lead] = await this.db.query<{ stage: string; ownerId: string | null }>(
        `SELECT stage, owner_id AS "ownerId" FROM lead WHERE id = $1`,
        [leadId],
      );
      if (!lead) throw new Invalid('leadId', 'unknown_lead');
      if (dueAt <= this.clock.now()) throw new Invalid('dueAt', 'must_be_later');
      if (ownerId !== undefined) await this.records.activeUser('ownerId', ownerId);
      const owner = ownerId ?? userIdOf(currentActor() ?? SYSTEM) ?? lead.ownerId;
      await this.leads.noteNextAction(leadId, title, dueAt);
      return this.write({ leadId, title, dueAt, ownerId: owner });
    });
  }

  /** On the lead, and as a task that comes up by itself. */
  async setNextAction(
    leadId: string,
    { title, dueAt, ownerId }: { title: string; dueAt: Date; ownerId: string | null },
  ): Promise<void> {
    if (dueAt <= this.clock.now()) throw new Invalid('nextActionAt', 'must_be_later');
    const [lead] = await this.db.query<{ version: number; ownerId: string | null }>(
      `SELECT version, owner_id AS "ownerId" FROM lead WHERE id = $1 FOR NO KEY UPDATE`,
      [leadId],
    );
    if (!lead) throw new NotFound('lead_not_found');
    await this.leads.change(leadId, { nextAction: title, nextActionAt: dueAt }, lead.version);
    await this.write({ leadId, title, dueAt, ownerId: ownerId ?? lead.ownerId });
  }

  /** A lead's next action is a task of its owner's: it ends, or moves, with the task. With null it is over. */
  follow(
    task: { leadId: string; channel: Channel; titleVi: string; titleEn: string },
    at: Date | null,
  ): Promise<void> {
    if (task.channel !== 'officer_task') return Promise.resolve();
    return this.leads.moveNextAction(task.leadId, [task.titleVi, task.titleEn], at);
  }

  /** A task that is open again is what comes next, where nothing else is. */
  resume(task: { leadId: string; channel: Channel; titleVi: string; dueAt: Date }): Promise<void> {
    if (task.channel !== 'officer_task') return Promise.resolve();
    return this.leads.noteNextAction(task.leadId, task.titleVi, task.dueAt);
  }

  private async write({
    leadId,
    title,
    dueAt,
    ownerId,
  }: {
    leadId: string;
    title: string;
    dueAt: Date;
    ownerId: string | null;
  }): Promise<string> {
    const [task] = await this.tasks.write([
      {
        leadId,
        titleVi: title,
        titleEn: title,
        stepKey: `manual:${newId()}`,
        channel: 'officer_task',
        ownerId,
        dueAt,
        status: 'pending',
      },
    ]);
    return task!.id;
  }
}
