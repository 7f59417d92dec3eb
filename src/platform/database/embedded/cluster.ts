import { chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { ServerPlace } from './home.js';
import { run } from './processes.js';

/** The superuser and the database of the program. */
export const DATABASE_USER = 'dong_hanh';
export const DATABASE_NAME = 'dong_hanh';

/**
 * Sorting and case come from the locale built into PostgreSQL, the same on every machine. LC_CTYPE still
 * decides what pg_trgm takes for a letter, and under plain C "Đồng" has only two: so the first that exists.
 */
const CHARACTER_TYPES = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'C'];

const DRAFT = 'cluster.new-';

export async function clusterExists(place: ServerPlace): Promise<boolean> {
  return (await stat(join(place.clusterDir, 'PG_VERSION')).catch(() => null)) !== null;
}

/** Leaves a whole cluster of the right version that belongs to the server's user. */
export async function prepareCluster(
  place: ServerPlace,
  binaries: Binaries,
  password: string,
  ephemeral: boolean,
): Promise<void> {
  await removeDrafts(place);
  if (!(await clusterExists(place))) return createCluster(place, binaries, password, ephemeral);
  const version = (await readFile(join(place.clusterDir, 'PG_VERSION'), 'utf8')).trim();
  if (version !== binaries.major) {
    throw new EmbeddedPostgresError(
      `The database in ${place.clusterDir} was made by PostgreSQL ${version}, and this program brings ${binaries.major}: move the data over with the earlier version's tools, or set DATABASE_URL to a server that holds it.`,
    );
  }
  const { user } = place;
  // Copied or restored by root: the server could not read its own files.
  if (user && (await stat(place.clusterDir)).uid === 0) {
    await run('chown', ['-R', `${user.uid}:${user.gid}`, place.clusterDir]);
  }
}

/** Under another name until it is whole: whatever interrupts initdb, `cluster` is never half a cluster. */
async function createCluster(
  place: ServerPlace,
  binaries: Binaries,
  password: string,
  ephemeral: boolean,
): Promise<void> {
  const failures: string[] = [];
  for (const characterType of CHARACTER_TYPES) {
    const draft = await mkdtemp(join(place.dir, DRAFT));
    const passwordFile = `${draft}.password`;
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    for (const path of place.user ? [draft, passwordFile] : []) {
      await chown(path, place.user?.uid ?? 0, place.user?.gid ?? 0);
    }
    const { code, output } = await run(
      binaries.initdb,
      initdbArguments({ draft, passwordFile, characterType, ephemeral }),
      place.user,
    );
    await rm(passwordFile, { force: true });
    if (code === 0) {
      await rm(place.clusterDir, { recursive: true, force: true });
      return rename(draft, place.clusterDir);
    }
    failures.push(output.split('\n').slice(-3).join(' '));
    await rm(draft, { recursive: true, force: true });
    if (!/locale/i.test(output)) break;
  }
  throw new EmbeddedPostgresError(
    `The database could not be made in ${place.dir} (${failures.at(-1)}): choose another DATA_DIR, or set DATABASE_URL to a PostgreSQL server.`,
  );
}

function initdbArguments(options: {
  draft: string;
  passwordFile: string;
  characterType: string;
  ephemeral: boolean;
}): string[] {
  return [
    `--pgdata=${options.draft}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${options.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${options.characterType}`,
    '--no-instructions',
    ...(options.ephemeral ? ['--no-sync'] : []),
  ];
}

/** Of starts that were interrupted; ours is the only one now, for we hold the lock. */
async function removeDrafts(place: ServerPlace): Promise<void> {
  for (const name of await readdir(place.dir)) {
    if (name.startsWith(DRAFT) || /^bin-.*\.new-/.test(name)) {
      await rm(join(place.dir, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
