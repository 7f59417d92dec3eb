import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

export interface RunningRedis {
  url: string;
  stop(): Promise<void>;
}

/** The stores that the tests of this run cover: PostgreSQL always, Redis by `REDIS_URL` or a `redis-server` on the path. */
export function queueBackends(): ('postgres' | 'redis')[] {
  return process.env.REDIS_URL || hasRedisServer() ? ['postgres', 'redis'] : ['postgres'];
}

/** The Redis of `REDIS_URL`, or a new one on a free port that keeps an append-only file and evicts nothing. */
export async function startRedisIfAvailable(): Promise<RunningRedis | null> {
  if (process.env.REDIS_URL) return { url: process.env.REDIS_URL, stop: async () => undefined };
  if (!hasRedisServer()) return null;
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'redis-'));
  const settings = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--save', '', '--dir', dir];
  const server = spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', ...settings], {
    stdio: 'ignore',
  });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const url = `redis://127.0.0.1:${port}`;
  await untilItAnswers(url);
  return {
    url,
    stop: async () => {
      server.kill('SIGTERM');
      await exited;
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function hasRedisServer(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

async function untilItAnswers(url: string): Promise<void> {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
