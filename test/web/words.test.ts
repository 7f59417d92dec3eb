import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const SOURCES = 'web/src';
const WORDS = 'web/src/locales';

type Words = { [key: string]: string | Words };

const namespaces = readdirSync(join(WORDS, 'vi')).sort();
const read = (language: string, file: string): Map<string, string> =>
  flat(JSON.parse(readFileSync(join(WORDS, language, file), 'utf8')) as Words);

function flat(words: Words, prefix = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') all.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) all.set(inner, text);
  }
  return all;
}

const withoutPlural = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '');
const keysOf = (words: Map<string, string>): string[] =>
  [...new Set([...words.keys()].map(withoutPlural))].sort();
const valuesIn = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name!))].sort();

function sources(): { file: string; code: string }[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('api/'))
    .map((file) => ({ file, code: readFileSync(join(SOURCES, file), 'utf8') }));
}

describe('the words of the web app', () => {
  test('are there in both languages, with the same values', () => {
    expect(readdirSync(join(WORDS, 'en')).sort()).toEqual(namespaces);
    for (const file of namespaces) {
      const [vi, en] = [read('vi', file), read('en', file)];
      expect([file, keysOf(en)]).toEqual([file, keysOf(vi)]);
      for (const [key, text] of vi) {
        const english = en.get(key) ?? en.get(`${withoutPlural(key)}_other`) ?? en.get(withoutPlural(key));
        expect([file, key, valuesIn(english ?? '')]).toEqual([file, key, valuesIn(text)]);
      }
    }
  });

  test('are never empty, and never a code', () => {
    for (const language of ['vi', 'en'])
      for (const file of namespaces)
        for (const [key, text] of read(language, file))
          if (!text.trim() || /^[a-z]+(_[a-z]+)+$/.test(text))
            throw new Error(`${language}/${file} ${key}: "${text}"`);
  });

  test('exist wherever the code asks for them by name', () => {
    const known = new Map(
      namespaces.map((file) => [file.replace('.json', ''), new Set(keysOf(read('vi', file)))]),
    );
    const missing: string[] = [];
    for (const { file, code } of sources()) {
      const used = [...code.matchAll(/useTranslation\(\s*\[?\s*'([\w-]+)'/g)].map(([, name]) => name!);
      const near = [...new Set([...used, 'common'])];
      for (const [, key, rest] of code.matchAll(/\bt\(\s*'([\w.:-]+)'([^)]{0,80})/g)) {
        const [place, inner] = key!.includes(':') ? key!.split(':') : [undefined, key];
        const named = place ?? /ns:\s*'([\w-]+)'/.exec(rest!)?.[1];
        const places = named ? [named] : near;
        if (!places.some((place) => known.get(place)?.has(withoutPlural(inner!))))
          missing.push(`${file}: ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });

  test('stand in their files, not in the code', () => {
    const NAMES = /Đồng Hành|Tiếng Việt|'tỷ'|'triệu'|\[đĐ\]/g;
    const accents = /[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữự]/i;
    const found = sources()
      .map(({ file, code }) => ({
        file,
        line: code
          .replace(/\/\*[\s\S]*?\*\//g, '')
          .replace(/\/\/.*$/gm, '')
          .replace(NAMES, '')
          .split('\n')
          .find((line) => accents.test(line)),
      }))
      .filter(({ line }) => line !== undefined);
    expect(found).toEqual([]);
  });
});
