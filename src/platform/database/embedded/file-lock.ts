import { randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { EmbeddedPostgresError } from './embedded-postgres.error.js';
import { isAlive, pause, processIdentity } from './processes.js';

/** Longer than a first start on a slow disk: unpacking, initdb, the first connection. */
const WAIT_LIMIT_MS = 180_000;
/** The hand-over below takes microseconds; older means that its process died in the middle. */
const TAKEOVER_STALE_MS = 10_000;

/** Runs `work` while no other program holds the lock. A lock left by a dead program is taken over. */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + WAIT_LIMIT_MS;
  while (!(await claim(path))) {
    await releaseIfAbandoned(path);
    if (performance.now() > deadline) {
      throw new EmbeddedPostgresError(
        `Another program has held ${path} for three minutes: stop it, or remove that file if none runs.`,
      );
    }
    await pause(50);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** A hard link appears with its content at once, so nobody ever reads a lock that does not yet say whose it is. */
async function claim(path: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, processIdentity(process.pid) ?? '', { mode: 0o644 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Only the holder of the takeover file removes another's lock: of two that find it abandoned, one may not remove the other's new lock. */
async function releaseIfAbandoned(path: string): Promise<void> {
  if (!(await isAbandoned(path))) return;
  const takeover = `${path}.takeover`;
  if (await claim(takeover)) {
    if (await isAbandoned(path)) await rm(path, { force: true });
    await rm(takeover, { force: true });
    return;
  }
  const found = await stat(takeover).catch(() => null);
  if (found && Date.now() - found.mtimeMs > TAKEOVER_STALE_MS) await rm(takeover, { force: true });
}

async function isAbandoned(path: string): Promise<boolean> {
  const owner = await readFile(path, 'utf8').catch(() => null);
  return owner !== null && !isAlive(owner);
}
