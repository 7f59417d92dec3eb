import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import type { SystemUser } from './processes.js';
import { canEnter, chooseServerUser } from './server-user.js';
import type { StartupLog } from './startup-log.js';

/** Others may pass through but not list: the server's user needs no more. */
const PASSABLE = 0o711;
/** Where root's data goes when DATA_DIR lies where the server's user cannot go, as under /root. */
const SYSTEM_FOLDER = '/var/lib/dong-hanh-postgres-';

/** `DATA_DIR/postgres`: what belongs to our programs. */
export interface Home {
  dataDir: string;
  dir: string;
  lockFile: string;
  usersDir: string;
  passwordFile: string;
  /** The port of the last start, taken again when it is free, so that pools find a restarted server. */
  portFile: string;
  logFile: string;
}

/** What belongs to the server: its cluster, and a copy of its binaries where it could not read ours. */
export interface ServerPlace {
  dir: string;
  clusterDir: string;
  user: SystemUser | undefined;
}

export async function openHome(folder: string, ephemeral: boolean): Promise<Home> {
  const { dataDir, dir } = await makeFolders(folder, ephemeral).catch((error: NodeJS.ErrnoException) => {
    throw new EmbeddedPostgresError(
      `The data folder ${resolve(folder)} cannot be written (${error.code}): set DATA_DIR to a folder that this user may write, or start the program as the user who owns it.`,
    );
  });
  return {
    dataDir,
    dir,
    lockFile: join(dir, 'lock'),
    usersDir: join(dir, 'users'),
    passwordFile: join(dir, 'password'),
    portFile: join(dir, 'port'),
    logFile: join(dir, 'server.log'),
  };
}

async function makeFolders(folder: string, ephemeral: boolean): Promise<{ dataDir: string; dir: string }> {
  const created = await mkdir(folder, { recursive: true });
  // A temporary folder is made 0700, and one that we just made follows the umask; both are ours to open.
  if (created !== undefined || ephemeral) await chmod(folder, PASSABLE);
  const dataDir = await realpath(folder);
  const dir = join(dataDir, 'postgres');
  if (await mkdir(dir, { recursive: true })) await chmod(dir, PASSABLE);
  await access(dir, constants.W_OK | constants.X_OK);
  return { dataDir, dir };
}

/** Where this home's server lives, or null when none was ever made. */
export async function findPlace(home: Home): Promise<ServerPlace | null> {
  const entry = join(home.dir, 'server');
  if (!(await lstat(entry).catch(() => null))) return null;
  const dir = await realpath(entry).catch(() => {
    throw new EmbeddedPostgresError(
      `${entry} points to a folder that is gone: restore it, or remove ${home.dir} to begin with an empty database.`,
    );
  });
  const clusterDir = join(dir, 'cluster');
  return { dir, clusterDir, user: await chooseServerUser(clusterDir) };
}

export async function openPlace(home: Home, log: StartupLog, ephemeral: boolean): Promise<ServerPlace> {
  const place = (await findPlace(home)) ?? (await makePlace(home, log, ephemeral));
  if (!(await canEnter(place.dir, place.user))) throw unreachable(home, place.user);
  return place;
}

async function makePlace(home: Home, log: StartupLog, ephemeral: boolean): Promise<ServerPlace> {
  const entry = join(home.dir, 'server');
  const user = await chooseServerUser(join(entry, 'cluster'));
  let dir = entry;
  if (await canEnter(home.dir, user)) {
    await mkdir(entry);
  } else {
    if (ephemeral) throw unreachable(home, user);
    dir = await mkdtemp(SYSTEM_FOLDER).catch(() => {
      throw unreachable(home, user);
    });
    await symlink(dir, entry);
    log.warn(
      `PostgreSQL does not run as root, and its user cannot enter ${home.dataDir}: the database files are kept in ${dir}. Set DATA_DIR to a folder that every user may enter to have them there.`,
    );
  }
  await chmod(dir, PASSABLE);
  return { dir, clusterDir: join(dir, 'cluster'), user };
}

/** Made once, before the cluster, and readable by the programs' user alone. */
export async function readPassword(home: Home, clusterExists: boolean): Promise<string> {
  const known = await readFile(home.passwordFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new EmbeddedPostgresError(
      `The database password in ${home.passwordFile} cannot be read (${error.code}): start the program as the user who owns it.`,
    );
  });
  if (known) return known.trim();
  if (clusterExists) {
    throw new EmbeddedPostgresError(
      `The database in ${home.dir} is there but its password file ${home.passwordFile} is gone: restore that file, or move ${home.dir} away to begin with an empty database.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(home.passwordFile, password, { mode: 0o600 });
  return password;
}

function unreachable(home: Home, user: SystemUser | undefined): EmbeddedPostgresError {
  const who = user
    ? `PostgreSQL does not run as root, and the user it runs as (uid ${user.uid})`
    : 'This user';
  return new EmbeddedPostgresError(
    `${who} cannot enter the data folder ${home.dataDir}: set DATA_DIR to a folder whose parent folders everyone may enter (for instance /srv/dong-hanh), or start the program as a normal user.`,
  );
}
