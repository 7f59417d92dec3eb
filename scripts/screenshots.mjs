import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

/**
 * Pictures of the pages, of officers and of investors, from the sample data of the demo: `npm run screenshots` writes
 * them into `docs/screenshots`, `npm run screenshots -- FOLDER` elsewhere.
 */
const PORT = 3987;
const URL = `http://localhost:${PORT}`;
const FOLDER = process.argv[2] ?? 'docs/screenshots';
const OFFICER = { email: 'lan@xuctien.example', password: 'can-bo-lan' };
const ADMIN = { email: 'tu@xuctien.example', password: 'quan-tri-tu' };
/** Who booked a visit, and who sent the enquiry. */
const GUEST = 'wang@yangben-electronics.example';
const ENQUIRER = 'hoi@bao-bi-mau.example';
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** The demo, once its story is told and it only waits for visitors; and where the mail that it caught can be read. */
function tellDemo() {
  const demo = spawn(process.execPath, ['dist/demo/main.js'], {
    env: { ...process.env, PORT: String(PORT) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let mailbox;
    createInterface({ input: demo.stdout }).on('line', (line) => {
      mailbox ??= /http:\S+\/mailbox/.exec(line)?.[0];
      if (line.includes('Ctrl-C')) resolve({ demo, mailbox });
    });
    demo.once('exit', () => reject(new Error('the demo ended before it could be looked at')));
  });
}

async function signedIn(browser, person, { language, scheme, viewport }) {
  const context = await browser.newContext({ colorScheme: scheme, viewport, deviceScaleFactor: 1 });
  await context.addInitScript((chosen) => localStorage.setItem('language', chosen), language);
  await context.request.post(`${URL}/api/auth/sign-in/email`, { data: person, headers: { origin: URL } });
  return context;
}

async function firstId(context, list, choose = () => true) {
  const answer = await context.request.get(`${URL}/api/v1/${list}`);
  const { items } = await answer.json();
  return (items.find(choose) ?? items[0]).id;
}

async function keep(page, name, fullPage = false) {
  await page.locator('h1').first().waitFor();
  await page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage });
  process.stdout.write(`${name}\n`);
}

async function shoot(page, name, path) {
  await page.goto(`${URL}/app${path}`);
  await page.locator('h1').first().waitFor();
  await page.waitForTimeout(1500);
  await keep(page, name);
}

async function shootAll(browser, look, suffix) {
  const context = await signedIn(browser, OFFICER, look);
  const admin = await signedIn(browser, ADMIN, look);
  const page = await context.newPage();
  const lead = await firstId(context, 'leads?limit=50&sort=-lastActivityAt', (one) => one.lastAnswer);
  const round = await firstId(context, 'rounds?limit=1');
  const pages = [
    ['today', '/'],
    ['pipeline', '/pipeline?kind=secondary'],
    ['lead', `/leads/${lead}`],
    ['firms', '/firms'],
    ['clusters', '/clusters?view=map'],
    ['round', `/rounds/${round}`],
    ['messages', '/messages'],
  ];
  for (const [name, path] of pages) await shoot(page, `${name}-${suffix}`, path);
  const adminPage = await admin.newPage();
  const plan = await firstId(admin, 'follow-up-plans');
  const template = await firstId(admin, 'templates?limit=1');
  await shoot(adminPage, `plan-${suffix}`, `/plans/${plan}`);
  await shoot(adminPage, `template-${suffix}`, `/templates/${template}`);
  await shoot(adminPage, `health-${suffix}`, '/admin?tab=health');
  await context.close();
  await admin.close();
}

/** Where the newest mail to an address leads that has a link of this kind. */
async function linkTo(context, mailbox, address, place) {
  const list = await (await context.request.get(mailbox)).text();
  for (const row of list.split('<tr>').filter((one) => one.includes(address))) {
    const path = /href="([^"]+)"/.exec(row)[1];
    const mail = await (await context.request.get(new globalThis.URL(path, mailbox).href)).text();
    const link = new RegExp(`${URL}/${place}/[A-Za-z0-9_-]{43}`).exec(mail)?.[0];
    if (link) return link;
  }
  throw new Error(`no mail to ${address} has a link to /${place}/`);
}

/**
 * What an investor sees, without an account: the demo's Monday morning as they left it. The link to a case works once:
 * the first browser opens it, and the next has its cookie.
 */
async function shootInvestors(browser, mailbox, { language, suffix, ...look }, opened) {
  const context = await browser.newContext({ ...look, deviceScaleFactor: 1, storageState: opened?.state });
  const page = await context.newPage();
  const prefix = language === 'vi' ? '' : `/${language}`;
  const see = async (name, address) => {
    await page.goto(new globalThis.URL(address, URL).href);
    await keep(page, `investor-${name}-${suffix}`, true);
  };
  await see('list', prefix || '/');
  await see('cluster', await page.locator('a[href*="/clusters/"]').first().getAttribute('href'));
  await see('enquiry', `${prefix}/enquiry`);
  const answer = await linkTo(context, mailbox, GUEST, 'r');
  await see('answer', `${answer}?lang=${language}`);
  await see('visit', `${answer}/visit?lang=${language}&change=time`);
  const own =
    opened?.address ?? (await openCase(page, await linkTo(context, mailbox, ENQUIRER, 'case/open')));
  await see('case', `${own}?lang=${language}`);
  const state = await context.storageState();
  await context.close();
  return { state, address: own };
}

async function openCase(page, link) {
  await page.goto(link);
  await page.locator('main button').click();
  await page.waitForURL(/\/case\/[0-9a-f-]{36}/);
  return page.url().split('?')[0];
}

mkdirSync(FOLDER, { recursive: true });
const { demo, mailbox } = await tellDemo();
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find(
  (path) => path && existsSync(path),
);
const browser = await chromium.launch({ executablePath, args: FLAGS });
try {
  await shootAll(browser, { language: 'vi', scheme: 'light', viewport: SIZES.desk }, 'vi');
  await shootAll(browser, { language: 'en', scheme: 'dark', viewport: SIZES.desk }, 'en-dark');
  await shootAll(browser, { language: 'vi', scheme: 'light', viewport: SIZES.phone }, 'vi-phone');
  const desk = { language: 'vi', suffix: 'vi', colorScheme: 'light', viewport: SIZES.desk };
  const opened = await shootInvestors(browser, mailbox, desk);
  const phone = { language: 'zh', suffix: 'zh-dark-phone', colorScheme: 'dark', viewport: SIZES.phone };
  await shootInvestors(browser, mailbox, phone, opened);
} finally {
  await browser.close();
  demo.removeAllListeners('exit');
  demo.kill('SIGTERM');
}
