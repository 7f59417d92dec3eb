import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Message } from '../../../src/modules/messaging/message.entity.js';
import type { EmbeddedPostgres } from '../../../src/platform/database/embedded/embedded-postgres.js';
import { givenClosedRound, givenCrowd } from '../../factories/crowd.js';
import { givenPlan } from '../../factories/follow-up.js';
import { fillDatabase } from '../../support/databases.js';
import { isSettled, openEngine, type Engine } from '../../support/engine.js';
import { expectEveryReminderOnce } from '../../support/every-reminder-once.js';
import {
  ask,
  compileProgram,
  newDataDir,
  removeFolders,
  serverPid,
  start,
} from '../../support/launcher-program.js';
import { until } from '../../support/queue-stores.js';
import { queueBackends } from '../../support/redis.js';

const PEOPLE = 150;

let dataDir: string;
let server: EmbeddedPostgres;

beforeAll(async () => {
  await compileProgram();
  dataDir = await newDataDir();
  server = await start(dataDir);
  await fillDatabase(server.url);
}, 120_000);
afterAll(async () => {
  await server.stop();
  await removeFolders();
}, 60_000);

describe.each(queueBackends())('PostgreSQL goes away in the middle, queue on %s', (kind) => {
  let engine: Engine;
  beforeAll(async () => {
    await ask(server.url, `CREATE DATABASE with_${kind} TEMPLATE dong_hanh`);
    const url = new URL(server.url);
    url.pathname = `/with_${kind}`;
    engine = await openEngine(kind, {
      now: 'real',
      database: { url: url.href, drop: async () => undefined },
    });
  }, 60_000);
  afterAll(() => engine.close(), 60_000);

  it('stopped and started, then killed and started: the worker goes on by itself, and each mail goes out once', async () => {
    const { t, smtp } = engine;
    const planId = await givenPlan(t, { steps: [{ key: 'mail', offset: { amount: 1, unit: 'day' } }] });
    const { roundId, leadIds } = await givenClosedRound(t, await givenCrowd(t, PEOPLE), { planId });
    await t.db.execute(`UPDATE reminder SET due_at = $1`, [t.clock.now()]);
    const release = smtp.hold();
    const worker = await engine.startWorker();
    await until(() => smtp.held.size > 0, 40_000);

    await server.stop();
    release();
    await until(() => smtp.accepted.length > 0);
    server = await start(dataDir);

    await until(() => smtp.accepted.length > PEOPLE / 3, 60_000);
    process.kill(await serverPid(dataDir), 'SIGKILL');
    server = await start(dataDir);

    await until(async () => (await t.db.repo(Message).countBy({ status: 'sent' })) === PEOPLE, 60_000);
    await until(() => isSettled(t));
    expect(worker.alive()).toBe(true);
    await expectEveryReminderOnce(t, smtp, { planned: [{ roundId, leadIds, steps: ['mail'] }] });
    expect(smtp.accepted.length).toBe(PEOPLE);
    expect(await worker.stop()).toBe(0);
  }, 180_000);
});
