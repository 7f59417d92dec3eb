import { readdirSync, readFileSync } from 'node:fs';
import i18next from 'i18next';
import { Word } from './word.js';

export const LANGUAGES = ['vi', 'en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;

const folder = new URL('./locales/', import.meta.url);

/** `errors-leads.json` joins the namespace `errors`: each module keeps its own words. */
function readResources(language: Language): Record<string, object> {
  const namespaces: Record<string, object> = {};
  for (const file of readdirSync(new URL(`${language}/`, folder)).filter((name) => name.endsWith('.json'))) {
    const namespace = file.replace('.json', '').split('-')[0]!;
    const words = JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8')) as object;
    namespaces[namespace] = { ...namespaces[namespace], ...words };
  }
  return namespaces;
}

const instance = i18next.createInstance();
await instance.init({
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, readResources(language)])),
  fallbackLng: { zh: ['en'], default: ['vi'] },
  keySeparator: false,
  returnNull: false,
});

/**
 * The words of a key such as `errors:not_found` in a language. Values go in as they are: whatever a firm calls itself,
 * `$t(yes)` or `{{email}}`, is text and never a placeholder. A `Word`, or a list of them, is said in that language.
 */
export function translate(language: Language, key: string, params: Record<string, unknown> = {}): string {
  const sentence = instance.t(key, { lng: language, skipInterpolation: true });
  return sentence.replace(PLACEHOLDER, (_placeholder, name: string) => said(language, params[name]));
}

function said(language: Language, value: unknown): string {
  if (value instanceof Word) return translate(language, value.key);
  if (Array.isArray(value)) return value.map((one) => said(language, one)).join(', ');
  return value === undefined || value === null ? '' : String(value);
}

export function hasWords(language: Language, key: string): boolean {
  return instance.exists(key, { lng: language, fallbackLng: [] });
}

/** Whichever of ours the caller would rather read; Vietnamese when it says nothing we know. */
export function preferredLanguage(
  acceptLanguage: string | undefined,
  offered: readonly Language[] = ['vi', 'en'],
): Language {
  const wishes = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';');
      const quality = Number(params.find((p) => p.trim().startsWith('q='))?.split('=')[1] ?? 1);
      return { language: tag.split('-')[0]!, quality: Number.isFinite(quality) ? quality : 0 };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const wish of wishes) {
    const found = offered.find((language) => language === wish.language);
    if (found) return found;
  }
  return offered[0]!;
}
