import { stat } from 'node:fs/promises';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { run, type SystemUser } from './processes.js';

export function weAreRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Whom the server runs as. PostgreSQL refuses to run as root, so root hands it to the owner of the
 * existing cluster, or to `nobody` for a new one. Anyone else runs it as himself.
 */
export async function chooseServerUser(clusterDir: string): Promise<SystemUser | undefined> {
  const owner = await stat(clusterDir).catch(() => null);
  if (!weAreRoot()) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new EmbeddedPostgresError(
        `The database in ${clusterDir} belongs to another user (uid ${owner.uid}): start the program as that user or as root, or choose another DATA_DIR.`,
      );
    }
    return undefined;
  }
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : nobody();
}

/** Asked by trying, as the user: modes alone do not tell about access lists, mounts and links. */
export async function canEnter(folder: string, user: SystemUser | undefined): Promise<boolean> {
  const { code } = await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], user);
  return code === 0;
}

async function nobody(): Promise<SystemUser> {
  const [uid, gid] = await Promise.all([run('id', ['-u', 'nobody']), run('id', ['-g', 'nobody'])]);
  if (uid.code !== 0 || gid.code !== 0) {
    throw new EmbeddedPostgresError(
      'PostgreSQL does not run as root and this machine has no user "nobody": start the program as a normal user, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
  return { uid: Number(uid.output), gid: Number(gid.output) };
}
