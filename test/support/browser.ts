import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { TestApp } from './harness.js';

const PATHS = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export function openBrowser(): Promise<Browser> {
  const executablePath = PATHS.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('Chromium was not found: install it, or set CHROMIUM_PATH.');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Lets the program listen, once it is certain that there is a web app to give out. */
export async function listen(t: TestApp, port: number): Promise<void> {
  if (!existsSync('dist/web/index.html')) throw new Error('The web app is not built: npm run build.');
  await t.app.listen(port, '127.0.0.1');
}

export interface Look {
  language?: 'vi' | 'en';
  scheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

/** A browser of its own, as a person at another desk has; what its pages complain of is kept. */
export async function desk(
  browser: Browser,
  look: Look = {},
): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const { language = 'vi', scheme = 'light', viewport = DESKTOP } = look;
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport,
    // axe is brought in from outside the page
    bypassCSP: true,
    locale: language === 'vi' ? 'vi-VN' : 'en-GB',
  });
  // the frame of a letter may keep nothing
  await context.addInitScript(`try { localStorage.language ??= ${JSON.stringify(language)} } catch {}`);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  return { context, page, complaints };
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  id: string;
  nodes: { html: string }[];
}

/** What axe finds on the page: a line for each fault, with the first element that has it. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
  const violations = await page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((found) => found.violations)`,
  );
  return violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 200)}`);
}

export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > window.innerWidth + 1');
