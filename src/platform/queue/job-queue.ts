import { Injectable } from '@nestjs/common';
import { bullOptions, type JobDefinition } from './define-job.js';
import { QueueBackend } from './queue-backend.js';

export interface AddOptions {
  /** Real time, not the time of `Clock`. Default 0. */
  delayMs?: number;
  /**
   * While a job with this id waits or runs, adding it again does nothing; one that failed for good is replaced. No
   * colon, and not only digits.
   */
  jobId?: string;
  /** 1 goes first, up to 2,097,151; jobs without one go before all that have one. */
  priority?: number;
}

export interface BulkItem<P> extends AddOptions {
  payload: P;
}

const BULK = 2_000;

/**
 * Wakes workers. A job is no record of anything: add it after the commit that made it due, by
 * `Database.afterCommit`, and let the tables be where lost ones are found again. Throws within seconds when the
 * store is away.
 */
@Injectable()
export class JobQueue {
  constructor(private readonly backend: QueueBackend) {}

  async add<P>(job: JobDefinition<P>, payload: NoInfer<P>, options: AddOptions = {}): Promise<void> {
    await this.forgetFailed(job, [options]);
    const { name, data, opts } = bullJob(job, { ...options, payload });
    await this.backend.queue(job.name).add(name, data, opts);
  }

  async addBulk<P>(job: JobDefinition<P>, items: readonly BulkItem<NoInfer<P>>[]): Promise<void> {
    await this.forgetFailed(job, items);
    // In turn: each batch is one statement, and all at once would only hold more memory.
    for (let at = 0; at < items.length; at += BULK) {
      await this.backend
        .queue(job.name)
        .addBulk(items.slice(at, at + BULK).map((item) => bullJob(job, item)));
    }
  }

  /** Failed jobs are kept for the administrator and still hold their ids. */
  private async forgetFailed(job: JobDefinition, items: readonly AddOptions[]): Promise<void> {
    const wanted = new Set(items.flatMap((item) => item.jobId ?? []));
    if (wanted.size === 0) return;
    const queue = this.backend.queue(job.name);
    const failed = await queue.getRanges(['failed'], 0, -1);
    await Promise.all(failed.filter((id) => wanted.has(id)).map((id) => queue.remove(id)));
  }
}

function bullJob<P>(job: JobDefinition<P>, { payload, delayMs, jobId, priority }: BulkItem<P>) {
  const given = {
    ...(delayMs && { delay: delayMs }),
    ...(jobId && { jobId }),
    ...(priority && { priority }),
  };
  return { name: job.name, data: payload as object, opts: { ...bullOptions(job), ...given } };
}
