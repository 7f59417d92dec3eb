import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { chown, mkdtemp, readdir, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres.js';
import {
  ask,
  compileProgram,
  end,
  installWithoutScripts,
  newDataDir,
  note,
  notes,
  removeAtEnd,
  removeFolders,
  silent,
  start,
  startProgram,
} from './launcher-program.js';

/** Only root can play several users. */
const asRoot = process.getuid?.() === 0 && process.platform === 'linux' ? test : test.skip;
const NOBODY = 65534;

beforeAll(compileProgram);
afterAll(removeFolders);

asRoot('a normal user runs the server himself, and root after him leaves it his', async () => {
  const dataDir = await newDataDir();
  await chown(dataDir, NOBODY, NOBODY);
  const user = { uid: NOBODY, gid: NOBODY };
  const { child, url } = await startProgram(dataDir, user);
  await note(url, 'his');
  await end(child, 'SIGTERM');
  expect((await stat(join(dataDir, 'postgres'))).uid).toBe(NOBODY);
  const byRoot = await start(dataDir);
  expect(await notes(byRoot.url)).toEqual(['his']);
  await byRoot.stop();
  const again = await startProgram(dataDir, user);
  await end(again.child, 'SIGTERM');
});

asRoot('a normal user is told when the folder is not his', async () => {
  const dataDir = await newDataDir();
  await expect(startProgram(dataDir, { uid: NOBODY, gid: NOBODY })).rejects.toThrow(
    /cannot be written \(EACCES\): set DATA_DIR/,
  );
});

asRoot('in a private home root runs copies of the files where the server may go, and says so', async () => {
  const home = await mkdtemp(join(tmpdir(), 'dong-hanh-test-private-'));
  removeAtEnd(home);
  const project = await installWithoutScripts(home);
  const dataDir = join(project, '.data');
  const first = await startProgram(dataDir, undefined, project);
  const place = await realpath(join(dataDir, 'postgres/server'));
  removeAtEnd(place, dataDir);
  expect(place).toMatch(/^\/var\/lib\/dong-hanh-postgres-/);
  expect(first.said()).toContain(`the database files are kept in ${place}`);
  expect((await readdir(place)).sort()).toEqual([expect.stringMatching(/^bin-18/), 'cluster']);
  await note(first.url, 'kept');
  await end(first.child, 'SIGTERM');
  const again = await startProgram(dataDir, undefined, project);
  expect(await notes(again.url)).toEqual(['kept']);
  await end(again.child, 'SIGTERM');
  await expect(
    startEmbeddedPostgres({ dataDir: join(home, 'x'), log: silent, ephemeral: true }),
  ).rejects.toThrow(/cannot enter the data folder .*: set DATA_DIR/);
});

asRoot('a normal user runs a copy when the install of another left the binaries unfinished', async () => {
  const dataDir = await newDataDir();
  const project = await installWithoutScripts(dataDir);
  await chown(dataDir, NOBODY, NOBODY);
  const { child, url } = await startProgram(dataDir, { uid: NOBODY, gid: NOBODY }, project);
  expect((await ask<{ ok: boolean }>(url, `SELECT 'a' < 'b' COLLATE "vi-x-icu" AS ok`))[0]?.ok).toBe(true);
  await end(child, 'SIGTERM');
});
