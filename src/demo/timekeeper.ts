import { setTimeout as pause } from 'node:timers/promises';
import { Database } from '../platform/database/database.js';
import type { JobDefinition } from '../platform/queue/define-job.js';
import { JobQueue } from '../platform/queue/job-queue.js';
import { QueueBackend } from '../platform/queue/queue-backend.js';
import { JOBS } from '../platform/queue/tokens.js';
import type { RunningProgram } from './program.js';

const POLL_MS = 15;
const PATIENCE_MS = 30_000;

/** Moves the program's time, and lets it do at each moment what a minute of real time would let it do. */
export class Timekeeper {
  private readonly db: Database;
  private readonly queue: JobQueue;
  private readonly backend: QueueBackend;
  private readonly scheduled: readonly JobDefinition[];
  private ticks = 0;

  constructor(private readonly program: RunningProgram) {
    this.db = program.app.get(Database, { strict: false });
    this.queue = program.app.get(JobQueue, { strict: false });
    this.backend = program.app.get(QueueBackend, { strict: false });
    const jobs = program.app.get<readonly JobDefinition[]>(JOBS, { strict: false });
    this.scheduled = jobs.filter((job) => this.runsByTheMinute(job));
  }

  /** What runs once a night is left to the night. */
  private runsByTheMinute({ schedule }: JobDefinition): boolean {
    const { timeZone, dispatchEveryMs } = this.program.config;
    const given = typeof schedule === 'function' ? schedule({ timeZone, dispatchEveryMs }) : schedule;
    return given !== undefined && 'everyMs' in given;
  }

  now(): Date {
    return this.program.clock.now();
  }

  /** @param time local, `HH:mm` */
  moment(day: string, time: string): Date {
    const [hour, minute] = time.split(':').map(Number);
    return this.program.clock.local(this.program.clock.startOf(day)).set({ hour, minute }).toJSDate();
  }

  moveTo(at: Date): void {
    this.program.clock.set(at);
  }

  /** Wakes everything that runs by the minute, through the queue, and waits until nothing due is left. */
  async work(): Promise<void> {
    this.ticks += 1;
    const jobId = `demo-${this.ticks}-wake`;
    await Promise.all(this.scheduled.map((job) => this.queue.add(job, {}, { jobId })));
    await this.until(async () => {
      const left = await Promise.all(this.scheduled.map((job) => this.unfinished(job, jobId)));
      return left.every((unfinished) => !unfinished) && (await this.dueNow()) === 0;
    });
  }

  /** One that failed for good ends the story. */
  private async unfinished(job: JobDefinition, jobId: string): Promise<boolean> {
    const found = await this.backend.queue(job.name).getJob(jobId);
    if (found?.failedReason && found.finishedOn) throw new Error(`${job.name}: ${found.failedReason}`);
    return Boolean(found) && !found?.finishedOn;
  }

  /** Reminders and mails whose time has come and that nobody has dealt with. */
  private async dueNow(): Promise<number> {
    const [row] = await this.db.query<{ due: number }>(
      `SELECT ((SELECT count(*) FROM reminder WHERE status = 'pending' AND due_at <= $1)
             + (SELECT count(*) FROM message WHERE status = 'sending' OR (status = 'queued' AND not_before <= $1)))::int AS due`,
      [this.now()],
    );
    return row!.due;
  }

  private async until(finished: () => Promise<boolean>): Promise<void> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    while (!(await finished())) {
      if (performance.now() > giveUpAt) {
        const due = await this.dueNow();
        throw new Error(`Work that was due at ${this.now().toISOString()} is still not done (${due} rows).`);
      }
      await pause(POLL_MS);
    }
  }
}
