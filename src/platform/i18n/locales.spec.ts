import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { hasWords } from './i18n.js';

type Words = Record<string, string>;

/** Of sentences: what a reader does not understand. */
const RAW = /[0-9a-f]{8}-[0-9a-f]{4}-|If-Match|JSON|\{\{\s*id\s*\}\}/;

const folder = join(import.meta.dirname, 'locales');
const filesOf = (language: string): string[] => readdirSync(join(folder, language)).sort();
const read = (language: string, file: string): Words =>
  JSON.parse(readFileSync(join(folder, language, file), 'utf8')) as Words;
/** `titleVi` and `titleEn` are one value in two languages. */
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name!.replace(/(Vi|En)$/, '')).sort();

function* sources(path: string): Generator<string> {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) yield* sources(inner);
    else if (entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'))
      yield readFileSync(inner, 'utf8');
  }
}

/** Codes that the program throws by a literal, whatever the class. */
function thrownCodes(): string[] {
  const patterns = [
    /new (?:RuleError|Conflict|NotFound|Forbidden|AlreadyExists)\(\s*'([a-z_]+)'/g,
    /new Invalid\(\s*[^,]+,\s*'([a-z_]+)'/g,
    /new ProblemError\(\s*\d+,\s*'([a-z_]+)'/g,
  ];
  const codes = new Set<string>();
  for (const source of sources(join(import.meta.dirname, '../..'))) {
    for (const pattern of patterns) for (const [, code] of source.matchAll(pattern)) codes.add(code!);
  }
  return [...codes].sort();
}

describe('the words', () => {
  test('are in Vietnamese and in English, all of them', () => {
    expect(filesOf('en')).toEqual(filesOf('vi'));
    for (const file of filesOf('vi')) {
      expect([file, Object.keys(read('en', file)).sort()]).toEqual([
        file,
        Object.keys(read('vi', file)).sort(),
      ]);
    }
  });

  test('for investors are also in Chinese', () => {
    for (const file of [
      'pages-portal.json',
      'pages-case.json',
      'errors-case.json',
      'pages-site.json',
      'pages-catalogue.json',
      'pages-sheet.json',
      'pages-enquiry.json',
      'errors-enquiry.json',
      'errors-portal.json',
      'pages-visits.json',
      'errors-visits.json',
      'errors-files.json',
      'errors-privacy.json',
      'privacy.json',
      'pages-copy.json',
      'messaging.json',
      'directory.json',
    ]) {
      const missing = Object.keys(read('vi', file)).filter((key) => !(key in read('zh', file)));
      expect([file, missing]).toEqual([file, []]);
    }
  });

  test('speak plainly of what went wrong', () => {
    for (const language of ['vi', 'en']) {
      for (const file of filesOf(language).filter((name) => name.startsWith('errors-'))) {
        const raw = Object.entries(read(language, file)).filter(([, text]) => RAW.test(text));
        expect([file, raw]).toEqual([file, []]);
      }
    }
  });

  test('name the same values in each language', () => {
    for (const language of ['en', 'zh']) {
      for (const file of filesOf(language)) {
        for (const [key, text] of Object.entries(read(language, file))) {
          const vietnamese = read('vi', file)[key];
          if (vietnamese === undefined) continue;
          expect([file, key, new Set(placeholders(text))]).toEqual([
            file,
            key,
            new Set(placeholders(vietnamese)),
          ]);
        }
      }
    }
  });

  test('exist for every error that the program can name', () => {
    const codes = thrownCodes();
    expect(codes.length).toBeGreaterThan(50);
    for (const language of ['vi', 'en'] as const) {
      expect([language, codes.filter((code) => !hasWords(language, `errors:${code}`))]).toEqual([
        language,
        [],
      ]);
    }
  });
});
