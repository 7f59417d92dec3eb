import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Database } from '../../platform/database/database.js';
import { DispatchService } from './dispatch.service.js';
import { EscalationsService } from './escalations.service.js';
import { WakeUpsService } from './wake-ups.service.js';

const BATCH = 200;

export interface WorkedOff {
  dispatched: number;
  woken: number;
  /** Tasks, enquiries and leads that came before a manager or were found in order. */
  checked: number;
}

/** All that comes due by the clock alone, in the order in which one thing may lead to the next. Safe to run twice at once. */
@Injectable()
export class FollowUpDesk {
  constructor(
    private readonly db: Database,
    private readonly calendar: Calendar,
    private readonly wakeUps: WakeUpsService,
    private readonly dispatch: DispatchService,
    private readonly escalations: EscalationsService,
  ) {}

  async workOff(signal?: AbortSignal): Promise<WorkedOff> {
    const woken = await this.repeat(() => this.wakeUps.wake(BATCH), signal);
    const dispatched = await this.dispatch.dispatchDue(signal);
    const hours = await this.calendar.view();
    const overdue = await this.repeat(() => this.escalations.escalateOverdue(hours, BATCH), signal);
    const enquiries = await this.repeat(() => this.escalations.escalateEnquiries(hours, BATCH), signal);
    const cared = await this.repeat(() => this.escalations.escalateUncared(hours, BATCH), signal);
    const obstacles = await this.repeat(() => this.escalations.escalateObstacles(hours, BATCH), signal);
    return { dispatched, woken, checked: overdue + enquiries + cared + obstacles };
  }

  /** Seconds since the oldest waiting reminder was due. */
  lag(): Promise<number> {
    return this.dispatch.lag();
  }

  /** A transaction for each batch, until one finds nothing more. */
  private async repeat(batch: () => Promise<number>, signal?: AbortSignal): Promise<number> {
    let total = 0;
    while (signal?.aborted !== true) {
      const found = await this.db.transaction(batch);
      total += found;
      if (found === 0) break;
    }
    return total;
  }
}
