import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { formToken } from '../../src/modules/portal/enquiry/form-token.rules.js';
import { until } from '../factories/messaging.js';
import { fillIn, post, typed } from '../portal/enquiry-form.js';
import { startApp, type TestApp } from '../support/harness.js';

const counts = async (app: TestApp) =>
  (
    await app.db.query<{ enquiries: number; leads: number; waiting: number; mails: number }>(
      `SELECT (SELECT count(*)::int FROM enquiry) AS enquiries, (SELECT count(*)::int FROM lead) AS leads,
              (SELECT count(*)::int FROM unconfirmed_enquiry) AS waiting, (SELECT count(*)::int FROM message) AS mails`,
    )
  )[0]!;

describe('a flood of enquiries', () => {
  test('of a thousand in a minute from one address leaves ten leads at most, and three mails in one mailbox', async () => {
    const flooded = await startApp({ env: { TRUST_PROXY: '127.0.0.1' } });
    const officer = await flooded.http.as('officer');
    const form = Array.from({ length: 1000 }, () => formToken(flooded.clock.now(), flooded.config.secretKey));
    flooded.clock.advance(10_000);
    const statuses = new Map<number, number>();
    const one = async (n: number): Promise<void> => {
      const fields = { form: form[n]!, firmName: `Công ty Lũ ${n}`, email: 'victim@victim.test' };
      const { status } = await post(flooded, typed(fields), { from: '203.0.113.9' });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    // the first ones as a person could send them, the others as a program does
    for (let n = 0; n < 15; n += 1) await one(n);
    for (let n = 15; n < 1000; n += 50)
      await Promise.all(Array.from({ length: Math.min(50, 1000 - n) }, (_none, i) => one(n + i)));
    const made = await counts(flooded);
    process.stdout.write(`flood of one address: ${JSON.stringify([...statuses])}, ${JSON.stringify(made)}\n`);
    expect(made.leads).toBe(10);
    const [mails] = await flooded.db.query<{ stranger: number; officer: number }>(
      `SELECT count(*) FILTER (WHERE to_address = 'victim@victim.test')::int AS stranger, count(*) FILTER (WHERE user_id = $1)::int AS officer FROM message`,
      [officer.userId],
    );
    expect(mails!.stranger).toBeLessThanOrEqual(3);
    expect(mails!.officer).toBeLessThanOrEqual(10);
    expect((await flooded.http.anonymous.get('/enquiry')).status).toBe(200);
    await flooded.close();
  });

  test('of many addresses waits for each sender’s word; the mail asks once, GET confirms nothing, POST does, once', async () => {
    const braked = await startApp({
      worker: true,
      env: { TRUST_PROXY: '127.0.0.1', ENQUIRIES_PER_HOUR: '2' },
    });
    await braked.http.as('officer');
    const statuses = [];
    for (let n = 0; n < 12; n += 1)
      statuses.push(
        (
          await fillIn(braked, {
            firmName: `Công ty ${n}`,
            email: n < 6 ? 'victim@victim.test' : `a@a-${n}.test`,
          })
        ).status,
      );
    expect(statuses).toEqual([...Array<number>(10).fill(303), 503, 503]);
    expect(await counts(braked)).toMatchObject({ enquiries: 2, leads: 2, waiting: 8 });
    const box = async () =>
      (
        await braked.http.anonymous.get<{ items: { id: string; to: string; subject: string }[] }>(
          '/mailbox/messages.json',
        )
      ).body.items;
    const asking = async () => (await box()).filter(({ subject }) => subject.startsWith('Xin xác nhận'));
    await until(async () => (await asking()).length >= 7, 30_000);
    await pause(500);
    const asked = await asking();
    expect(asked.filter(({ to }) => to.includes('victim@victim.test'))).toHaveLength(3);
    const mail = await braked.http.anonymous.get<{ text: string; html: string }>(
      `/mailbox/${asked[0]!.id}.json`,
    );
    expect(mail.body.text).not.toContain('Công ty');
    const path = /\/enquiry\/confirm\/[\w-]+/.exec(mail.body.text)![0];
    const shown = await braked.http.anonymous.get(path);
    expect(shown.status).toBe(200);
    expect(await counts(braked)).toMatchObject({ enquiries: 2, waiting: 8 });
    const confirmed = await braked.http.anonymous.post(path, {});
    expect(confirmed.status).toBe(303);
    expect(await counts(braked)).toMatchObject({ enquiries: 3, leads: 3, waiting: 7 });
    const again = await braked.http.anonymous.post(path, {});
    expect(again.headers.location).toBe(confirmed.headers.location);
    expect((await braked.http.anonymous.get(path)).status).toBe(303);
    expect(await counts(braked)).toMatchObject({ enquiries: 3, waiting: 7 });
    const other = /\/enquiry\/confirm\/[\w-]+/.exec(
      (await braked.http.anonymous.get<{ text: string }>(`/mailbox/${asked[1]!.id}.json`)).body.text,
    )![0];
    braked.clock.advance(49 * 3_600_000);
    expect((await braked.http.anonymous.get(other, { accept: 'text/html' })).status).toBe(410);
    await braked.close();
  });
});
