import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, processIdentity } from './processes.js';

/**
 * The programs that use one server: a file each, with the identity of its process. Web and worker may run
 * apart on the same data folder, and the last one to leave stops the server. Call under the home's lock.
 */
export async function enter(usersDir: string): Promise<string> {
  await mkdir(usersDir, { recursive: true });
  const ticket = join(usersDir, `${process.pid}-${randomUUID()}`);
  await writeFile(ticket, processIdentity(process.pid) ?? '', { mode: 0o644 });
  return ticket;
}

export async function leave(ticket: string): Promise<void> {
  await rm(ticket, { force: true });
}

/** Also forgets the programs that died without leaving. */
export async function anyoneInside(usersDir: string): Promise<boolean> {
  let inside = false;
  for (const name of await readdir(usersDir).catch(() => [])) {
    const ticket = join(usersDir, name);
    if (isAlive(await readFile(ticket, 'utf8').catch(() => ''))) inside = true;
    else await rm(ticket, { force: true });
  }
  return inside;
}
