import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { LeadsService } from '../leads/leads.service.js';
import { TasksWriter, titleOf } from './tasks.writer.js';

/** Leads that were put off until a day come back with something to do. */
@Injectable()
export class WakeUpsService {
  constructor(
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly leads: LeadsService,
    private readonly tasks: TasksWriter,
  ) {}

  /** At most `limit`, within the caller's transaction; answers how many. */
  async wake(limit: number): Promise<number> {
    const woken = await this.leads.wakeDue(limit);
    const dueAt = await this.calendar.nextWorkingMoment(this.clock.now());
    await this.tasks.write(
      woken.map(({ id, ownerId }) => ({
        ...titleOf('task_woken'),
        leadId: id,
        stepKey: `wake:${this.clock.today()}`,
        channel: 'officer_task' as const,
        ownerId,
        dueAt,
        status: 'pending' as const,
      })),
    );
    return woken.length;
  }
}
