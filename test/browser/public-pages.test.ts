import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { ClusterLandService } from '../../src/modules/directory/land/cluster-land.service.js';
import { IncentivesService } from '../../src/modules/directory/land/incentives.service.js';
import { answerToken } from '../../src/modules/messaging/answer-token.rules.js';
import { givenCluster, givenContact } from '../factories/directory.js';
import { givenLead } from '../factories/leads.js';
import { givenMessage } from '../factories/messaging.js';
import {
  accessibilityFaults,
  desk,
  DESKTOP,
  openBrowser,
  PHONE,
  scrollsSideways,
} from '../support/browser.js';
import { startApp, type TestApp } from '../support/harness.js';

let t: TestApp;
let browser: Browser;
let url: string;

const PAGES = [
  '',
  '?district=van-lang&wants=infrastructure',
  '?areaMin=9000',
  'clusters/well-known',
  'clusters/bac-son-2',
  'open-data',
  'enquiry?cluster=well-known',
  'privacy',
  'nowhere',
];
const LANGUAGES = ['', 'en/', 'zh/'];
/** `/en` has no slash at its end. */
const addressOf = (language: string, path: string): string =>
  `${url}/${path === '' || path.startsWith('?') ? language.replace('/', '') : language}${path}`;

beforeAll(async () => {
  t = await startApp();
  await givenWellKnown();
  await t.app.listen(0, '127.0.0.1');
  url = (await t.app.getUrl()).replace('[::1]', '127.0.0.1');
  browser = await openBrowser();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await t.close();
}, 30_000);

/** A cluster of which everything that can be known is known, in long words. */
async function givenWellKnown(): Promise<void> {
  const { id } = await givenCluster(t, {
    code: 'well-known',
    name: 'Cụm công nghiệp phía Đông Nam thị trấn Đồng Mỏ giai đoạn hai',
    isPublic: true,
    detailedPlan: true,
    status: 'under_construction',
    areaHa: 71.39,
    industrialLandHa: 52.1,
    occupiedHa: 13.25,
    landAsOf: '2026-01-31',
    landSource: 'Báo cáo của chủ đầu tư hạ tầng gửi Sở Công Thương',
    latitude: 21.85,
    longitude: 106.76,
    positionSource: 'Bản vẽ quy hoạch chi tiết',
    sectors: ['Chế biến nông, lâm sản', 'Cơ khí', 'Điện tử'],
    summaryVi: 'Nằm cạnh quốc lộ 1A, cách cửa khẩu Hữu Nghị một giờ xe.',
    summaryEn: 'Beside national road 1A, an hour from the Hữu Nghị border gate.',
    summaryZh: '紧邻1A国道，距友谊口岸一小时车程。',
  });
  const words = (vi: string, en: string, zh: string) => ({ vi, en, zh });
  const land = t.get(ClusterLandService);
  await t.asSystem(async () => {
    await land.addAccess(id, {
      kind: 'border_gate',
      name: words('Cửa khẩu quốc tế Hữu Nghị', 'Hữu Nghị international border gate', '友谊国际口岸'),
      distanceKm: 42.5,
      source: 'Quy hoạch tỉnh',
    });
    await land.addUtility(id, {
      kind: 'power',
      state: 'available',
      capacity: words('Trạm 110/22 kV, 40 MVA', '110/22 kV substation, 40 MVA', '110/22千伏变电站，40兆伏安'),
      source: 'Điện lực Lạng Sơn',
      asOf: '2026-01-31',
    });
    await land.addUtility(id, { kind: 'wastewater', state: 'under_construction', source: 'Chủ đầu tư' });
    await land.addUtility(id, { kind: 'gas', state: 'missing', source: 'Chủ đầu tư' });
    await t.get(IncentivesService).create({
      code: 'thu-nghiem',
      title: words('Miễn tiền thuê đất', 'Land rent exemption', '免缴土地租金'),
      text: words('Nội dung thử nghiệm.', 'A text for the test.', '测试内容。'),
      legalDocument: 'Nghị định thử nghiệm',
      sourceGrade: 'secondary',
      appliesTo: 'both',
      scope: 'all',
      effectiveFrom: '2024-05-01',
      isPublic: true,
    });
  });
}

async function withoutScript(viewport: typeof PHONE): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ viewport, javaScriptEnabled: false, locale: 'vi-VN' });
  return { context, page: await context.newPage() };
}

