import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RemoveExpired } from '../../src/modules/identity/remove-expired.job.js';
import { RemoveEndedCaseAccessJob } from '../../src/modules/portal/case/remove-ended-access.job.js';
import { Files } from '../../src/platform/files/files.js';
import { FORM, givenParty, openCase, PDF, press, sentCaseLink, upload } from '../portal/case-client.js';
import { startApp, type TestApp } from '../support/harness.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let t: TestApp;

beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const counts = async () => {
  const [row] = await t.db.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM case_session) AS sessions, (SELECT count(*)::int FROM case_link) AS links,
            (SELECT count(*)::int FROM case_email_change) AS mailboxes, (SELECT count(*)::int FROM investor_case) AS cases`,
  );
  return row;
};

const night = () => t.asSystem(() => new RemoveEndedCaseAccessJob(t.db, t.clock).handle());

test('browsers, links and mailboxes of cases go when they open nothing any more; used links open nothing after it', async () => {
  const party = await givenParty(t);
  const token = await sentCaseLink(t, party);
  const { path, cookie } = await openCase(t, party);
  expect((await press(t, token)).status).toBe(303);
  await t.http.anonymous.post(`${path}/email`, 'email=khac@firm.test', { ...FORM, cookie });
  t.clock.advance(HOUR);
  await press(t, token);
  const full = { sessions: 2, links: 3, mailboxes: 1, cases: 1 };
  expect(await counts()).toEqual(full);
  await night();
  expect(await counts()).toEqual(full);
  expect((await t.http.anonymous.get(path, { cookie })).status).toBe(200);
  t.clock.advance(2 * DAY);
  await night();
  expect(await counts()).toEqual({ ...full, sessions: 0, mailboxes: 0 });
  t.clock.advance(32 * DAY);
  await night();
  expect(await counts()).toEqual({ sessions: 0, links: 0, mailboxes: 0, cases: 1 });
  const again = await press(t, token);
  expect([again.status, again.headers['set-cookie']]).toEqual([200, undefined]);
});

test('uploads that no row names are swept away, the others stay', async () => {
  const party = await givenParty(t);
  const { path, cookie } = await openCase(t, party);
  const { body, headers } = upload({ title: 'Đề xuất' }, { name: 'a.pdf', content: PDF });
  expect((await t.http.anonymous.post(`${path}/documents`, body, { ...headers, cookie })).status).toBe(303);
  const folder = join(t.config.dataDir, 'uploads');
  const [kept] = await t.db.query<{ sha256: string }>(`SELECT sha256 FROM stored_file`);
  await mkdir(join(folder, 'ab'), { recursive: true });
  const old = new Date(Date.now() - 2 * DAY);
  const orphan = 'ab'.repeat(32);
  const names = { old: orphan, half: `${orphan}.1.part`, fresh: `${'ab'.repeat(31)}cd` };
  for (const [age, name] of Object.entries(names)) {
    await writeFile(join(folder, 'ab', name), 'của một giao dịch hỏng');
    if (age !== 'fresh') await utimes(join(folder, 'ab', name), old, old);
  }
  await utimes(join(folder, kept!.sha256.slice(0, 2), kept!.sha256), old, old);
  await t.asSystem(() => new RemoveExpired(t.db, t.clock, t.get(Files)).handle());
  const left = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  expect(left.sort()).toEqual([kept!.sha256, names.fresh].sort());
});
