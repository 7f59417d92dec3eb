import { Injectable } from '@nestjs/common';
import { Handles, type JobRun } from '../../platform/queue/handles.js';
import { FollowUpDesk } from './follow-up-desk.service.js';
import { dispatchDueReminders } from './follow-up.jobs.js';

@Injectable()
export class DispatchDueRemindersJob {
  constructor(private readonly desk: FollowUpDesk) {}

  @Handles(dispatchDueReminders)
  async handle(_payload: Record<never, never>, run: JobRun): Promise<void> {
    await this.desk.workOff(run.signal);
  }
}
