import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { givenAsked } from '../factories/meetings.js';
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
  await t.app.listen(port, '127.0.0.1');
}, 60_000);
afterAll(async () => {
  await t.close();
  await browser.close();
});

interface Words {
  book: string;
  other: string;
  move: string;
  cancel: string;
  booked: string;
  cancelled: string;
}

const WORDS: Record<'vi' | 'en' | 'zh', Words> = {
  vi: {
    book: 'Đặt lịch hẹn',
    other: 'Chọn giờ khác',
    move: 'Đổi sang giờ này',
    cancel: 'Hủy lịch hẹn',
    booked: 'Đã đặt lịch hẹn',
    cancelled: 'Đã hủy lịch hẹn',
  },
  en: {
    book: 'Book this time',
    other: 'Choose another time',
    move: 'Move to this time',
    cancel: 'Cancel the visit',
    booked: 'Your visit is booked',
    cancelled: 'Your visit is cancelled',
  },
  zh: {
    book: '确认预约',
    other: '另选时间',
    move: '改为此时间',
    cancel: '取消预约',
    booked: '预约成功',
    cancelled: '预约已取消',
  },
};

/** A slow telephone with scripts turned off; axe is asked by a browser of the same look that has them. */
async function phone(
  scheme: 'light' | 'dark',
  javaScriptEnabled: boolean,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: PHONE,
    colorScheme: scheme,
    javaScriptEnabled,
    bypassCSP: javaScriptEnabled,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return { context, page };
}

let owners = 0;

describe('a visit on a telephone without script', () => {
  test.each(['vi', 'en', 'zh'] as const)('is booked, moved and cancelled in %s', async (language) => {
    const words = WORDS[language];
    const owner = await t.http.as('officer', `host-${(owners += 1)}`);
    const { token, leadId } = await givenAsked(t, { owner, contact: { language }, clusters: 2 });
    const { context, page } = await phone('light', false);
    const button = (name: string) => page.getByRole('button', { name });
    await page.goto(`${url}/r/${token}/visit`);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    await page.getByRole('radio').nth(3).check();
    await page.getByRole('combobox').selectOption({ index: 1 });
    await page.getByRole('textbox').fill('3');
    await button(words.book).click();
    await page.getByText(words.booked).waitFor();
    await page.getByRole('link', { name: words.other }).click();
    await page.getByRole('radio').nth(7).check();
    await button(words.move).click();
    await page.getByText(words.booked).waitFor();
    const moved = await t.db.query(`SELECT status, ics_sequence, note FROM meeting WHERE lead_id = $1`, [
      leadId,
    ]);
    expect(moved).toEqual([{ status: 'booked', ics_sequence: 1, note: '3' }]);
    await button(words.cancel).click();
    await page.getByText(words.cancelled).waitFor();
    const cancelled = await t.db.query(`SELECT status FROM meeting WHERE lead_id = $1`, [leadId]);
    expect(cancelled).toEqual([{ status: 'cancelled' }]);
    await context.close();
  });

  test.each(['light', 'dark'] as const)('reads well in %s, and nothing scrolls sideways', async (scheme) => {
    const owner = await t.http.as('officer', `host-${(owners += 1)}`);
    const { token } = await givenAsked(t, { owner, clusters: 2 });
    const { context, page } = await phone(scheme, true);
    const faults: string[] = [];
    const look = async () => {
      faults.push(...(await accessibilityFaults(page)));
      expect(await scrollsSideways(page)).toBe(false);
    };
    for (const lang of ['vi', 'en', 'zh']) {
      await page.goto(`${url}/r/${token}/visit?lang=${lang}`);
      await look();
    }
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: WORDS.zh.book }).click();
    await page.getByText(WORDS.zh.booked).waitFor();
    await look();
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/visit-booked-${scheme}.png`, fullPage: true });
    await page.goto(`${url}/r/${token}/visit?lang=vi&change=time`);
    await look();
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/visit-choose-${scheme}.png`, fullPage: true });
    expect(faults).toEqual([]);
    await context.close();
  });
});
