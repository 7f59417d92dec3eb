import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { transformFile } from '@swc/core';

const SOURCES = resolve('src');
/** Inside node_modules, where the compiled program finds its packages as an installed one does. */
const CACHE = resolve('node_modules/.cache');
const NAME = 'dong-hanh-program-';
const OLD_MS = 3_600_000;

/** The folder of the whole program, compiled from the sources of now, to be run by Node as processes of its own. */
export async function compiledProgram(): Promise<string> {
  const files = (await readdir(SOURCES, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(SOURCES.length + 1))
    .sort();
  const target = join(CACHE, NAME + (await fingerprint(files)));
  if (await exists(target)) return target;
  await mkdir(CACHE, { recursive: true });
  await removeOld();
  const building = await mkdtemp(join(CACHE, `${NAME}building-`));
  await Promise.all(files.map((file) => compile(file, building)));
  await writeFile(join(building, 'package.json'), '{"type":"module"}');
  // Another test file may have been quicker: then its copy is as good.
  await rename(building, target).catch(() => rm(building, { recursive: true, force: true }));
  return target;
}

async function fingerprint(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const { mtimeMs, size } = await stat(join(SOURCES, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function compile(file: string, into: string): Promise<void> {
  const target = join(into, file.replace(/\.ts$/, '.js'));
  await mkdir(dirname(target), { recursive: true });
  if (!file.endsWith('.ts')) return cp(join(SOURCES, file), target);
  const { code } = await transformFile(join(SOURCES, file), {
    configFile: false,
    swcrc: false,
    module: { type: 'es6' },
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
  });
  await writeFile(target, code);
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const folder = join(CACHE, name);
    const found = name.startsWith(NAME) ? await stat(folder).catch(() => null) : null;
    if (found && Date.now() - found.mtimeMs > OLD_MS) await rm(folder, { recursive: true, force: true });
  }
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
