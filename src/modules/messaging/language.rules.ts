import type { Language } from '../../platform/i18n/i18n.js';

/** What a person is written to in when a template lacks their own language: Chinese readers rather English, all others Vietnamese. */
export const FALLBACKS: Record<Language, readonly Language[]> = {
  vi: ['vi', 'en', 'zh'],
  en: ['en', 'vi', 'zh'],
  zh: ['zh', 'en', 'vi'],
};

export function textIn<T extends { language: Language }>(texts: readonly T[], wished: Language): T | null {
  for (const language of FALLBACKS[wished]) {
    const found = texts.find((text) => text.language === language);
    if (found) return found;
  }
  return null;
}
