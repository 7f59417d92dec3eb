import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { NotFound } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { DataRequestMails } from './data-request-mails.js';
import { DataRequest, type DataRequestStatus } from './data-request.entity.js';
import { assertOpen, extendedDueAt } from './data-request.rules.js';

/** The steps of a request on its way, short of carrying it out. */
@Injectable()
export class DataRequestSteps {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly mails: DataRequestMails,
  ) {}

  /** Somebody has taken it up. */
  acknowledge(id: string, version: number): Promise<void> {
    return this.step(id, version, async (request) => {
      assertOpen(request);
      request.acknowledgedAt ??= this.clock.now();
      if (request.status === 'received') request.status = 'acknowledged';
    });
  }

  /** Once, before the time is over, with a reason that the person is told. */
  extend(id: string, version: number, reason: string): Promise<void> {
    return this.step(id, version, async (request) => {
      const now = this.clock.now();
      request.dueAt = extendedDueAt(request, now, await this.calendar.view());
      Object.assign(request, { status: 'extended', extendedAt: now, extensionReason: reason });
      request.acknowledgedAt ??= now;
      await this.mails.extended(request);
    });
  }

  refuse(id: string, version: number, reason: string): Promise<void> {
    return this.step(id, version, async (request) => {
      assertOpen(request);
      this.close(request, 'refused');
      request.decisionReason = reason;
      await this.mails.refused(request);
    });
  }

  /** The person no longer wants it. */
  takeBack(id: string, version: number): Promise<void> {
    return this.step(id, version, async (request) => {
      assertOpen(request);
      this.close(request, 'withdrawn');
    });
  }

  /** The person may be written to again, as the person asked. */
  lift(id: string, version: number): Promise<void> {
    return this.step(id, version, async (request) => {
      const lifted = await this.db.execute(sql`
        UPDATE contact SET restricted_at = NULL, version = version + 1, updated_at = ${this.clock.now()}
         WHERE id = ${request.contactId} AND restricted_at IS NOT NULL`);
      if (lifted === 0) throw new RuleError('data_request_not_restricted');
      request.liftedAt = this.clock.now();
    });
  }

  /** One change of a locked row that was seen as it is. */
  step(id: string, version: number, change: (request: DataRequest) => Promise<void>): Promise<void> {
    return this.db.transaction(async () => {
      const request = await this.db
        .repo(DataRequest)
        .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!request) throw new NotFound('data_request_not_found');
      assertVersion(request.version, version);
      await change(request);
      const actor = currentActor();
      if (actor?.kind === 'user') request.handledBy = actor.id;
      request.version += 1;
      request.updatedAt = this.clock.now();
      await this.db.repo(DataRequest).save(request);
    });
  }

  close(request: DataRequest, status: Extract<DataRequestStatus, 'done' | 'refused' | 'withdrawn'>): void {
    const now = this.clock.now();
    Object.assign(request, { status, closedAt: now, acknowledgedAt: request.acknowledgedAt ?? now });
  }
}
