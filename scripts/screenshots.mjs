import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

/** Pictures of the pages from the sample data of the demo: `npm run screenshots` writes them into `docs/screenshots`. */
const PORT = 3987;
const URL = `http://localhost:${PORT}`;
const FOLDER = 'docs/screenshots';
const OFFICER = { email: 'lan@xuctien.example', password: 'can-bo-lan' };
const ADMIN = { email: 'tu@xuctien.example', password: 'quan-tri-tu' };
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];

/** The demo, once its story is told and it only waits for visitors. */
function tellDemo() {
  const demo = spawn(process.execPath, ['dist/demo/main.js'], {
    env: { ...process.env, PORT: String(PORT) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: demo.stdout }).on('line', (line) => {
      if (line.includes('Ctrl-C')) resolve(demo);
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

async function shoot(page, name, path) {
  await page.goto(`${URL}/app${path}`);
  await page.locator('h1').first().waitFor();
  await page.waitForTimeout(1500);
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  process.stdout.write(`${name}\n`);
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

mkdirSync(FOLDER, { recursive: true });
const demo = await tellDemo();
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find(
  (path) => path && existsSync(path),
);
const browser = await chromium.launch({ executablePath, args: FLAGS });
try {
  await shootAll(browser, { language: 'vi', scheme: 'light', viewport: SIZES.desk }, 'vi');
  await shootAll(browser, { language: 'en', scheme: 'dark', viewport: SIZES.desk }, 'en-dark');
  await shootAll(browser, { language: 'vi', scheme: 'light', viewport: SIZES.phone }, 'vi-phone');
} finally {
  await browser.close();
  demo.removeAllListeners('exit');
  demo.kill('SIGTERM');
}
