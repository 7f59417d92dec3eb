import { dispatchDueReminders } from '../../src/modules/follow-up/follow-up.jobs.js';
import { sweepMessages } from '../../src/modules/messaging/messaging.jobs.js';
import { CalendarExceptionsService } from '../../src/platform/calendar/calendar-exceptions.service.js';
import { newId } from '../../src/platform/database/ids.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { QueueBackend } from '../../src/platform/queue/queue-backend.js';
import type { TestDatabase } from './databases.js';
import { startApp, type AppOptions, type TestApp } from './harness.js';
import { openQueueStore, until } from './queue-stores.js';
import { ControlledSmtpServer } from './smtp-server.js';
import { startWorkerProcess, type WorkerProcess } from './worker-process.js';

export interface EngineOptions {
  /** The program that the test itself runs in also works on jobs. Otherwise only child processes do. */
  worker?: boolean;
  /** Default Monday 2 March 2026, 10:00 in Viet Nam, standing still. `real`: it runs, and it is noon on a working day. */
  now?: 'real';
  database?: TestDatabase;
  /** Addresses of the mail server. */
  doors?: number;
  env?: Record<string, string>;
}

/** The whole machine around one database: a queue on its store, a mail server, the program and its workers. */
export interface Engine {
  t: TestApp;
  smtp: ControlledSmtpServer;
  /** A real worker in a process of its own, sending by one of the mail server's doors. */
  startWorker(door?: number): Promise<WorkerProcess>;
  /** A second program in this process, on the same database and queue. */
  startBeside(options: Pick<AppOptions, 'worker' | 'now'>): Promise<TestApp>;
  close(): Promise<void>;
}

const SECONDS = { DISPATCH_EVERY_SECONDS: '1', QUEUE_LOCK_SECONDS: '2', SHUTDOWN_TIMEOUT_SECONDS: '5' };
const PLENTY = { MAIL_PER_DOMAIN_PER_HOUR: '10000', MAIL_PER_DAY: '100000' };

export async function openEngine(kind: 'postgres' | 'redis', options: EngineOptions = {}): Promise<Engine> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    const smtp = await ControlledSmtpServer.start(options.doors);
    closing.push(() => smtp.close());
    const store = kind === 'redis' ? await openQueueStore('redis') : null;
    if (store) closing.push(() => store.close());
    const env: Record<string, string> = {
      ...SECONDS,
      ...PLENTY,
      SMTP_URL: smtp.url(),
      QUEUE_PREFIX: `test-${newId()}`,
      APP_URL: 'https://ccn.example.vn',
      ...(store && { REDIS_URL: store.url }),
      ...(options.now === 'real' && { TIME_ZONE: zoneWhereItIsNoon(new Date()) }),
      ...options.env,
    };
    const real = options.now === 'real' ? { now: new Date() } : {};
    const t = await startApp({ env, worker: options.worker, database: options.database, ...real });
    closing.push(() => t.close());
    if (options.now === 'real') await makeTodayAWorkingDay(t);
    return {
      t,
      smtp,
      close,
      startWorker: async (door = 0) => {
        const worker = await startWorkerProcess({
          ...env,
          SMTP_URL: smtp.url(door),
          DATABASE_URL: t.database.url,
          DATA_DIR: t.config.dataDir,
          SECRET_KEY: t.config.secretKey,
        });
        closing.push(() => worker.kill());
        return worker;
      },
      startBeside: async (given) => {
        const beside = await startApp({ env, database: t.database, ...given });
        closing.push(() => beside.close());
        return beside;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the schedule does by itself every second, once now; returns when a worker has done it. */
export async function nudge(t: TestApp): Promise<void> {
  const queue = t.get(JobQueue);
  const backend = t.get(QueueBackend);
  for (const job of [dispatchDueReminders, sweepMessages]) {
    const jobId = `nudge-${newId()}`;
    await queue.add(job, {}, { jobId });
    await until(async () => !(await backend.queue(job.name).getJob(jobId)), 30_000);
  }
}

/** Nothing is due that was not handled, and no mail is under way. */
export async function isSettled(t: TestApp): Promise<boolean> {
  const [row] = await t.db.query<{ open: number }>(
    `SELECT (SELECT count(*) FROM reminder WHERE status = 'pending' AND due_at <= $1)::int
          + (SELECT count(*) FROM message WHERE status = 'sending' OR (status = 'queued' AND not_before <= $1))::int AS open`,
    [t.clock.now()],
  );
  return row!.open === 0;
}

/** Moves the clock, wakes the workers, and waits until all that is due then has been handled. */
export async function liveThrough(t: TestApp, moment: Date, limitMs = 30_000): Promise<void> {
  t.clock.set(moment);
  await nudge(t);
  await until(() => isSettled(t), limitMs);
}

/** Where it is some minutes past twelve, so that a program with the real time may send at any hour of the day. */
function zoneWhereItIsNoon(now: Date): string {
  const ahead = 12 - now.getUTCHours();
  return `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

async function makeTodayAWorkingDay(t: TestApp): Promise<void> {
  t.clock.resume();
  const names = { nameVi: 'Ngày thử nghiệm', nameEn: 'Day of the test', source: 'thử nghiệm' };
  await t.asSystem(() =>
    t.get(CalendarExceptionsService).create({ day: t.clock.today(), kind: 'working_day', ...names }),
  );
}
