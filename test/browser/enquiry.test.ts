import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { until } from '../factories/messaging.js';
import { accessibilityFaults, openBrowser, PHONE, scrollsSideways } from '../support/browser.js';
import { freePort } from '../support/free-port.js';
import { startApp, type TestApp } from '../support/harness.js';

let browser: Browser;
let t: TestApp;
let url: string;

beforeAll(async () => {
  browser = await openBrowser();
  t = await startApp({ worker: true });
  await t.http.as('officer');
  const port = await freePort();
  await t.app.listen(port, '127.0.0.1');
  url = `http://127.0.0.1:${port}`;
}, 120_000);
afterAll(async () => {
  await browser.close();
  await t.close();
});

test.each([
  ['vi', '', 'light', 'Gửi yêu cầu', 'Chúng tôi đã nhận được'],
  ['en', '/en', 'dark', 'Send the question', 'We have received'],
  ['zh', '/zh', 'light', '提交咨询', '我们已收到'],
] as const)(
  'on a phone without script, in %s: a fault, the answer, the mail',
  async (language, prefix, colorScheme, button, subject) => {
    const email = `${language}@phone.test`;
    const plain = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE, colorScheme });
    const page = await plain.newPage();
    await page.goto(`${url}${prefix}/enquiry?cluster=van-lang`);
    await page.fill('#firmName', `Firm ${language}`);
    await page.fill('#fullName', 'Ms Nguyễn 阮');
    await page.fill('#email', 'not-an-address');
    await page.check('input[name=kind][value=secondary]');
    await page.fill('#message', 'How much is the land?\nAnd the water?');
    t.clock.advance(60_000);
    await page.click(`button:has-text("${button}")`);
    expect(await page.getAttribute('#email', 'aria-invalid')).toBe('true');
    expect(await page.inputValue('#message')).toBe('How much is the land?\nAnd the water?');
    expect(await page.isChecked('input[value=van-lang]')).toBe(true);
    await page.click('#faults a');
    expect(page.url()).toMatch(/#email$/);
    await page.fill('#email', email);
    await page.click(`button:has-text("${button}")`);
    expect(page.url()).toContain(`${prefix}/enquiry/received/`);
    const reference = (await page.textContent('#reference'))!;
    await page.reload();
    expect(await page.textContent('#reference')).toBe(reference);
    const mails = async () =>
      (
        (await (await fetch(`${url}/mailbox/messages.json`)).json()) as {
          items: { to: string; subject: string }[];
        }
      ).items.filter(({ to }) => to.includes(email));
    await until(async () => (await mails()).length > 0, 30_000);
    expect((await mails()).map((mail) => mail.subject)).toEqual([expect.stringContaining(subject)]);
    expect((await mails())[0]!.subject).toContain(reference);
    await plain.close();
  },
  120_000,
);

test.each(['', '/en', '/zh'])(
  'nothing to find for axe, nothing beside the screen: %s',
  async (prefix) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ bypassCSP: true, viewport: PHONE, colorScheme });
      const page = await context.newPage();
      const look = async (what: string) => {
        expect([what, await accessibilityFaults(page)]).toEqual([what, []]);
        expect([what, await scrollsSideways(page)]).toEqual([what, false]);
      };
      await page.goto(`${url}${prefix}/enquiry?cluster=van-lang`);
      await look('the form');
      await page.click('button.main');
      t.clock.advance(60_000);
      await page.click('button.main');
      await look('the form with faults');
      await page.goto(`${url}${prefix}/privacy`);
      await look('the notice');
      await context.close();
    }
  },
  120_000,
);