describe.each([
  ['a desk, in the light', DESKTOP, 'light'],
  ['a phone, in the dark', PHONE, 'dark'],
] as const)('at %s', (_where, viewport, scheme) => {
  test('no public page scrolls sideways without script', async () => {
    const { context, page } = await withoutScript(viewport);
    for (const language of LANGUAGES)
      for (const path of PAGES) {
        await page.goto(addressOf(language, path));
        expect([language, path, await scrollsSideways(page)]).toEqual([language, path, false]);
        expect([language, path, await page.locator('h1').count()]).toEqual([language, path, 1]);
      }
    await context.close();
  }, 120_000);

  test('axe finds nothing', async () => {
    const { context, page, complaints } = await desk(browser, { viewport, scheme });
    for (const language of LANGUAGES)
      for (const path of PAGES) {
        await page.goto(addressOf(language, path));
        expect([language, path, await accessibilityFaults(page)]).toEqual([language, path, []]);
      }
    expect(complaints).toEqual([]);
    await context.close();
  }, 240_000);
});

test('a reader without script narrows the list, asks by district, changes the language and comes to a question', async () => {
  const { context, page } = await withoutScript(PHONE);
  await page.goto(`${url}/`);
  await page.getByLabel('Nhà đầu tư cần tìm').selectOption('infrastructure');
  await page.getByRole('button', { name: 'Xem kết quả' }).click();
  const everywhere = await page.locator('.list h3').count();
  await page.getByRole('link', { name: /^Văn Lãng: 2/ }).click();
  expect(await page.locator('.list h3').count()).toBeLessThan(everywhere);
  await page.getByRole('link', { name: '中文' }).click();
  expect(await page.locator('.list h3').allInnerTexts()).toEqual([
    'Cụm công nghiệp Văn Lãng',
    'Cụm công nghiệp Văn Lãng 2',
  ]);
  await page.getByRole('link', { name: 'Cụm công nghiệp Văn Lãng 2' }).click();
  expect(new URL(page.url()).pathname).toBe('/zh/clusters/van-lang-2');
  const ask = page.getByRole('link', { name: '咨询该集群' }).first();
  expect(await ask.getAttribute('href')).toBe('/zh/enquiry?cluster=van-lang-2');
  await context.close();
}, 60_000);

test('on paper a cluster has no menus, in black on white', async () => {
  const { context, page } = await withoutScript(DESKTOP);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto(`${url}/clusters/well-known`);
  for (const menu of await page.locator('nav, .noprint').all()) expect(await menu.isVisible()).toBe(false);
  const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  expect(paper).toBe('rgb(255, 255, 255)');
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(0);
  expect(pages).toBeLessThanOrEqual(4);
  await context.close();
}, 60_000);

/** Whatever stands alone to be tapped and is lower than a finger; a link inside a sentence may be. */
const TOO_LOW = `[...document.querySelectorAll('button, a, select, textarea, summary, input:not([type=hidden])')]
  .filter((one) => !one.closest('.skip, .hidden, .tiles') && (one.tagName !== 'A' || getComputedStyle(one).display !== 'inline'))
  .map((one) => one.closest('label') ?? one)
  .filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.textContent.trim())`;

test('on a phone everything that is tapped is as high as a finger, on public pages and behind the links of a mail', async () => {
  const contact = await givenContact(t, { consent: 'given' });
  const lead = await givenLead(t, { firmId: contact.firmId, primaryContactId: contact.id });
  const message = await givenMessage(t, { contactId: contact.id, leadId: lead.id });
  const link = (purpose: 'answer' | 'opt_out' | 'preferences'): string =>
    answerToken(message.id, purpose, t.config.secretKey);
  const behindLinks = [
    `r/${link('answer')}`,
    `r/${link('answer')}?answer=interested`,
    `r/${link('answer')}?answer=not_now`,
    `u/${link('opt_out')}`,
    `p/${link('preferences')}`,
    'r/nonsense',
    'copy/nonsense',
  ].flatMap((path) => LANGUAGES.map((one) => withLanguage(path, one.slice(0, 2) || 'vi')));
  const { context, page } = await desk(browser, { viewport: PHONE });
  for (const address of [...PAGES.map((path) => addressOf('en/', path)), ...behindLinks]) {
    await page.goto(address);
    expect([address, await page.evaluate(TOO_LOW)]).toEqual([address, []]);
    expect([address, await scrollsSideways(page)]).toEqual([address, false]);
    if (behindLinks.includes(address))
      expect([address, await accessibilityFaults(page)]).toEqual([address, []]);
  }
  await context.close();
}, 120_000);

const withLanguage = (path: string, language: string): string =>
  `${url}/${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
