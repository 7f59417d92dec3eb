import { translate, type Language } from '../../../platform/i18n/i18n.js';

const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB', zh: 'zh-CN' };
const DAYS: Record<Language, Intl.DateTimeFormatOptions> = {
  vi: { day: '2-digit', month: '2-digit', year: 'numeric' },
  en: { day: 'numeric', month: 'long', year: 'numeric' },
  zh: { year: 'numeric', month: 'long', day: 'numeric' },
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

/** A place keeps its Vietnamese name; the word that says what it is, is in the reader's language. @example "Lạng Sơn city" */
export function districtIn(language: Language, name: string): string {
  const [, city] = /^Thành phố (.+)$/.exec(name) ?? [];
  return city === undefined ? name : translate(language, 'pages:district_city', { name: city });
}

/** The day with its name. @example "Thứ Năm, 05/03/2026" */
export function namedDayIn(language: Language, at: Date, timeZone: string): string {
  return written(language, { weekday: 'long' }, at, timeZone);
}

/** The named day with the time of day. @example "08:00 Thứ Năm, 05/03/2026" */
export function momentIn(language: Language, at: Date, timeZone: string): string {
  return written(language, { weekday: 'long', hour: '2-digit', minute: '2-digit' }, at, timeZone);
}

function written(language: Language, more: Intl.DateTimeFormatOptions, at: Date, timeZone: string): string {
  const said = new Intl.DateTimeFormat(LOCALES[language], { ...DAYS[language], ...more, timeZone }).format(
    at,
  );
  return said.charAt(0).toLocaleUpperCase(LOCALES[language]) + said.slice(1);
}

/** Enough to recognise one's own mailbox, too little for a stranger who was handed the link. @example "ng…@example.vn" */
export function hideMost(email: string): string {
  const [name = '', domain = ''] = email.split('@');
  return domain ? `${name.slice(0, 2)}…@${domain}` : '';
}
