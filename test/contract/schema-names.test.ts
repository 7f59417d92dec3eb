import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

interface Compiling {
  compilerOptions: { plugins: { name: string; options: { dtoFileNameSuffix: string[] } }[] };
}

const ROOT = new URL('../../', import.meta.url);
const CLASS = /^(?:export )?(?:abstract )?class (\w+)/gm;

/** The files whose classes the compiler describes in the API reference. */
function described(): string[] {
  const nest = JSON.parse(readFileSync(new URL('nest-cli.json', ROOT), 'utf8')) as Compiling;
  const { options } = nest.compilerOptions.plugins.find(({ name }) => name === '@nestjs/swagger')!;
  return readdirSync(new URL('src/', ROOT), { recursive: true, encoding: 'utf8' })
    .filter((path) => options.dtoFileNameSuffix.some((suffix) => `/${path}`.endsWith(suffix)))
    .sort();
}

it('the API reference knows a class by its name alone: no two have the same', () => {
  const files = new Map<string, string[]>();
  for (const path of described())
    for (const [, name] of readFileSync(new URL(`src/${path}`, ROOT), 'utf8').matchAll(CLASS))
      files.set(name!, [...(files.get(name!) ?? []), path]);
  expect(files.size).toBeGreaterThan(200);
  expect([...files].filter(([, paths]) => paths.length > 1)).toEqual([]);
});
