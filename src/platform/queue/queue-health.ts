import { Inject, Injectable } from '@nestjs/common';
import type { JobDefinition } from './define-job.js';
import { QueueBackend, type BackendKind } from './queue-backend.js';
import { JOBS } from './tokens.js';
import { within } from './within.js';

export interface QueueState {
  backend: BackendKind;
  /** False when the store did not answer in time; the counts are then 0. */
  ok: boolean;
  waiting: number;
  delayed: number;
  failed: number;
}

export interface FailedJob {
  /** `module.verb-noun.id`, which `retry` takes. */
  id: string;
  job: string;
  /** Kind and code of the last error; no personal data. */
  reason: string;
  attempts: number;
  failedAt: Date | null;
  payload: unknown;
}

export interface ScheduleState {
  /** Null while no worker has set it up. */
  nextAt: Date | null;
  /** When the latest run that is known of ended; null when there was none. */
  lastAt: Date | null;
  /** Whether that run succeeded. */
  lastOk: boolean | null;
}

export interface JobState {
  /** `module.verb-noun`. */
  name: string;
  waiting: number;
  active: number;
  /** The next run of a schedule counts here. */
  delayed: number;
  failed: number;
  /** Null for what does not run by itself. */
  schedule: ScheduleState | null;
}

const TIMEOUT_MS = 2_000;

/** Far more than anybody looks through; the rest stays for the next time. */
const RETRIED_AT_MOST = 10_000;

@Injectable()
export class QueueHealth {
  constructor(
    private readonly backend: QueueBackend,
    @Inject(JOBS) private readonly jobs: readonly JobDefinition[],
  ) {}

  async check(timeoutMs = TIMEOUT_MS): Promise<QueueState> {
    const state: QueueState = { backend: this.backend.kind, ok: true, waiting: 0, delayed: 0, failed: 0 };
    try {
      for (const counts of await within(timeoutMs, this.counts())) {
        state.waiting += (counts.waiting ?? 0) + (counts.prioritized ?? 0);
        state.delayed += counts.delayed ?? 0;
        state.failed += counts.failed ?? 0;
      }
      return state;
    } catch {
      return { ...state, ok: false };
    }
  }

  /** Each job by itself; null when the store does not answer in time. */
  async jobStates(timeoutMs = TIMEOUT_MS): Promise<JobState[] | null> {
    const states = Promise.all(this.jobs.map((job) => this.stateOf(job)));
    return within(timeoutMs, states).catch(() => null);
  }

  /** The latest failures of all jobs, newest first. */
  async failedJobs(limit = 100): Promise<FailedJob[]> {
    const lists = await Promise.all(
      this.jobs.map((job) => this.backend.queue(job.name).getFailed(0, limit - 1)),
    );
    return lists
      .flat()
      .toSorted((a, b) => (b.finishedOn ?? 0) - (a.finishedOn ?? 0))
      .slice(0, limit)
      .map((job) => ({
        id: `${job.name}.${job.id}`,
        job: job.name,
        reason: job.failedReason,
        attempts: job.attemptsMade,
        failedAt: job.finishedOn ? new Date(job.finishedOn) : null,
        payload: job.data,
      }));
  }

  /** Runs a failed job anew with all its attempts; false when there is none with this id. */
  async retry(id: string): Promise<boolean> {
    const definition = this.jobs.find((job) => id.startsWith(`${job.name}.`));
    if (!definition) return false;
    const job = await this.backend.queue(definition.name).getJob(id.slice(definition.name.length + 1));
    if (!job || !(await job.isFailed())) return false;
    await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
    return true;
  }

  /** Every failed job, and how many began anew. */
  async retryAll(): Promise<number> {
    let retried = 0;
    for (const { id } of await this.failedJobs(RETRIED_AT_MOST)) if (await this.retry(id)) retried += 1;
    return retried;
  }

  private async stateOf(job: JobDefinition): Promise<JobState> {
    const queue = this.backend.queue(job.name);
    const [counts, schedule] = await Promise.all([
      queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed'),
      job.schedule ? this.scheduleOf(job) : null,
    ]);
    const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
    return { name: job.name, waiting: waiting + prioritized, active, delayed, failed, schedule };
  }

  private async scheduleOf(job: JobDefinition): Promise<ScheduleState> {
    const queue = this.backend.queue(job.name);
    const [standing, [completed], [failed]] = await Promise.all([
      queue.getJobScheduler(job.name),
      queue.getCompleted(0, 0),
      queue.getFailed(0, 0),
    ]);
    const [good, bad] = [completed?.finishedOn ?? 0, failed?.finishedOn ?? 0];
    const last = Math.max(good, bad);
    return {
      nextAt: standing?.next ? new Date(standing.next) : null,
      lastAt: last ? new Date(last) : null,
      lastOk: last ? good >= bad : null,
    };
  }

  private counts(): Promise<Record<string, number>[]> {
    const states = ['waiting', 'prioritized', 'delayed', 'failed'] as const;
    return Promise.all(this.jobs.map((job) => this.backend.queue(job.name).getJobCounts(...states)));
  }
}
