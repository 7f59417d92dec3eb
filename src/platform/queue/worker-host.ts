import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { runAs, SYSTEM } from '../database/actor.js';
import type { JobDefinition } from './define-job.js';
import { ErrorLog } from './error-log.js';
import { framesOf, withoutPersonalData } from './failure.js';
import { assertEveryJobHasOneHandler, HandlerDiscovery, type JobHandler } from './handlers.js';
import { QueueBackend, type BullWorker, type QueueSettings, type RunJob } from './queue-backend.js';
import { Schedules } from './schedules.js';
import { JOBS, QUEUE_SETTINGS } from './tokens.js';
import { within } from './within.js';

const LOCK_MS = 30_000;
/** For handlers that listen to the abort signal to release what they hold, and for closing connections. */
const GRACE_MS = 1_000;

/** Runs every job of the program: one BullMQ worker for each, until the program stops. */
@Injectable()
export class WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Worker');
  private readonly storeLog = new ErrorLog('Worker');
  private readonly schedules: Schedules;
  private workers: BullWorker[] = [];

  constructor(
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    @Inject(JOBS) private readonly jobs: readonly JobDefinition[],
    private readonly backend: QueueBackend,
    @Inject(HandlerDiscovery) private readonly discovery: Pick<HandlerDiscovery, 'find'>,
  ) {
    this.schedules = new Schedules(backend, jobs, settings);
  }

  async onApplicationBootstrap(): Promise<void> {
    const handlers = this.discovery.find();
    assertEveryJobHasOneHandler(this.jobs, handlers);
    this.backend.reserve(handlers.length);
    await this.schedules.start();
    this.workers = handlers.map((handler) => this.startWorker(handler));
  }

  /** Before the database closes: takes no new job, lets the active ones finish, and gives the rest back. */
  async onModuleDestroy(): Promise<void> {
    this.schedules.stop();
    const idle = Promise.all(this.workers.map((worker) => worker.pause()));
    const finished = await settled(this.settings.shutdownTimeoutMs, idle);
    if (!finished) {
      this.logger.warn(
        'Jobs still run at the end of the time for stopping; another worker will run them again.',
      );
      for (const worker of this.workers) worker.cancelAllJobs('shutdown');
      await settled(GRACE_MS, idle);
    }
    await settled(5 * GRACE_MS, Promise.all(this.workers.map((worker) => worker.close(!finished))));
  }

  private startWorker(handler: JobHandler): BullWorker {
    const { name, concurrency } = handler.job;
    const lockDuration = this.settings.lockMs ?? LOCK_MS;
    const worker = this.backend.worker(name, this.runner(handler), {
      concurrency,
      lockDuration,
      stalledInterval: lockDuration,
      maxStalledCount: 3,
    });
    worker.on('error', (error) => this.storeLog.report(error));
    worker.on('stalled', (jobId) =>
      this.logger.warn({ job: name, jobId }, 'Its worker died: the job runs again.'),
    );
    worker.on('failed', (job, error) => {
      const failure = { job: name, jobId: job?.id, attempt: job?.attemptsMade, reason: error.message };
      this.logger.error({ ...failure, at: framesOf(error) }, 'A job failed.');
    });
    return worker;
  }

  /** Three declared parameters are how BullMQ knows that the abort signal is wanted. */
  private runner(handler: JobHandler): RunJob {
    return (job, _token, signal) =>
      runAs(SYSTEM, async () => {
        const attempt = job.attemptsMade + 1;
        const run = {
          jobId: job.id!,
          attempt,
          lastAttempt: attempt >= (job.opts.attempts ?? 1),
          signal: signal ?? new AbortController().signal,
        };
        try {
          await handler.handle(job.data, run);
        } catch (error) {
          throw withoutPersonalData(error);
        }
      });
  }
}

async function settled(ms: number, work: Promise<unknown>): Promise<boolean> {
  try {
    await within(ms, work);
    return true;
  } catch {
    return false;
  }
}
