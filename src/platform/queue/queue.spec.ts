import { describe, expect, it } from '@jest/globals';
import { defineJob } from './define-job.js';
import { describeFailure, UnrecoverableError, withoutPersonalData } from './failure.js';
import { assertEveryJobHasOneHandler } from './handlers.js';
import { QueueBackend } from './queue-backend.js';
import { QueueHealth } from './queue-health.js';
import { durabilityWarnings, RedisBackend } from './redis-backend.js';

const greet = defineJob<{ leadId: string }>('tests.greet-lead');
const tick = defineJob('tests.keep-time');

describe('the boot check', () => {
  const known = { job: greet, place: 'Test.handle' };

  it('is content with one handler for each job', () => {
    expect(() => assertEveryJobHasOneHandler([greet], [known])).not.toThrow();
  });
  it('names the job that nobody handles', () => {
    expect(() => assertEveryJobHasOneHandler([greet, tick], [known])).toThrow(
      '"tests.keep-time" has no handler',
    );
  });
  it('names both places that handle one job', () => {
    const other = { job: greet, place: 'Other.run' };
    expect(() => assertEveryJobHasOneHandler([greet], [known, other])).toThrow('Test.handle, Other.run');
  });
  it('refuses a handler of an unknown job', () => {
    expect(() => assertEveryJobHasOneHandler([tick], [known])).toThrow('not among the defined jobs');
  });
});

describe('definitions, failures and settings', () => {
  it('refuse a wrong or a second name, and options that cannot be', () => {
    expect(() => defineJob('Wrong')).toThrow('module.verb-noun');
    expect(() => defineJob('tests.greet-lead')).toThrow('defined twice');
    expect(() => defineJob('tests.never-run', { concurrency: 0 })).toThrow('concurrency');
  });
  it('says kind and code, and a message only where it cannot quote data', () => {
    const duplicate = Object.assign(new Error('Key (email)=(an@example.vn) exists'), {
      code: '23505',
      constraint: 'contact_email_key',
    });
    expect(describeFailure(duplicate)).toBe('Error 23505 contact_email_key');
    expect(describeFailure(new TypeError('x is not a function'))).toBe('TypeError: x is not a function');
    expect(describeFailure('an@example.vn')).toBe('NonError');
  });
  it('keep the place of a failure and whether it may be tried again', () => {
    const kept = withoutPersonalData(new UnrecoverableError('lead-gone'));
    expect(kept).toBeInstanceOf(UnrecoverableError);
    const failed = withoutPersonalData(new Error('an@example.vn is unknown'));
    expect(failed.stack).toContain('queue.spec');
    expect(failed.stack).not.toContain('an@example.vn');
  });
  it('reports a store that does not answer', async () => {
    const silent = { kind: 'redis', queue: () => ({ getJobCounts: () => new Promise(() => undefined) }) };
    const health = new QueueHealth(silent as unknown as QueueBackend, [greet]);
    expect(await health.check(50)).toEqual({
      backend: 'redis',
      ok: false,
      waiting: 0,
      delayed: 0,
      failed: 0,
    });
  });
  it('warns of a Redis that may lose jobs', () => {
    expect(durabilityWarnings('aof_enabled:1\r\nmaxmemory_policy:noeviction\r\n')).toEqual([]);
    expect(durabilityWarnings('aof_enabled:0\r\nmaxmemory_policy:allkeys-lru\r\n')).toHaveLength(2);
  });
  it('names the variable when no Redis answers', async () => {
    await expect(new RedisBackend('redis://127.0.0.1:1', 'x').connect()).rejects.toThrow(
      'REDIS_URL: no Redis answers at 127.0.0.1:1 (ECONNREFUSED).',
    );
  });
});
