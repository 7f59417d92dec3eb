import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { givenFirm } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { desk, listen, openBrowser } from '../support/browser.js';
import { freePort } from '../support/free-port.js';
import { wordsIn } from '../support/hands.js';
import type { HttpClient } from '../support/http-client.js';
import { startApp, type TestApp } from '../support/harness.js';

const say = wordsIn('vi');
const EMAIL = 'lan@sample.test';
const PASSWORD = 'mat-khau-cua-lan';

let t: TestApp;
let url: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let manager: HttpClient;
let lead: { id: string };

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  t = await startApp({ worker: true, env: { PORT: String(port), APP_URL: url } });
  await listen(t, port);
  const admin = await t.http.as('admin');
  const { body: officer } = await admin.post<{ id: string }>('/api/v1/users', {
    email: EMAIL,
    name: 'Nông Thị Lan',
    role: 'officer',
    password: PASSWORD,
  });
  manager = await t.http.as('manager');
  const firm = await givenFirm(t, { name: 'Công ty Giữ Lời' });
  lead = await givenLead(t, { firmId: firm.id, ownerId: officer.id, summary: 'Lúc đầu' });
  browser = await openBrowser();
  ({ context, page } = await desk(browser));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await t?.close();
}, 30_000);

async function signIn(password: string): Promise<void> {
  await page.getByLabel(say('identity', 'email')).fill(EMAIL);
  await page.getByLabel(say('identity', 'password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: say('identity', 'signIn') }).click();
  await page.getByRole('heading', { level: 1, name: say('common', 'nav.today') }).waitFor();
}

const openLead = async (): Promise<void> => {
  await page.goto(`${url}/app/leads/${lead.id}`);
  await page.getByRole('heading', { level: 1, name: 'Công ty Giữ Lời' }).waitFor();
};

test('a forgotten password is set anew by the link in a mail', async () => {
  await page.goto(`${url}/app/forgot-password`);
  await page.getByLabel(say('identity', 'email')).fill(EMAIL);
  await page.getByRole('button', { name: say('identity', 'sendLink') }).click();
  await page.getByRole('heading', { name: say('identity', 'linkSent.title') }).waitFor();
  await page.goto(await linkInMail());
  await page.getByLabel(say('identity', 'newPassword'), { exact: true }).fill('mat-khau-moi-cua-lan');
  await page.getByLabel(say('identity', 'newPasswordAgain')).fill('mat-khau-moi-cua-lan');
  await page.getByRole('button', { name: say('identity', 'savePassword') }).click();
  await page.getByRole('heading', { name: say('identity', 'passwordSet.title') }).waitFor();
  await page.getByRole('link', { name: say('identity', 'signIn') }).click();
  await signIn('mat-khau-moi-cua-lan');
});

async function linkInMail(): Promise<string> {
  interface Entry {
    id: string;
    to: string;
  }
  for (let tries = 0; tries < 300; tries += 1) {
    const { items } = (await (await fetch(`${url}/mailbox/messages.json`)).json()) as { items: Entry[] };
    const mail = items.find(({ to }) => to.includes(EMAIL));
    if (mail) {
      const { text } = (await (await fetch(`${url}/mailbox/${mail.id}.json`)).json()) as { text: string };
      return /http:\S+\/app\/set-password#\S+/.exec(text)![0];
    }
    await pause(50);
  }
  throw new Error('no mail with the link came');
}

test('what is typed into a form is there again after a reload', async () => {
  await openLead();
  await page.getByRole('button', { name: say('lead', 'actions.log') }).click();
  const subject = page.getByRole('dialog').getByLabel(say('lead', 'log.subjects.call'));
  await subject.fill('Hỏi tiến độ mặt bằng');
  // what is typed is kept a moment after the last key
  await pause(600);
  await page.reload();
  await page.getByRole('button', { name: say('lead', 'actions.log') }).click();
  await page.getByText(say('common', 'draftRestored')).waitFor();
  expect(await subject.inputValue()).toBe('Hỏi tiến độ mặt bằng');
});

test('without a network it is said, and the form comes back with what was typed', async () => {
  await context.setOffline(true);
  await page.getByText(say('common', 'offline.title')).waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('lead', 'log.save'), exact: true })
    .click();
  const subject = page.getByRole('dialog').getByLabel(say('lead', 'log.subjects.call'));
  await subject.waitFor();
  expect(await subject.inputValue()).toBe('Hỏi tiến độ mặt bằng');
  await context.setOffline(false);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('lead', 'log.save'), exact: true })
    .click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const { body } = await manager.get<{ total: number }>(`/api/v1/leads/${lead.id}/activities`);
  expect(body.total).toBe(1);
});

test('who saves second sees both versions and chooses', async () => {
  await openLead();
  await page.getByRole('button', { name: say('lead', 'actions.more') }).click();
  await page.getByRole('menuitem', { name: say('lead', 'actions.edit') }).click();
  const summary = page.getByLabel(say('lead', 'fields.summary'));
  await summary.fill('Của Lan');
  const { headers } = await manager.get(`/api/v1/leads/${lead.id}`);
  const theirs = await manager.patch(
    `/api/v1/leads/${lead.id}`,
    { summary: 'Của lãnh đạo' },
    { 'if-match': String(headers.etag) },
  );
  expect(theirs.status).toBe(200);
  await page.getByRole('button', { name: say('common', 'save'), exact: true }).click();
  const both = page.getByRole('dialog', { name: say('common', 'conflict.title') });
  await both.getByText('Của lãnh đạo').waitFor();
  await both.getByText('Của Lan').waitFor();
  await both.getByRole('button', { name: say('common', 'conflict.keepMine') }).click();
  await both.waitFor({ state: 'detached' });
  for (let tries = 0; tries < 200; tries += 1) {
    const { body } = await manager.get<{ summary: string }>(`/api/v1/leads/${lead.id}`);
    if (body.summary === 'Của Lan') return;
    await pause(50);
  }
  throw new Error('what was kept was not saved');
});

test('a move that the server refuses goes back, with its reason', async () => {
  const taken = await manager.post(`/api/v1/leads/${lead.id}/assign`, { ownerId: manager.userId });
  expect(taken.status).toBe(200);
  const refused = await context.request.post(`${url}/api/v1/leads/${lead.id}/stage`, {
    data: { to: 'qualified' },
    headers: { origin: url, 'accept-language': 'vi' },
  });
  const { detail } = (await refused.json()) as { detail: string };
  await page.goto(`${url}/app/pipeline?kind=secondary`);
  await page
    .getByRole('button', {
      name: say('pipeline', 'moveOf', { firm: 'Công ty Giữ Lời' }),
      exact: true,
    })
    .click();
  await page.getByRole('menuitem').first().click();
  await page.getByText(detail).first().waitFor();
  const column = page.getByRole('region', { name: 'Tìm hiểu', exact: true });
  await column.getByText('Công ty Giữ Lời').first().waitFor();
  expect((await manager.get<{ stage: string }>(`/api/v1/leads/${lead.id}`)).body.stage).toBe('enquiry');
});
