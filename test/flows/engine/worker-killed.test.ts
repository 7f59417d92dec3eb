import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { Message } from '../../../src/modules/messaging/message.entity.js';
import { QueueBackend } from '../../../src/platform/queue/queue-backend.js';
import { givenClosedRound, givenCrowd } from '../../factories/crowd.js';
import { givenPlan, templateId } from '../../factories/follow-up.js';
import { nudge, openEngine, type Engine } from '../../support/engine.js';
import { expectEveryReminderOnce } from '../../support/every-reminder-once.js';
import type { TestApp } from '../../support/harness.js';
import type { HttpClient } from '../../support/http-client.js';
import { until } from '../../support/queue-stores.js';
import { queueBackends } from '../../support/redis.js';

const LEASE_MS = 10 * 60_000;

interface Shown {
  id: string;
  status: string;
  audience: string;
  attempts: number;
  errorCode: string | null;
  version: number;
}

describe.each(queueBackends())('the worker is killed between the 250 and its record, queue on %s', (kind) => {
  let engine: Engine;
  let t: TestApp;
  let officer: HttpClient;
  beforeAll(async () => {
    engine = await openEngine(kind, { now: 'real' });
    ({ t } = engine);
    officer = await t.http.as('officer', 'An');
  });
  afterAll(() => engine.close());

  async function shown(query: string): Promise<Shown[]> {
    const { body } = await officer.get<{ items: Shown[] }>(`/api/v1/messages?${query}`);
    return body.items;
  }

  /** Keeps every message as it is until the connection is given up. */
  async function holdRecords(): Promise<Client> {
    const client = new Client({ connectionString: t.database.url });
    await client.connect();
    await client.query('BEGIN');
    await client.query(`SELECT 1 FROM message FOR UPDATE`);
    return client;
  }

  /** Whether a worker waits at the database for its record to be written. */
  async function aRecordWaits(): Promise<boolean> {
    const rows = await t.db.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%UPDATE message m SET status = o.status%'`,
    );
    return rows.length > 0;
  }

  it('an investor’s mail is unknown and waits for a person, an officer’s notice goes out again; both are shown', async () => {
    const { smtp } = engine;
    const steps = [
      { key: 'mail', offset: { amount: 1, unit: 'day' as const } },
      {
        key: 'call',
        offset: { amount: 1, unit: 'day' as const },
        channel: 'officer_task' as const,
        templateId: await templateId(t, 'officer-task'),
      },
    ];
    const planId = await givenPlan(t, { steps });
    const crowd = await givenCrowd(t, 1);
    const { roundId, leadIds } = await givenClosedRound(t, crowd, { planId, ownerId: officer.userId! });
    await t.db.execute(`UPDATE reminder SET due_at = $1`, [t.clock.now()]);

    const release = smtp.hold();
    const worker = await engine.startWorker();
    await until(() => smtp.held.size === 2, 40_000);
    const lock = await holdRecords();
    release();
    await until(aRecordWaits);
    await until(() => smtp.accepted.length === 2);
    await worker.kill();
    await lock.end();
    expect(await t.db.repo(Message).countBy({ status: 'sending' })).toBe(2);

    // Its jobs are run again by the next worker, which finds the mails claimed and leaves them alone.
    const next = await engine.startBeside({ worker: true, now: t.clock.now() });
    const jobs = next.get(QueueBackend).queue('messaging.send-message');
    await until(async () => {
      const { waiting, active, failed } = await jobs.getJobCounts();
      return waiting === 0 && active === 0 && failed === 0;
    });
    await nudge(next);
    expect(smtp.accepted.length).toBe(2);
    expect(await t.db.repo(Message).countBy({ status: 'sending' })).toBe(2);

    next.clock.advance(LEASE_MS + 60_000);
    await nudge(next);
    await until(async () => (await shown('status=unknown')).length === 1);
    await until(async () => (await shown('status=sent')).length === 1);
    const [unknown] = await shown('status=unknown');
    const [sentAgain] = await shown('status=sent');
    expect(unknown).toMatchObject({ audience: 'investor', attempts: 1, errorCode: 'interrupted' });
    expect(sentAgain).toMatchObject({ audience: 'officer', attempts: 2 });
    next.clock.advance(24 * 3_600_000);
    await nudge(next);
    await expectEveryReminderOnce(t, smtp, {
      planned: [{ roundId, leadIds, steps: ['mail', 'call'] }],
      unknown: [unknown!.id],
      sentAgain: [sentAgain!.id],
    });

    const answer = await officer.post(
      `/api/v1/messages/${unknown!.id}/mark-sent`,
      {},
      { 'if-match': `"${unknown!.version}"` },
    );
    expect(answer.status).toBeLessThan(300);
    expect(await shown('status=unknown')).toEqual([]);
    await expectEveryReminderOnce(t, smtp, {
      planned: [{ roundId, leadIds, steps: ['mail', 'call'] }],
      sentAgain: [sentAgain!.id],
    });
  }, 120_000);
});
