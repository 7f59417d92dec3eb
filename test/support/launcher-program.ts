import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { transformFile } from '@swc/core';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
  stopAbandonedPostgres,
} from '../../src/platform/database/embedded/embedded-postgres.js';

const SOURCES = resolve('src/platform/database/embedded');
export const silent = { info: () => undefined, warn: () => undefined };

let compiled: string;
const folders: string[] = [];

/** Its server is stopped and it is removed at the end, whatever a test did; the last one first. */
export function removeAtEnd(...paths: string[]): void {
  folders.push(...paths);
}

/** Compiles the launcher and a small program around it, to be run by Node as processes of their own. */
export async function compileProgram(): Promise<void> {
  // Inside node_modules, where the compiled program finds `pg` and the binaries as an installed one does.
  await mkdir('node_modules/.cache', { recursive: true });
  compiled = await mkdtemp(resolve('node_modules/.cache/embedded-postgres-'));
  await chmod(compiled, 0o755);
  for (const name of (await readdir(SOURCES)).filter((file) => file.endsWith('.ts'))) {
    const { code } = await transformFile(join(SOURCES, name), {
      module: { type: 'es6' },
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    });
    await writeFile(join(compiled, name.replace(/\.ts$/, '.js')), code);
  }
  await writeFile(join(compiled, 'package.json'), '{"type":"module"}');
  await writeFile(
    join(compiled, 'program.js'),
    `import { startEmbeddedPostgres } from './embedded-postgres.js';
     const log = { info() {}, warn: console.error };
     const server = await startEmbeddedPostgres({ dataDir: process.argv[2], log });
     process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
     setInterval(() => undefined, 1000);
     console.log(server.url);`,
  );
}

export async function removeFolders(): Promise<void> {
  for (const folder of folders.toReversed()) {
    await stopAbandonedPostgres(folder).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  }
  await rm(compiled, { recursive: true, force: true });
}

/** A data folder as a deployment has it: everyone may pass through. */
export async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dong-hanh-test-launcher-'));
  await chmod(folder, 0o755);
  folders.push(folder);
  return folder;
}

export function start(dataDir: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir, log: silent });
}

export async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

export async function note(url: string, text: string): Promise<void> {
  await ask(url, `CREATE TABLE IF NOT EXISTS note (body text); INSERT INTO note VALUES ('${text}')`);
}

export async function notes(url: string): Promise<string[]> {
  return (await ask<{ body: string }>(url, 'SELECT body FROM note ORDER BY body')).map((row) => row.body);
}

export async function serverPid(dataDir: string): Promise<number> {
  return Number.parseInt(
    await readFile(join(dataDir, 'postgres/server/cluster/postmaster.pid'), 'utf8').catch(() => '0'),
    10,
  );
}

/** A real program of its own that starts the server, says its address, and leaves on SIGTERM. */
export async function startProgram(dataDir: string, user?: { uid: number; gid: number }, project = compiled) {
  const child = spawn(process.execPath, [join(project, 'program.js'), dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    ...user,
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [url] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'close').then(() => Promise.reject(new Error(errors))),
  ])) as [string];
  return { child, url, said: () => errors };
}

/** The program installed in a folder of its own by `npm ci --ignore-scripts`: no links, no right to execute. */
export async function installWithoutScripts(parent: string): Promise<string> {
  const project = join(parent, 'project');
  await cp(compiled, project, { recursive: true });
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const target = join(project, 'node_modules', name);
  await cp(resolve('node_modules', name), target, {
    recursive: true,
    filter: async (path) => !(await lstat(path)).isSymbolicLink(),
  });
  for (const program of ['initdb', 'postgres']) await chmod(join(target, 'native/bin', program), 0o644);
  await symlink(resolve('node_modules/pg'), join(project, 'node_modules/pg'));
  return project;
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}
