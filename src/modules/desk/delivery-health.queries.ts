import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Health } from '../../platform/health/health.js';
import { QueueBackend } from '../../platform/queue/queue-backend.js';
import { QueueHealth, type FailedJob, type JobState } from '../../platform/queue/queue-health.js';
import type {
  DeliveryHealth,
  DispatchHealth,
  FailedJobAnswer,
  JobKind,
  MessageCounts,
  QueueOverview,
} from './queue.dto.js';

const WEEK_MS = 7 * 24 * 3_600_000;
const NONE: MessageCounts = {
  queued: 0,
  sending: 0,
  sent: 0,
  failed: 0,
  bounced: 0,
  unknown: 0,
  cancelled: 0,
};

/** Whether what should go out does go out. */
@Injectable()
export class DeliveryHealthQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly health: Health,
    private readonly queue: QueueHealth,
    private readonly backend: QueueBackend,
  ) {}

  async read(): Promise<QueueOverview> {
    const [jobs, dispatch, messages] = await Promise.all([
      this.queue.jobStates(),
      this.dispatch(),
      this.messages(),
    ]);
    const failed = jobs?.some((job) => job.failed > 0) ? await this.queue.failedJobs(100) : [];
    return {
      backend: this.backend.kind,
      ok: jobs !== null,
      jobs: (jobs ?? []).map(toKind),
      failed: failed.map(toFailed),
      dispatch,
      messages,
    };
  }

  private async dispatch(): Promise<DispatchHealth> {
    const part = await this.health.part('dispatch');
    return {
      ok: part?.ok ?? false,
      lagSeconds: typeof part?.lagSeconds === 'number' ? part.lagSeconds : null,
    };
  }

  private async messages(): Promise<DeliveryHealth> {
    const since = new Date(this.clock.now().getTime() - WEEK_MS);
    const [rows, [waiting]] = await Promise.all([
      this.db.query<{ status: keyof MessageCounts; n: number }>(
        `SELECT status, count(*)::int AS n FROM message WHERE created_at >= $1 GROUP BY status`,
        [since],
      ),
      this.db.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM message WHERE status IN ('unknown', 'failed')`,
      ),
    ]);
    const counts = { ...NONE, ...Object.fromEntries(rows.map(({ status, n }) => [status, n])) };
    return { since: since.toISOString(), counts, undecided: waiting!.n };
  }
}

function toKind({ schedule, ...job }: JobState): JobKind {
  const time = (at: Date | null) => at?.toISOString() ?? null;
  return {
    ...job,
    schedule: schedule && {
      nextAt: time(schedule.nextAt),
      lastAt: time(schedule.lastAt),
      lastOk: schedule.lastOk,
    },
  };
}

function toFailed({ id, job, attempts, failedAt, reason }: FailedJob): FailedJobAnswer {
  return { id, job, attempts, failedAt: failedAt?.toISOString() ?? null, reason };
}
