import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';

/** How a person works a page: with a mouse (or a thumb), or with the keyboard alone. */
export interface Hands {
  press(target: Locator): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
  /** Picks from a field that searches. */
  pick(field: Locator, typed: string): Promise<void>;
}

/** The option that a search field offers is taken by the keyboard in any case: that is how people type on. */
async function takeFirst(page: Page, field: Locator, typed: string): Promise<void> {
  await page.keyboard.type(typed);
  await page.getByRole('option', { name: typed }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await field.page().getByRole('option').first().waitFor({ state: 'hidden' });
}

export function mouse(page: Page): Hands {
  return {
    press: (target) => target.click(),
    write: (field, text) => field.fill(text),
    async pick(field, typed) {
      await field.click();
      await takeFirst(page, field, typed);
    },
  };
}

const MOST_STEPS = 200;

type PageGlobals = { document: { activeElement: unknown } };
const hasFocus = (element: unknown): boolean =>
  element === (globalThis as unknown as PageGlobals).document.activeElement;

/** Goes on by `key` until the target has the focus; a page where that never happens cannot be used without a mouse. */
async function reach(page: Page, target: Locator, key: string): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (await target.evaluate(hasFocus)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the keyboard does not reach ${target}`);
}

export function keyboard(page: Page): Hands {
  return {
    async press(target) {
      const role = await target.getAttribute('role');
      await reach(page, target, role === 'menuitem' ? 'ArrowDown' : 'Tab');
      await page.keyboard.press((await target.getAttribute('type')) === 'radio' ? 'Space' : 'Enter');
    },
    async write(field, text) {
      await reach(page, field, 'Tab');
      await page.keyboard.type(text);
    },
    async pick(field, typed) {
      await reach(page, field, 'Tab');
      await takeFirst(page, field, typed);
    },
  };
}

type Words = { [key: string]: string | Words };

/** The words of the web app, as a test asks for them: `say('pipeline', 'add')`. */
export function wordsIn(language: 'vi' | 'en') {
  return (namespace: string, key: string, values: Record<string, string> = {}): string => {
    const file = `web/src/locales/${language}/${namespace}.json`;
    let found: string | Words | undefined = JSON.parse(readFileSync(file, 'utf8')) as Words;
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    if (typeof found !== 'string') throw new Error(`no words: ${namespace}:${key}`);
    return found.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => values[name] ?? '');
  };
}
