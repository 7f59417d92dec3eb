import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startRedisIfAvailable } from './redis.js';

export interface QueueStore {
  url: string;
  close(): Promise<void>;
}

/** A Redis, or an empty database on the PostgreSQL of the run, for tests that need queues and nothing else. */
export async function openQueueStore(kind: 'postgres' | 'redis'): Promise<QueueStore> {
  if (kind === 'postgres') return freshDatabase();
  const server = await startRedisIfAvailable();
  if (!server) throw new Error('There is neither REDIS_URL nor a redis-server on the path.');
  return { url: server.url, close: () => server.stop() };
}

export async function until(reached: () => boolean | Promise<boolean>, limitMs = 15_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await reached())) {
    if (performance.now() > end) throw new Error('It did not come to pass in time.');
    await sleep(20);
  }
}

async function freshDatabase(): Promise<QueueStore> {
  const name = `queue_${randomUUID().replaceAll('-', '')}`;
  const admin = new Client(process.env.TEST_PG_URL);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(process.env.TEST_PG_URL!);
  url.pathname = `/${name}`;
  const close = async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  };
  return { url: url.href, close };
}
