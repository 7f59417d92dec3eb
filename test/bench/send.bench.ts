import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { dispatchDueReminders } from '../../src/modules/follow-up/follow-up.jobs.js';
import { RoundClosing } from '../../src/modules/promotion/round-closing.service.js';
import { runAs, SYSTEM } from '../../src/platform/database/actor.js';
import { newId } from '../../src/platform/database/ids.js';
import { JobQueue } from '../../src/platform/queue/job-queue.js';
import { createBackend, queueSettings } from '../../src/platform/queue/queue.module.js';
import { compare, type Measure } from './ratio.js';
import type { BenchRow } from './report.js';
import { prepareRound } from './round-data.js';
import { NOW, openWorkbench, startProgram, stopProgram, type Workbench } from './workbench.js';

const MAILS = 1000;
const ROUNDS = 3;
/** Monday 10:00 plus two working days. */
const FIRST_STEP_DUE = new Date(NOW.getTime() + 2 * 24 * 3_600_000);
const GOAL = { redis: 0.4, postgres: 0.25 };

/** From a due reminder to a recorded mail, against raw jobs that hand the same mail to a raw pool. */
export async function send(backend: 'postgres' | 'redis', redisUrl?: string): Promise<BenchRow[]> {
  const sink = await startProgram<{ url: string }>('smtp-sink.ts', {});
  const env = {
    SMTP_URL: sink.ready.url,
    MAIL_PER_DOMAIN_PER_HOUR: '1000000',
    MAIL_PER_DAY: '10000000',
    QUEUE_PREFIX: `bench-${newId()}`,
    DISPATCH_EVERY_SECONDS: '3600',
    ...(redisUrl && { REDIS_URL: redisUrl }),
  };
  const bench = await openWorkbench(env, true);
  try {
    const waiting: string[] = [];
    for (let n = 0; n <= ROUNDS; n += 1) waiting.push(await prepareRound(bench, MAILS));
    for (const table of ['reminder', 'lead', 'participation', 'contact', 'firm', 'consent'])
      await bench.db.query(`ANALYZE ${table}`);
    const product = () => dispatchAndSend(bench, waiting.pop()!);
    const first = await product();
    assert.ok(first > 0);
    const raw = await rawSender(bench, sink.ready.url);
    const result = await compare(product, raw.measure, ROUNDS - 1);
    await raw.close();
    return [
      {
        job: `dispatch and sending of ${MAILS.toLocaleString('en')} follow-ups, queue on ${backend === 'redis' ? 'Redis' : 'PostgreSQL'}`,
        against: 'raw BullMQ + raw pooled nodemailer',
        unit: 'mails/s',
        goal: GOAL[backend],
        result,
      },
    ];
  } finally {
    await bench.close();
    await stopProgram(sink.child);
  }
}

async function dispatchAndSend(bench: Workbench, roundId: string): Promise<number> {
  bench.clock.set(NOW);
  await runAs(SYSTEM, () => bench.get(RoundClosing).close(roundId, {}));
  bench.clock.set(FIRST_STEP_DUE);
  const sent = async (): Promise<number> =>
    (
      await bench.db.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM message WHERE round_id = $1 AND status = 'sent'`,
        [roundId],
      )
    )[0]!.n;
  const before = performance.now();
  await bench.get(JobQueue).add(dispatchDueReminders, {});
  while ((await sent()) < MAILS) await sleep(25);
  return MAILS / ((performance.now() - before) / 1000);
}

/** A worker as the product's, with nothing in it but the mail. */
async function rawSender(
  bench: Workbench,
  smtpUrl: string,
): Promise<{ measure: Measure; close(): Promise<void> }> {
  const [letter] = await bench.db.query<{ subject: string; body_text: string; body_html: string }>(
    `SELECT subject, body_text, body_html FROM message WHERE status = 'sent' LIMIT 1`,
  );
  const settings = { ...queueSettings(bench.config), prefix: `raw-${newId()}` };
  const backend = createBackend(settings);
  await backend.connect();
  backend.reserve(1);
  const transport = createTransport({ url: smtpUrl, pool: true, maxConnections: 5, maxMessages: 200 });
  let done = 0;
  const run = async (): Promise<void> => {
    await transport.sendMail({
      from: 'a@sample.test',
      to: 'b@sample.test',
      subject: letter!.subject,
      text: letter!.body_text,
      html: letter!.body_html,
    });
    done += 1;
  };
  const worker = backend.worker('raw.send-mail', run, { concurrency: 25 });
  const measure: Measure = async () => {
    done = 0;
    const before = performance.now();
    await backend.queue('raw.send-mail').addBulk(
      Array.from({ length: MAILS }, () => ({
        name: 'mail',
        data: { id: newId() },
        opts: { removeOnComplete: true },
      })),
    );
    while (done < MAILS) await sleep(25);
    return MAILS / ((performance.now() - before) / 1000);
  };
  const close = async (): Promise<void> => {
    await worker.close();
    transport.close();
    await backend.close();
  };
  return { measure, close };
}
