import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueueOverview } from '../../src/modules/desk/queue.dto.js';
import { sendPasswordLink } from '../../src/modules/identity/identity.jobs.js';
import { QueueBackend } from '../../src/platform/queue/queue-backend.js';
import { givenContact } from '../factories/directory.js';
import { givenMessage, messageOf } from '../factories/messaging.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';
import { until } from '../support/queue-stores.js';
import { queueBackends, startRedisIfAvailable, type RunningRedis } from '../support/redis.js';

describe.each(queueBackends())('the health of the queue on %s', (backend) => {
  let t: TestApp;
  let admin: HttpClient;
  let redis: RunningRedis | null = null;

  beforeAll(async () => {
    redis = backend === 'redis' ? await startRedisIfAvailable() : null;
    const env = { DISPATCH_EVERY_SECONDS: '1', ...(redis && { REDIS_URL: redis.url }) };
    t = await startApp({ worker: true, env });
    admin = await t.http.as('admin');
  });
  afterAll(async () => {
    await t.close();
    await redis?.stop();
  });

  const read = async (): Promise<QueueOverview> => {
    const { status, body } = await admin.get<QueueOverview>('/api/v1/queue');
    expect(status).toBe(200);
    return body;
  };
  const kind = async (name: string) => (await read()).jobs.find((job) => job.name === name)!;

  /** One that PostgreSQL refuses, and that is not tried again. */
  const breakOne = (jobId: string) =>
    t
      .get(QueueBackend)
      .queue(sendPasswordLink.name)
      .add(sendPasswordLink.name, { userId: `an.nguyen@example.vn ${jobId}` }, { attempts: 1, jobId });

  it('shows each job, and when a schedule last ran', async () => {
    const before = Date.now();
    await until(async () => (await kind('follow-up.dispatch')).schedule?.lastAt != null);
    const dispatch = await kind('follow-up.dispatch');
    expect(dispatch).toMatchObject({ failed: 0, schedule: { lastOk: true } });
    expect(Date.parse(dispatch.schedule!.nextAt!)).toBeGreaterThan(before - 60_000);
    expect(Math.abs(Date.parse(dispatch.schedule!.lastAt!) - Date.now())).toBeLessThan(60_000);
    expect((await kind('messaging.send-message')).schedule).toBeNull();
    const { backend: store, ok, dispatch: health } = await read();
    expect({ store, ok, health }).toEqual({ store: backend, ok: true, health: { ok: true, lagSeconds: 0 } });
  });

  it('lists failed jobs without personal data, and runs one or all of them anew', async () => {
    for (const jobId of ['broken-a', 'broken-b', 'broken-c']) await breakOne(jobId);
    const failed = async () => (await kind(sendPasswordLink.name)).failed;
    await until(async () => (await failed()) === 3);
    const overview = await read();
    expect(overview.failed).toHaveLength(3);
    expect(overview.failed[0]).toEqual({
      id: expect.stringMatching(/^identity\.send-password-link\.broken-[abc]$/),
      job: 'identity.send-password-link',
      attempts: 1,
      failedAt: expect.stringMatching(/^20/),
      reason: expect.stringContaining('22P02'),
    });
    expect(JSON.stringify(overview)).not.toContain('an.nguyen');
    const failedAt = (list: QueueOverview) =>
      Object.fromEntries(list.failed.map((job) => [job.id, job.failedAt]));
    const first = failedAt(overview);
    const again = async (url: string) => (await admin.post<{ retried: number }>(url)).body;
    expect(await again(`/api/v1/queue/failed/${overview.failed[0]!.id}/retry`)).toEqual({ retried: 1 });
    await until(async () => {
      const now = failedAt(await read());
      return (
        now[overview.failed[0]!.id] !== undefined &&
        now[overview.failed[0]!.id] !== first[overview.failed[0]!.id]
      );
    });
    expect(await again('/api/v1/queue/failed/retry-all')).toEqual({ retried: 3 });
    await until(async () => {
      const now = failedAt(await read());
      return Object.keys(first).every((id) => now[id] !== undefined && now[id] !== first[id]);
    });
  });

  it('does not know a job that did not fail', async () => {
    for (const id of [
      'messaging.send-message.nobody',
      'nothing',
      encodeURIComponent("'; DROP TABLE lead;--"),
    ]) {
      const answer = await admin.post<{ code: string }>(`/api/v1/queue/failed/${id}/retry`);
      expect({ status: answer.status, code: answer.body.code }).toEqual({
        status: 404,
        code: 'failed_job_not_found',
      });
    }
  });

  it('counts the mails of a week by what became of them, and those that somebody decides', async () => {
    const statuses = ['unknown', 'failed', 'bounced', 'sent', 'sent'];
    for (const status of statuses) {
      const contact = await givenContact(t, { consent: 'given' });
      const message = await givenMessage(t, { contactId: contact.id });
      await until(async () => (await messageOf(t, message.id)).status === 'sent');
      await t.db.execute(`UPDATE message SET status = $2, claim_token = NULL WHERE id = $1`, [
        message.id,
        status,
      ]);
    }
    await t.db.execute(
      `UPDATE message SET created_at = created_at - interval '8 days' WHERE status = 'failed'`,
    );
    const { messages } = await read();
    expect(messages.since).toBe('2026-02-23T03:00:00.000Z');
    expect(messages.counts).toMatchObject({ unknown: 1, failed: 0, bounced: 1, sent: 2 });
    expect(messages.undecided).toBe(2);
  });

  it('is the administrator’s', async () => {
    const manager = await t.http.as('manager');
    expect((await manager.get('/api/v1/queue')).status).toBe(403);
    expect((await manager.post('/api/v1/queue/failed/retry-all')).status).toBe(403);
    expect((await manager.post('/api/v1/queue/failed/x/retry')).status).toBe(403);
  });
});
