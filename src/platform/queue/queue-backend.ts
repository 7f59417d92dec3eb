import type { Job, Queue, Worker, WorkerOptions } from 'bullmq';
import type { ScheduleContext } from './define-job.js';

export interface QueueSettings {
  backend: { kind: 'postgres'; url: string } | { kind: 'redis'; url: string };
  /** Keeps programs (and tests) that share a server apart. */
  prefix: string;
  /** How long a stopping worker waits for the jobs that it runs. */
  shutdownTimeoutMs: number;
  schedules: ScheduleContext;
  /** A worker that was killed is given up after this long, and its jobs run again. Default 30,000. */
  lockMs?: number;
  /** How often a worker looks whether the schedules still stand. Default 30,000. */
  scheduleCheckMs?: number;
}

export type BackendKind = QueueSettings['backend']['kind'];

/** What is used of BullMQ's classes; the same for either store. */
export type BullQueue = Pick<
  Queue<object>,
  | 'add'
  | 'addBulk'
  | 'getFailed'
  | 'getCompleted'
  | 'getJob'
  | 'getJobCounts'
  | 'getRanges'
  | 'remove'
  | 'obliterate'
  | 'upsertJobScheduler'
  | 'getJobScheduler'
  | 'removeJobScheduler'
>;
export type BullWorker = Pick<Worker<object>, 'pause' | 'close' | 'cancelAllJobs'> & {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'stalled', listener: (jobId: string) => void): unknown;
  on(event: 'failed', listener: (job: Job<object> | undefined, error: Error) => void): unknown;
};
export type RunJob = (
  job: Job<object>,
  token: string | undefined,
  signal: AbortSignal | undefined,
) => Promise<void>;
export type RunOptions = Pick<
  WorkerOptions,
  'concurrency' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount'
>;

/** The store behind the queues. `connect` comes first; `close` comes after every worker was closed. */
export abstract class QueueBackend {
  abstract readonly kind: BackendKind;
  /** Reaches the store, prepares it, and warns when it may lose jobs. */
  abstract connect(): Promise<void>;
  /** The same object for the same name. */
  abstract queue(name: string): BullQueue;
  /** Called once per process, with the number of workers that `worker` will be asked for. */
  abstract reserve(workers: number): void;
  abstract worker(name: string, run: RunJob, options: RunOptions): BullWorker;
  abstract close(): Promise<void>;
}
