import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { runDemo } from '../../src/demo/demo.js';
import type { Closing } from '../../src/demo/program.js';
import { sampleAccounts } from '../../src/demo/sample-data.js';
import {
  accessibilityFaults,
  desk,
  DESKTOP,
  openBrowser,
  PHONE,
  scrollsSideways,
  type Look,
} from '../support/browser.js';

const closing: Closing = [];
let browser: Browser;
let url: string;

beforeAll(async () => {
  const quiet = { write: () => true };
  ({ url } = await runDemo({ language: 'vi', env: { PORT: '0' }, out: quiet }, closing));
  browser = await openBrowser();
  closing.unshift(() => browser.close());
}, 180_000);

afterAll(async () => {
  for (const step of closing) await step();
}, 30_000);

async function signIn(context: BrowserContext, role: 'officer' | 'manager' | 'admin'): Promise<void> {
  const { email, password } = sampleAccounts().find((account) => account.role === role)!;
  const answer = await context.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: url },
  });
  expect(answer.status()).toBe(200);
}

async function firstId(context: BrowserContext, list: string): Promise<string> {
  const answer = await context.request.get(`${url}/api/v1/${list}`);
  return ((await answer.json()) as { items: { id: string }[] }).items[0]!.id;
}

/** A lead to which an investor brought everything: an obstacle, papers, visits. */
async function leadWithObstacle(context: BrowserContext): Promise<string> {
  const answer = await context.request.get(`${url}/api/v1/obstacles?limit=1`);
  return ((await answer.json()) as { items: { lead: { id: string } }[] }).items[0]!.lead.id;
}

/** Every page that there is, one of each kind. */
async function everyPage(context: BrowserContext): Promise<string[]> {
  const [lead, firm, cluster, round, message, mail, plan, template] = await Promise.all(
    [
      'leads?limit=1&sort=-lastActivityAt',
      'firms?limit=1',
      'clusters?limit=1',
      'rounds?limit=1',
      'messages?limit=1',
      'inbound-mails?limit=1',
      'follow-up-plans',
      'templates?limit=1',
    ].map((list) => firstId(context, list)),
  );
  return [
    '/',
    '/pipeline',
    '/pipeline?view=table',
    `/leads/${lead}`,
    `/leads/${await leadWithObstacle(context)}`,
    '/firms',
    `/firms/${firm}`,
    '/clusters',
    '/clusters?view=map',
    `/clusters/${cluster}`,
    '/rounds',
    `/rounds/${round}`,
    '/reports',
    '/reports/pipeline',
    '/reports/ageing?groupBy=owner',
    '/reports/follow-up?groupBy=ownerStep',
    '/reports/rounds',
    '/reports/targets',
    '/messages',
    `/messages/${message}`,
    '/inbox',
    '/inbox?state=all',
    `/inbox/${mail}`,
    '/plans',
    `/plans/${plan}`,
    '/templates',
    `/templates/${template}`,
    '/account',
    '/first-steps',
    '/admin',
    '/admin?tab=agency',
    '/admin?tab=incentives',
    '/admin?tab=requests',
    '/admin?tab=calendar',
    '/admin?tab=pipelines',
    '/admin?tab=health',
    '/admin?tab=audit',
    '/admin?tab=keys',
  ];
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${url}/app${path}`);
  await page.locator('h1').first().waitFor();
  // what loads shows where it will be; wait until it is there
  await page.waitForFunction("!document.querySelector('[role=status] .mantine-Skeleton-root')");
  await page.waitForTimeout(200);
}

/** Keys of words, raw states and ids that no reader should meet. */
const RAW = /\b(undefined|NaN|\[object Object\])\b|\b[a-z]+(?:_[a-z]+)+\b|[0-9a-f]{8}-[0-9a-f]{4}-/;

async function faultsOf(page: Page): Promise<string[]> {
  // the number under which a mail travels is a proof, and looks like what it is
  const text = (await page.locator('body').innerText()).replace(/<\S+@\S+>/g, '');
  const raw = RAW.exec(text);
  return [
    ...(await accessibilityFaults(page)),
    ...(raw ? [`raw words: ${text.slice(Math.max(0, raw.index - 40), raw.index + 60)}`] : []),
    ...((await scrollsSideways(page)) ? ['scrolls sideways'] : []),
  ];
}

describe('every page', () => {
  const looks: (Look & { name: string })[] = [
    { name: 'Vietnamese, light, desk', language: 'vi', scheme: 'light', viewport: DESKTOP },
    { name: 'English, dark, desk', language: 'en', scheme: 'dark', viewport: DESKTOP },
    { name: 'Vietnamese, dark, phone', language: 'vi', scheme: 'dark', viewport: PHONE },
    { name: 'English, light, phone', language: 'en', scheme: 'light', viewport: PHONE },
  ];
  test.each(looks)(
    'can be used by everyone: $name',
    async ({ name: _name, ...look }) => {
      const { context, page, complaints } = await desk(browser, look);
      await signIn(context, 'admin');
      const faults: Record<string, string[]> = {};
      for (const path of await everyPage(context)) {
        await open(page, path);
        const found = await faultsOf(page);
        if (found.length > 0) faults[path] = found;
      }
      await context.close();
      expect({ faults, complaints }).toEqual({ faults: {}, complaints: [] });
    },
    300_000,
  );

  test('before one is signed in', async () => {
    const { context, page } = await desk(browser);
    for (const path of ['/sign-in', '/forgot-password', '/set-password#abc']) {
      await open(page, path);
      expect([path, await faultsOf(page)]).toEqual([path, []]);
    }
    await context.close();
  });
});

test('a page keeps its name and the focus on it while words of a part of it are on their way', async () => {
  const { context, page } = await desk(browser);
  await signIn(context, 'officer');
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let asked = 0;
  await page.route(/\/exchange-[\w-]+\.js/, async (route) => {
    asked++;
    await held;
    await route.continue();
  });
  await page.goto(`${url}/app/leads/${await leadWithObstacle(context)}`);
  await page.locator('#page-title').waitFor();
  release();
  await page.locator('#lead-obstacles').waitFor();
  expect(asked).toBeGreaterThan(0);
  await context.close();
});

test('the first page needs less than 250 kB of compressed script', async () => {
  const { context, page } = await desk(browser);
  await signIn(context, 'officer');
  const scripts: number[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    expect(response.headers()['content-encoding']).toBe('br');
    scripts.push(Number(response.headers()['content-length']));
  });
  await open(page, '/');
  await context.close();
  expect(scripts.length).toBeGreaterThan(2);
  expect(scripts.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(250_000);
});

test('whoever is not signed in comes to the sign-in page and back to where they were going', async () => {
  const { context, page } = await desk(browser);
  await page.goto(`${url}/app/firms?q=abc`);
  await page.getByLabel('Thư điện tử').fill(sampleAccounts()[0]!.email);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(sampleAccounts()[0]!.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/app/firms?q=abc`);
  await context.close();
});

test('anything is found from the keyboard, and Escape leads back', async () => {
  const { context, page } = await desk(browser);
  await signIn(context, 'officer');
  await open(page, '/firms');
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').waitFor();
  await page.keyboard.type('song ky');
  await dialog
    .getByRole('option', { name: /Sông Kỳ/ })
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await dialog.getByRole('textbox').waitFor();
  await page.keyboard.type('song ky');
  await dialog
    .getByRole('option', { name: /Sông Kỳ/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/app\/firms\/[\w-]+$/);
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('Shift+?');
  await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor();
  await context.close();
});
