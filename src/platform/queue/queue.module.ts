import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Config } from '../config/config.js';
import { definedJobs, type JobDefinition } from './define-job.js';
import { JobQueue } from './job-queue.js';
import { PostgresBackend } from './postgres-backend.js';
import { QueueBackend, type QueueSettings } from './queue-backend.js';
import { QueueHealth } from './queue-health.js';
import { RedisBackend } from './redis-backend.js';
import { JOBS, QUEUE_SETTINGS } from './tokens.js';

export function queueSettings(config: Config): QueueSettings {
  return {
    backend: config.redisUrl
      ? { kind: 'redis', url: config.redisUrl }
      : { kind: 'postgres', url: config.databaseUrl },
    prefix: config.queuePrefix,
    shutdownTimeoutMs: config.shutdownTimeoutMs,
    lockMs: config.queueLockMs,
    scheduleCheckMs: config.queueLockMs,
    schedules: { timeZone: config.timeZone, dispatchEveryMs: config.dispatchEveryMs },
  };
}

export function createBackend(settings: QueueSettings): QueueBackend {
  const { kind, url } = settings.backend;
  return kind === 'redis'
    ? new RedisBackend(url, settings.prefix)
    : new PostgresBackend(url, settings.prefix);
}

/** Connects, and makes the queue of every job now rather than inside the first request that needs it. */
async function openBackend(settings: QueueSettings, jobs: readonly JobDefinition[]): Promise<QueueBackend> {
  const backend = createBackend(settings);
  await backend.connect();
  for (const job of jobs) backend.queue(job.name);
  return backend;
}

/** Closes the store last, when neither requests nor workers add any more. */
@Injectable()
class BackendLifetime implements OnApplicationShutdown {
  constructor(@Inject(QueueBackend) private readonly backend: QueueBackend) {}

  async onApplicationShutdown(): Promise<void> {
    await this.backend.close();
  }
}

/** Adding jobs and looking at them. Runs none: that is `QueueWorkerModule`. */
@Global()
@Module({})
export class QueueModule {
  /** `settings` and `jobs` come from the configuration and from every `defineJob` unless a test gives its own. */
  static forRoot(given: { settings?: QueueSettings; jobs?: readonly JobDefinition[] } = {}): DynamicModule {
    const settings = given.settings
      ? { provide: QUEUE_SETTINGS, useValue: given.settings }
      : { provide: QUEUE_SETTINGS, inject: [Config], useFactory: queueSettings };
    return {
      module: QueueModule,
      providers: [
        settings,
        { provide: JOBS, useFactory: () => given.jobs ?? definedJobs() },
        { provide: QueueBackend, inject: [QUEUE_SETTINGS, JOBS], useFactory: openBackend },
        BackendLifetime,
        JobQueue,
        QueueHealth,
      ],
      exports: [QUEUE_SETTINGS, JOBS, QueueBackend, JobQueue, QueueHealth],
    };
  }
}
