import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { currentActor } from '../../src/platform/database/actor.js';
import { defineJob, type JobDefinition } from '../../src/platform/queue/define-job.js';
import { UnrecoverableError } from '../../src/platform/queue/failure.js';
import type { JobHandler } from '../../src/platform/queue/handlers.js';
import { Handles, type JobRun } from '../../src/platform/queue/handles.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { QueueBackend, type QueueSettings } from '../../src/platform/queue/queue-backend.js';
import { QueueHealth } from '../../src/platform/queue/queue-health.js';
import { QueueWorkerModule } from '../../src/platform/queue/queue-worker.module.js';
import { createBackend, QueueModule } from '../../src/platform/queue/queue.module.js';
import { WorkerHost } from '../../src/platform/queue/worker-host.js';
import { queueBackends } from '../support/redis.js';
import { openQueueStore, until } from '../support/queue-stores.js';

interface Lead {
  leadId: string;
}

const greet = defineJob<Lead>('tests.greet-lead', { concurrency: 10, attempts: 3, backoffMs: 100 });
const tick = defineJob('tests.keep-time', { schedule: (context) => ({ everyMs: context.dispatchEveryMs }) });
const yearly = defineJob('tests.greet-year', { schedule: { cron: '0 0 1 1 *' } });

class Greeter {
  seen: string[] = [];
  actors: (string | undefined)[] = [];

  @Handles(greet)
  async greet({ leadId }: Lead): Promise<void> {
    this.seen.push(leadId);
    this.actors.push(currentActor()?.kind);
  }
}

type Handle = (payload: Lead, run: JobRun) => Promise<unknown>;
const handlerOf = (job: JobDefinition, handle: Handle): JobHandler => ({
  job,
  place: 'Test.handle',
  handle: (payload, run) => handle(payload as Lead, run),
});

