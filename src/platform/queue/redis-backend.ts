import { Logger } from '@nestjs/common';
import { createRedisBackend, withBackend } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { ConfigError } from '../config/config.js';
import { ErrorLog } from './error-log.js';
import {
  QueueBackend,
  type BullQueue,
  type BullWorker,
  type RunJob,
  type RunOptions,
} from './queue-backend.js';

const { Queue, Worker } = withBackend(createRedisBackend);
type RedisQueue = InstanceType<typeof Queue>;

/** Queues in Redis: faster, for installations that run one anyway. */
export class RedisBackend extends QueueBackend {
  readonly kind = 'redis';
  private readonly logger = new Logger('Queue');
  private readonly log = new ErrorLog('Queue');
  private readonly queues = new Map<string, RedisQueue>();
  /** Gives up soon, so that a web request does not hang while Redis is away. */
  private readonly producer: Redis;
  /** A server that never answered is a wrong setting, not an outage: no second try then. */
  private reached = false;
  /** Waits as long as it takes, as workers must. */
  private consumer?: Redis;

  constructor(
    private readonly url: string,
    private readonly prefix: string,
  ) {
    super();
    this.producer = this.client({ maxRetriesPerRequest: 2, connectTimeout: 5_000, lazyConnect: true });
  }

  async connect(): Promise<void> {
    let reason = 'no answer';
    this.producer.once('error', (error: Error & { code?: string }) => (reason = error.code ?? error.message));
    try {
      await this.producer.connect();
    } catch {
      throw new ConfigError('REDIS_URL', `no Redis answers at ${new URL(this.url).host} (${reason}).`);
    }
    this.reached = true;
    for (const warning of durabilityWarnings(await this.producer.info())) this.logger.warn(warning);
  }

  queue(name: string): BullQueue {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = new Queue(name, { connection: this.producer, prefix: this.prefix });
      queue.on('error', (error) => this.log.report(error));
      this.queues.set(name, queue);
    }
    return queue as unknown as BullQueue;
  }

  reserve(): void {
    this.consumer = this.client({ maxRetriesPerRequest: null });
    this.consumer.setMaxListeners(0);
  }

  worker(name: string, run: RunJob, options: RunOptions): BullWorker {
    if (!this.consumer) throw new Error('Connections for the workers must be reserved first.');
    const connection = this.consumer;
    return new Worker(name, run, { connection, prefix: this.prefix, runRetryDelay: 1_000, ...options });
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    this.producer.disconnect();
    this.consumer?.disconnect();
  }

  private client(options: RedisOptions): Redis {
    const retryStrategy = (times: number) => (this.reached ? Math.min(times * 50, 2_000) : null);
    const client = new Redis(this.url, { ...options, retryStrategy });
    client.setMaxListeners(0);
    client.on('error', (error: Error) => this.log.report(error));
    return client;
  }
}

/** Reads the answer of INFO, which hosted servers allow where they forbid CONFIG. */
export function durabilityWarnings(info: string): string[] {
  const value = (key: string) => new RegExp(`^${key}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const warnings: string[] = [];
  if (value('aof_enabled') !== '1') {
    warnings.push(
      'Redis keeps no append-only file: a restart of Redis loses waiting jobs. Set "appendonly yes".',
    );
  }
  const policy = value('maxmemory_policy');
  if (policy !== 'noeviction') {
    warnings.push(
      `Redis may throw jobs away when memory is short (maxmemory-policy is ${policy ?? 'unknown'}). Set "maxmemory-policy noeviction".`,
    );
  }
  return warnings;
}
