import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
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
import { wordsIn } from '../support/hands.js';

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

async function manager(look: Look) {
  const at = await desk(browser, look);
  const { email, password } = sampleAccounts().find(({ role }) => role === 'manager')!;
  const answer = await at.context.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: url },
  });
  expect(answer.status()).toBe(200);
  return at;
}

const settled = async (page: Page) => {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction("!document.querySelector('.mantine-Skeleton-root')");
};

interface Way extends Look {
  name: string;
  language: 'vi' | 'en';
}

const WAYS: Way[] = [
  { name: 'at the desk, in Vietnamese', language: 'vi', viewport: DESKTOP },
  { name: 'on a phone, in English, in the dark', language: 'en', viewport: PHONE, scheme: 'dark' },
];

describe.each(WAYS)('a manager on Monday $name', ({ name: _name, ...look }) => {
  const say = wordsIn(look.language);
  const words = (key: string, values?: Record<string, string>) => say('reports', key, values);

  test('from the overview to a figure, its rows and a lead, by keyboard', async () => {
    const { context, page, complaints } = await manager(look);
    await page.goto(`${url}/app/reports`);
    await settled(page);
    const part = page.getByRole('region', { name: words('neglected.title') });
    const figure = part.locator('button[aria-haspopup=dialog]').first();
    const said = Number(await figure.innerText());
    expect(said).toBeGreaterThan(0);
    await figure.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByText(words('rows.same')).waitFor();
    expect(await drawer.locator('[data-row]').count()).toBe(said);
    expect(await accessibilityFaults(page)).toEqual([]);
    // closing it leads back to the figure
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.waitForFunction("document.activeElement.getAttribute('aria-haspopup') === 'dialog'");
    await page.keyboard.press('Enter');
    await drawer.getByText(words('rows.same')).waitFor();
    await drawer.locator('[data-row]').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/app\/leads\/[\w-]+$/);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  test('every figure of the pipeline comes to its rows', async () => {
    const { context, page } = await manager(look);
    await page.goto(`${url}/app/reports/pipeline?groupBy=owner`);
    await settled(page);
    const figures = page.locator('main button[aria-haspopup=dialog][aria-label]:visible');
    const drawer = page.getByRole('dialog');
    const count = await figures.count();
    expect(count).toBeGreaterThan(10);
    for (let index = 0; index < count; index += 1) {
      await figures.nth(index).click();
      await drawer.getByText(words('rows.same')).waitFor();
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
    }
    await context.close();
  }, 180_000);

  test('yesterday is shown as it stood, and taken along as a file', async () => {
    const { context, page } = await manager(look);
    await page.goto(`${url}/app/reports/pipeline`);
    await settled(page);
    const field = page.getByLabel(words('asOf'), { exact: true });
    await field.fill('21/03/2027');
    await page.keyboard.press('Enter');
    await page.getByText(words('stood.title', { day: '21/03/2027' })).waitFor();
    await page.waitForURL(/asOf=2027-03-21/);
    expect(await scrollsSideways(page)).toBe(false);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: words('export'), exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: words('format.csv') }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('pipeline-2027-03-21.csv');
    const [head] = (await readFile(await download.path(), 'utf8')).split('\n');
    expect(head).toContain(look.language === 'vi' ? 'Giai đoạn' : 'Stage');
    await page.getByRole('button', { name: words('stood.now') }).click();
    await page.getByText(words('stood.title', { day: '21/03/2027' })).waitFor({ state: 'detached' });
    await context.close();
  }, 120_000);
});
