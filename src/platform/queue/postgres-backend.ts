import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import { Pool, type PoolConfig } from 'pg';
import { ErrorLog } from './error-log.js';
import {
  QueueBackend,
  type BullQueue,
  type BullWorker,
  type RunJob,
  type RunOptions,
} from './queue-backend.js';

const { Queue, Worker } = withBackend(createPostgresBackend);
type PostgresQueue = InstanceType<typeof Queue>;

const SCHEMA = 'bullmq';
/** For adding and counting, which are single short statements. */
const PRODUCER_CONNECTIONS = 4;
/** For claiming and finishing jobs, shared by the workers, each of which also holds one connection that listens. */
const WORKER_CONNECTIONS = 6;

/** Queues in a schema of their own in PostgreSQL: nothing else to install. */
export class PostgresBackend extends QueueBackend {
  readonly kind = 'postgres';
  private readonly log = new ErrorLog('Queue');
  private readonly queues = new Map<string, PostgresQueue>();
  private readonly producers: Pool;
  private consumers?: Pool;

  constructor(
    private readonly url: string,
    private readonly prefix: string,
  ) {
    super();
    this.producers = this.pool('queue', PRODUCER_CONNECTIONS);
  }

  /** BullMQ takes an advisory lock around its migrations, so that programs may start side by side. */
  async connect(): Promise<void> {
    const client = await this.producers.connect();
    try {
      await runMigrations(client, SCHEMA);
    } finally {
      client.release();
    }
  }

  queue(name: string): BullQueue {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = new Queue(this.qualified(name), { connection: this.producers });
      queue.on('error', (error) => this.log.report(error));
      this.queues.set(name, queue);
    }
    return queue as unknown as BullQueue;
  }

  reserve(workers: number): void {
    this.consumers = this.pool('worker', workers + WORKER_CONNECTIONS);
  }

  worker(name: string, run: RunJob, options: RunOptions): BullWorker {
    if (!this.consumers) throw new Error('Connections for the workers must be reserved first.');
    const connection = this.consumers;
    return new Worker(this.qualified(name), run, { connection, runRetryDelay: 1_000, ...options });
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await Promise.all([this.producers.end(), this.consumers?.end()]);
  }

  /** BullMQ's prefix is Redis's alone: here the name carries it. */
  private qualified(name: string): string {
    return `${this.prefix}.${name}`;
  }

  /**
   * Commits do not wait for the disk: what a power cut may take back is the last half second of wake-ups, and
   * those are found again from the tables.
   */
  private pool(use: string, max: number): Pool {
    const pool = new QueuePool({
      connectionString: this.url,
      max,
      application_name: `${this.prefix}-${use}`,
      options: `-c search_path=${SCHEMA} -c synchronous_commit=off`,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    pool.setMaxListeners(0);
    pool.on('error', (error) => this.log.report(error));
    return pool;
  }
}

/** SQLSTATE classes of a server that goes down or comes up, and of a broken connection. */
const OUTAGE = /^(08...|57P0[1-3])$/;
const OUTAGE_MESSAGE = /terminated|timeout exceeded|ECONNRESET|EPIPE/i;

/**
 * BullMQ waits and tries again only for errors that it takes for a refused connection; any other during a restart
 * would make it spin, or run a job again whose end could not be recorded.
 */
class QueuePool extends Pool {
  constructor(options: PoolConfig) {
    super(options);
    const query = this.query.bind(this) as (...given: unknown[]) => Promise<unknown>;
    const connect = this.connect.bind(this) as (...given: unknown[]) => Promise<unknown> | undefined;
    this.query = ((...given: unknown[]) => query(...given).catch(throwAsRefused)) as typeof this.query;
    // With a callback it returns nothing: that is how `query` itself connects.
    this.connect = ((...given: unknown[]) => connect(...given)?.catch(throwAsRefused)) as typeof this.connect;
  }
}

function throwAsRefused(error: unknown): never {
  throw asRefused(error);
}

function asRefused(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = (error as { code?: string }).code ?? '';
  if (!OUTAGE.test(code) && !OUTAGE_MESSAGE.test(error.message)) return error;
  return Object.assign(new Error(`PostgreSQL is away: ${error.message}`, { cause: error }), {
    code: 'ECONNREFUSED',
  });
}
