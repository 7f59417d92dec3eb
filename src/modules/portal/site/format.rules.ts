import type { Language } from '../../../platform/i18n/i18n.js';

const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB', zh: 'zh-CN' };
const DAYS: Record<Language, Intl.DateTimeFormatOptions> = {
  vi: { day: '2-digit', month: '2-digit', year: 'numeric' },
  en: { day: 'numeric', month: 'long', year: 'numeric' },
  zh: { dateStyle: 'long' },
};

/** As the language writes it; what is not known stays null. */
export function numberIn(
  language: Language,
  value: number | null,
  options: Intl.NumberFormatOptions = { maximumFractionDigits: 2 },
): string | null {
  return value === null ? null : new Intl.NumberFormat(LOCALES[language], options).format(value);
}

/** @param day `2026-04-30`, or an instant whose first ten characters are the day */
export function dayIn(language: Language, day: string | null): string | null {
  if (day === null) return null;
  const format = new Intl.DateTimeFormat(LOCALES[language], { ...DAYS[language], timeZone: 'UTC' });
  return format.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}