describe.each(queueBackends())('jobs on %s', (kind) => {
  let url: string;
  let settings: QueueSettings;
  let close: () => Promise<void>;
  const running: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    ({ url, close } = await openQueueStore(kind));
  });
  afterEach(async () => {
    for (const stop of running.splice(0).toReversed()) await stop();
  });
  afterAll(() => close());

  async function start(changes: Partial<QueueSettings> = {}) {
    settings = {
      backend: { kind, url },
      prefix: `test-${randomUUID()}`,
      shutdownTimeoutMs: 5_000,
      schedules: { timeZone: 'Asia/Ho_Chi_Minh', dispatchEveryMs: 300 },
      ...changes,
    };
    const backend = await open();
    return { backend, queue: new JobQueue(backend), health: new QueueHealth(backend, [greet]) };
  }

  async function open(): Promise<QueueBackend> {
    const backend = createBackend(settings);
    await backend.connect();
    running.push(() => backend.close());
    return backend;
  }

  /** A worker process: its own connections, one handler. */
  async function work(handle: Handle, job: JobDefinition = greet): Promise<WorkerHost> {
    const host = new WorkerHost(settings, [job], await open(), { find: () => [handlerOf(job, handle)] });
    await host.onApplicationBootstrap();
    running.push(() => host.onModuleDestroy());
    return host;
  }

  it('runs what is added, as the system, and keeps nothing of what is done', async () => {
    const { queue, health } = await start();
    const seen: unknown[] = [];
    await work(async (payload, run) =>
      seen.push([payload, currentActor()?.kind, run.attempt, run.lastAttempt]),
    );
    await queue.add(greet, { leadId: 'a' });
    await until(() => seen.length === 1);
    expect(seen).toEqual([[{ leadId: 'a' }, 'system', 1, false]]);
    expect(await health.check()).toEqual({ backend: kind, ok: true, waiting: 0, delayed: 0, failed: 0 });
  });

  it('holds a delayed job back until it is due', async () => {
    const { queue, health } = await start();
    let ranAt = 0;
    await work(async () => (ranAt = performance.now()));
    const added = performance.now();
    await queue.add(greet, { leadId: 'a' }, { delayMs: 700 });
    expect((await health.check()).delayed).toBe(1);
    await until(() => ranAt > 0);
    expect(ranAt - added).toBeGreaterThanOrEqual(690);
  });

  it('takes a job id once while it waits, and again when the job is done', async () => {
    const { queue, health } = await start();
    await queue.add(greet, { leadId: 'first' }, { jobId: 'lead-1' });
    await queue.add(greet, { leadId: 'second' }, { jobId: 'lead-1' });
    await queue.addBulk(greet, [{ payload: { leadId: 'third' }, jobId: 'lead-1' }]);
    expect((await health.check()).waiting).toBe(1);
    const seen: string[] = [];
    await work(async ({ leadId }) => seen.push(leadId));
    await until(async () => seen.length === 1 && (await health.check()).waiting === 0);
    await sleep(100);
    await queue.add(greet, { leadId: 'later' }, { jobId: 'lead-1' });
    await until(() => seen.length === 2);
    expect(seen).toEqual(['first', 'later']);
  });

  it('gives the first place to the higher priority', async () => {
    const { queue } = await start();
    await queue.add(greet, { leadId: 'low' }, { priority: 10 });
    await queue.add(greet, { leadId: 'high' }, { priority: 1 });
    const seen: string[] = [];
    await work(async ({ leadId }) => seen.push(leadId));
    await until(() => seen.length === 2);
    expect(seen).toEqual(['high', 'low']);
  });

  it('tries again after growing waits, then keeps the failure without personal data', async () => {
    const { queue, health } = await start();
    const at: number[] = [];
    const last: boolean[] = [];
    await work(async (_payload, run) => {
      at.push(performance.now());
      last.push(run.lastAttempt);
      throw Object.assign(new Error('550 an.nguyen@example.vn unknown'), { code: 'EENVELOPE' });
    });
    await queue.add(greet, { leadId: 'a' });
    await until(async () => (await health.check()).failed === 1);
    expect(last).toEqual([false, false, true]);
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(50);
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(100);
    const [failed] = await health.failedJobs(10);
    expect(failed).toMatchObject({
      job: greet.name,
      reason: 'Error EENVELOPE',
      attempts: 3,
      payload: { leadId: 'a' },
    });
    expect(JSON.stringify(jest.mocked(Logger.prototype.error).mock.calls)).not.toContain('an.nguyen');
  });

  it('does not try again what cannot be recovered, until someone asks for it', async () => {
    const { queue, health } = await start();
    let broken = true;
    let runs = 0;
    await work(async () => {
      runs += 1;
      if (broken) throw new UnrecoverableError('lead-gone');
    });
    await queue.add(greet, { leadId: 'a' }, { jobId: 'lead-a' });
    await until(async () => (await health.check()).failed === 1);
    await sleep(300);
    expect(runs).toBe(1);
    const [failed] = await health.failedJobs(10);
    expect(failed).toMatchObject({ id: 'tests.greet-lead.lead-a', reason: 'lead-gone' });
    broken = false;
    expect(await health.retry(failed!.id)).toBe(true);
    await until(() => runs === 2);
    expect(await health.retry('tests.greet-lead.nobody')).toBe(false);
    expect(await health.retry('nothing.at-all.1')).toBe(false);
  });

  it('lets a job be added again under the id of one that failed for good', async () => {
    const { queue, health } = await start();
    let runs = 0;
    await work(async () => {
      runs += 1;
      if (runs === 1) throw new UnrecoverableError('first');
    });
    await queue.add(greet, { leadId: 'a' }, { jobId: 'lead-a' });
    await until(async () => (await health.check()).failed === 1);
    await queue.add(greet, { leadId: 'a' }, { jobId: 'lead-a' });
    await until(async () => runs === 2 && (await health.check()).failed === 0);
  });

  it('shares 1,000 jobs between two workers, each job once', async () => {
    const { queue } = await start();
    const ids = Array.from({ length: 1_000 }, (_, index) => `lead-${index}`);
    const seen: [string[], string[]] = [[], []];
    await work(async ({ leadId }) => seen[0].push(leadId));
    await work(async ({ leadId }) => seen[1].push(leadId));
    await queue.addBulk(
      greet,
      ids.map((leadId) => ({ payload: { leadId }, jobId: leadId })),
    );
    await until(() => seen[0].length + seen[1].length >= ids.length);
    await sleep(200);
    expect([...seen[0], ...seen[1]].toSorted()).toEqual(ids.toSorted());
    expect(Math.min(seen[0].length, seen[1].length)).toBeGreaterThan(0);
  });

  it('fires a schedule, and puts it back after the store was emptied', async () => {
    const { backend } = await start({ scheduleCheckMs: 400 });
    let ticks = 0;
    await work(async () => (ticks += 1), tick);
    await until(() => ticks >= 3);
    await backend.queue(tick.name).obliterate({ force: true });
    const before = ticks;
    await until(() => ticks >= before + 3);
  });

  it('reads a cron pattern in the zone of the configuration', async () => {
    const { backend } = await start();
    await work(async () => undefined, yearly);
    const scheduler = await backend.queue(yearly.name).getJobScheduler(yearly.name);
    const local = new Date(scheduler!.next!).toLocaleString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });
    expect(local).toMatch(/-01-01 00:00:00$/);
  });

  it('waits at shutdown for the job that runs, and takes no other', async () => {
    const { queue, health } = await start();
    const done: string[] = [];
    const host = await work(
      async ({ leadId }) => {
        await sleep(600);
        done.push(leadId);
      },
      { ...greet, concurrency: 1 },
    );
    await queue.addBulk(greet, [{ payload: { leadId: 'a' } }, { payload: { leadId: 'b' } }]);
    await sleep(250);
    await host.onModuleDestroy();
    expect(done).toEqual(['a']);
    expect((await health.check()).waiting).toBe(1);
  });

  it('tells a job that outlives the limit to stop, and leaves it to the next worker', async () => {
    const { queue } = await start({ shutdownTimeoutMs: 200, lockMs: 1_000 });
    let aborted = false;
    const host = await work((_payload, run) => {
      run.signal.addEventListener('abort', () => (aborted = true));
      return sleep(4_000, undefined, { ref: false });
    });
    await queue.add(greet, { leadId: 'a' });
    await sleep(250);
    const began = performance.now();
    await host.onModuleDestroy();
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(aborted).toBe(true);
    const again: string[] = [];
    await work(async ({ leadId }) => again.push(leadId));
    await until(() => again.length === 1);
  });

  it('goes on after the queue was emptied under a worker', async () => {
    const { backend, queue } = await start();
    const seen: string[] = [];
    await work(async ({ leadId }) => seen.push(leadId));
    await queue.addBulk(greet, [{ payload: { leadId: 'lost' }, delayMs: 60_000, jobId: 'lead-1' }]);
    await backend.queue(greet.name).obliterate({ force: true });
    await queue.add(greet, { leadId: 'found again' }, { jobId: 'lead-1' });
    await until(() => seen.length === 1);
    expect(seen).toEqual(['found again']);
  });

  it('is wired by Nest: the handler is found, and web processes run nothing', async () => {
    await start();
    const forRoot = QueueModule.forRoot({ settings, jobs: [greet] });
    @Module({ imports: [forRoot] })
    class Web {}
    @Module({
      imports: [forRoot, QueueWorkerModule],
      providers: [Greeter, { provide: 'alias', useExisting: Greeter }],
    })
    class Worker {}
    const web = await NestFactory.createApplicationContext(Web, { logger: false });
    running.push(() => web.close());
    await web.get(JobQueue).add(greet, { leadId: 'a' });
    await sleep(200);
    expect((await web.get(QueueHealth).check()).waiting).toBe(1);
    const worker = await NestFactory.createApplicationContext(Worker, { logger: false });
    running.push(() => worker.close());
    const greeter = worker.get(Greeter);
    await until(() => greeter.seen.length === 1);
    expect(greeter.actors).toEqual(['system']);
  });
});
