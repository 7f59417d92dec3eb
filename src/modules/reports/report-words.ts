import { hasWords, translate, type Language } from '../../platform/i18n/i18n.js';
import type { ReportNote } from './reports.dto.js';
import { scopeParams, type ReportScope } from './report-scope.js';

export const words = (language: Language, key: string, params?: Record<string, unknown>): string =>
  translate(language, `reports:${key}`, params);

/** A code in the caller's words; the code itself when we have none, since stages, steps and reasons are data. */
export function codeWords(language: Language, family: string, code: string): string {
  const key = [`reports:${family}_${code}`, `leads:${family}_${code}`].find((candidate) =>
    hasWords(language, candidate),
  );
  return key ? translate(language, key) : code;
}

const COUNTRIES: Record<Language, Intl.DisplayNames> = {
  vi: new Intl.DisplayNames('vi-VN', { type: 'region' }),
  en: new Intl.DisplayNames('en-GB', { type: 'region' }),
  zh: new Intl.DisplayNames('zh-CN', { type: 'region' }),
};

/** @param code two letters @example "CN" → "Trung Quốc" */
export const countryName = (language: Language, code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (COUNTRIES[language].of(code) ?? code) : code;

export function reportHead(scope: ReportScope, notes: readonly string[]) {
  const { asOf, basis } = scope.filters;
  const filters = scopeParams(scope);
  for (const own of ['asOf', 'basis', 'groupBy', 'thenBy']) delete filters[own];
  return {
    asOf,
    basis,
    groupBy: scope.groupBy,
    filters,
    notes: notes.map((code): ReportNote => ({ code, text: words(scope.language, `note_${code}`) })),
  };
}
