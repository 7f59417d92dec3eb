import { Logger } from '@nestjs/common';
import { bullOptions, type JobDefinition, type Schedule } from './define-job.js';
import { QueueBackend, type QueueSettings } from './queue-backend.js';

const CHECK_MS = 30_000;

/**
 * Keeps the schedules standing. A store that was emptied loses them too, and with dispatch gone nothing would find
 * again what else was lost: so every worker looks now and then, and puts back what is missing or overdue.
 */
export class Schedules {
  private readonly logger = new Logger('Queue');
  private readonly checkMs: number;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly backend: QueueBackend,
    private readonly jobs: readonly JobDefinition[],
    private readonly settings: QueueSettings,
  ) {
    this.checkMs = settings.scheduleCheckMs ?? CHECK_MS;
  }

  async start(): Promise<void> {
    await Promise.all(
      this.jobs.map(async (job) => {
        if (job.schedule) await this.put(job);
        else await this.backend.queue(job.name).removeJobScheduler(job.name);
      }),
    );
    this.timer = setInterval(() => void this.repair(), this.checkMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async repair(): Promise<void> {
    for (const job of this.jobs) {
      if (!job.schedule) continue;
      try {
        const standing = await this.backend.queue(job.name).getJobScheduler(job.name);
        if (standing?.next && standing.next > Date.now() - this.checkMs) continue;
        await this.put(job);
        this.logger.warn(
          `The schedule of ${job.name} was ${standing ? 'overdue' : 'missing'} and has been put back.`,
        );
      } catch (error) {
        this.logger.warn(`The schedule of ${job.name} could not be checked: ${(error as Error).message}`);
      }
    }
  }

  private async put(job: JobDefinition): Promise<void> {
    const given = typeof job.schedule === 'function' ? job.schedule(this.settings.schedules) : job.schedule!;
    await this.backend
      .queue(job.name)
      .upsertJobScheduler(job.name, this.repeat(given), { name: job.name, data: {}, opts: bullOptions(job) });
  }

  private repeat(schedule: Schedule): { every: number } | { pattern: string; tz: string } {
    if ('everyMs' in schedule) return { every: schedule.everyMs };
    return { pattern: schedule.cron, tz: schedule.timeZone ?? this.settings.schedules.timeZone };
  }
}
