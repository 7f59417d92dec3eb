import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import { givenParty, PDF, sentCaseLink } from '../portal/case-client.js';
import { accessibilityFaults, openBrowser, PHONE, scrollsSideways } from '../support/browser.js';
import { freePort } from '../support/free-port.js';
import { startApp, type TestApp } from '../support/harness.js';

let browser: Browser;
let t: TestApp;
let url: string;

beforeAll(async () => {
  browser = await openBrowser();
  const port = await freePort();
  url = `http://localhost:${port}`;
  t = await startApp({ env: { PORT: String(port), APP_URL: url } });
  // cookies end by the machine's time, which the program therefore keeps
  t.clock.set(new Date());
  await t.app.listen(port, '127.0.0.1');
}, 60_000);
afterAll(async () => {
  await t.close();
  await browser.close();
});

const phone = (
  javaScriptEnabled: boolean,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<BrowserContext> =>
  browser.newContext({ viewport: PHONE, javaScriptEnabled, colorScheme, bypassCSP: javaScriptEnabled });

test('a telephone without script opens the case, sends a paper, raises a difficulty, corrects a name and signs out', async () => {
  const party = await givenParty(t);
  const context = await phone(false);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${url}/case/open/${await sentCaseLink(t, party)}`);
  await page.getByRole('button', { name: 'Tiếp tục' }).click();
  await page.getByRole('heading', { level: 1, name: party.lead.reference }).waitFor();

  await page.getByLabel('Đây là tài liệu gì?').fill('Báo cáo năng lực');
  await page
    .getByLabel('Tệp')
    .setInputFiles({ name: 'bao-cao.pdf', mimeType: 'application/pdf', buffer: PDF });
  await page.getByRole('button', { name: 'Gửi tài liệu' }).click();
  await page.getByRole('status').getByText('Đã nhận tài liệu').waitFor();
  expect(await page.getByRole('link', { name: 'Báo cáo năng lực' }).count()).toBe(1);

  await page.getByLabel('Vướng mắc là gì?').fill('Chưa có điểm đấu nối nước thải');
  await page.getByRole('button', { name: 'Gửi vướng mắc' }).click();
  await page.getByRole('heading', { name: 'Chưa có điểm đấu nối nước thải' }).waitFor();

  await page.getByLabel('Họ và tên').fill('Trần Thị Đúng');
  await page.getByRole('button', { name: 'Lưu thay đổi' }).click();
  await page.getByRole('status').getByText('Đã lưu').waitFor();
  expect(await page.getByLabel('Họ và tên').inputValue()).toBe('Trần Thị Đúng');

  const address = page.url();
  await page.getByRole('button', { name: 'Thoát khỏi thiết bị này' }).click();
  await page.getByRole('heading', { name: 'Đã thoát' }).waitFor();
  expect((await page.goto(address))?.status()).toBe(404);
  await context.close();
}, 90_000);

test.each(['light', 'dark'] as const)(
  'fits a telephone and is accessible in every language, %s',
  async (scheme) => {
    const context = await phone(true, scheme);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const open = `${url}/case/open/${await sentCaseLink(t, await givenParty(t))}`;
    await page.goto(open);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator('main button').click();
    await page.waitForURL(/\/case\/[0-9a-f-]{36}/);
    const address = page.url().split('?')[0]!;
    for (const lang of ['vi', 'en', 'zh']) {
      await page.goto(`${address}?lang=${lang}`);
      expect([lang, await scrollsSideways(page), await accessibilityFaults(page)]).toEqual([lang, false, []]);
    }
    const shots = process.env.CASE_SHOTS;
    if (shots) await page.screenshot({ path: `${shots}/case-${scheme}.png`, fullPage: true });
    await context.close();
  },
  90_000,
);
