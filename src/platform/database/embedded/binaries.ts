import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { ServerPlace } from './home.js';
import { run } from './processes.js';

/** The programs of one PostgreSQL version, ready for the server's user. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** As in the cluster's PG_VERSION: '18'. */
  major: string;
}

interface NativePackage {
  /** The folder that holds `native/`. */
  dir: string;
  version: string;
}

/**
 * Uses the binaries where npm put them. Copies them beside the cluster when that cannot work: the install
 * ran without scripts on a read-only folder, or the server's user may not read there (as under /root).
 */
export async function prepareBinaries(place: ServerPlace): Promise<Binaries> {
  const source = await findPackage();
  const inPlace = join(source.dir, 'native');
  const repaired = await repair(source.dir).then(
    () => true,
    () => false,
  );
  if (repaired && (await complaint(inPlace, place)) === null) return describe(inPlace, source);
  const copy = join(place.dir, `bin-${source.version}`);
  if ((await complaint(join(copy, 'native'), place)) !== null) await copyPackage(source, copy);
  const problem = await complaint(join(copy, 'native'), place);
  if (problem !== null) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL cannot be run on this machine (${problem}): set DATABASE_URL to a PostgreSQL server.`,
    );
  }
  return describe(join(copy, 'native'), source);
}

async function findPackage(): Promise<NativePackage> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const dir = dirname(dirname(entry));
    const manifest = JSON.parse(await readFile(join(dir, 'package.json'), 'utf8')) as { version: string };
    return { dir, version: manifest.version };
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for this machine (the npm package ${name} is not installed): set DATABASE_URL to a PostgreSQL server, or install again with optional dependencies.`,
    );
  }
}

/** npm packages hold no links, and their install script that makes them may not have run. */
async function repair(packageDir: string): Promise<void> {
  const listed = await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(listed) as { source: string; target: string }[]) {
    const path = join(packageDir, target);
    if (await stat(path).catch(() => null)) continue;
    await rm(path, { force: true });
    await symlink(relative(dirname(target), source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  const bin = join(packageDir, 'native', 'bin');
  for (const name of await readdir(bin)) {
    if (((await stat(join(bin, name))).mode & 0o111) !== 0o111) await chmod(join(bin, name), 0o755);
  }
}

/** What goes wrong when the server's user runs both programs, in one line; null when nothing does. */
async function complaint(nativeDir: string, place: ServerPlace): Promise<string | null> {
  for (const name of ['initdb', 'postgres']) {
    const { code, output } = await run(join(nativeDir, 'bin', name), ['--version'], place.user);
    if (code !== 0) return output.split('\n', 1)[0] || `${name} ended with ${code}`;
  }
  // The programs may run where their data files cannot be read: initdb would fail half-way.
  const sample = join(nativeDir, 'share', 'postgresql', 'postgres.bki');
  const { code } = await run('/bin/sh', ['-c', 'test -r "$1"', 'sh', sample], place.user);
  return code === 0 ? null : `${sample} cannot be read`;
}

async function copyPackage(source: NativePackage, target: string): Promise<void> {
  const draft = await mkdtemp(`${target}.new-`);
  await cp(join(source.dir, 'native'), join(draft, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    // Libraries for linking other programs: a third of the size, of no use here.
    filter: (path) => !path.endsWith('.a') && basename(path) !== 'pkgconfig',
  });
  await repair(draft);
  await run('chmod', ['-R', 'u=rwX,go=rX', draft]);
  await rm(target, { recursive: true, force: true });
  await rename(draft, target);
}

function describe(nativeDir: string, source: NativePackage): Binaries {
  return {
    initdb: join(nativeDir, 'bin', 'initdb'),
    postgres: join(nativeDir, 'bin', 'postgres'),
    major: source.version.split('.', 1)[0] ?? '',
  };
}
