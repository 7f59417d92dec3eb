import { isISO31661Alpha2 } from 'class-validator';
import { LANGUAGES, type Language } from '../../../platform/i18n/i18n.js';

export interface Country {
  code: string;
  name: string;
}

const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB', zh: 'zh-CN' };
/** Where most investors of the province come from; the first ones of the list. */
const NEAR = ['VN', 'CN', 'HK', 'TW', 'KR', 'JP', 'SG'];
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const CODES = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter((code) => isISO31661Alpha2(code));

function listIn(language: Language): { near: Country[]; others: Country[] } {
  const names = new Intl.DisplayNames(LOCALES[language], { type: 'region' });
  const named = (code: string): Country => ({ code, name: names.of(code) ?? code });
  const { compare } = new Intl.Collator(LOCALES[language]);
  return {
    near: NEAR.map(named),
    others: CODES.filter((code) => !NEAR.includes(code))
      .map(named)
      .sort((a, b) => compare(a.name, b.name)),
  };
}

const lists = new Map(LANGUAGES.map((language) => [language, listIn(language)] as const));

/** Every country of ISO 3166-1 by its name in that language. */
export const countriesIn = (language: Language) => lists.get(language)!;
