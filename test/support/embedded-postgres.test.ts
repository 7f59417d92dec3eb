import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ask,
  compileProgram,
  end,
  newDataDir,
  note,
  notes,
  removeFolders,
  serverPid,
  start,
  startProgram,
} from './launcher-program.js';

const weAreRoot = process.getuid?.() === 0;
const NOBODY = 65534;

beforeAll(compileProgram);
afterAll(removeFolders);

describe('one data folder', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await newDataDir();
  });

  test('a first start makes a guarded server, and a second one finds the data and the port again', async () => {
    const first = await start(dataDir);
    await note(first.url, 'Đồng Đăng');
    const [facts] = await ask(
      first.url,
      `SELECT current_setting('listen_addresses') AS listen, current_setting('fsync') AS fsync,
              lower('ĐỒNG') AS lower, getdatabaseencoding() AS encoding, current_database() AS name`,
    );
    expect(facts).toEqual({
      listen: '127.0.0.1',
      fsync: 'on',
      lower: 'đồng',
      encoding: 'UTF8',
      name: 'dong_hanh',
    });
    expect((await stat(join(dataDir, 'postgres/password'))).mode & 0o777).toBe(0o600);
    const stranger = first.url.replace(/:[^:@]+@/, ':wrong@');
    await expect(ask(stranger, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    const pid = await serverPid(dataDir);
    if (weAreRoot) expect((await stat(`/proc/${pid}`)).uid).toBe(NOBODY);
    await first.stop();
    await first.stop();
    await expect(ask(first.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    const second = await start(dataDir);
    expect(second.url).toBe(first.url);
    expect(await notes(second.url)).toEqual(['Đồng Đăng']);
    await second.stop();
  });

  test('the server outlives a killed program and is taken over by the next', async () => {
    const { child, url } = await startProgram(dataDir);
    await note(url, 'before the kill');
    const pid = await serverPid(dataDir);
    await end(child, 'SIGKILL');
    const next = await start(dataDir);
    expect(await serverPid(dataDir)).toBe(pid);
    expect(await notes(next.url)).toContain('before the kill');
    await next.stop();
    expect(await serverPid(dataDir)).toBe(0);
  });

  test('a killed program and a killed server are recovered from, also when a stranger has the old process id', async () => {
    const { child, url } = await startProgram(dataDir);
    await note(url, 'before the crash');
    const pid = await serverPid(dataDir);
    await end(child, 'SIGKILL');
    process.kill(pid, 'SIGKILL');
    const pidFile = join(dataDir, 'postgres/server/cluster/postmaster.pid');
    const stranger = spawn('sleep', ['60'], weAreRoot ? { uid: NOBODY, gid: NOBODY } : {});
    await writeFile(pidFile, (await readFile(pidFile, 'utf8')).replace(String(pid), String(stranger.pid)));
    const next = await start(dataDir);
    expect(await notes(next.url)).toContain('before the crash');
    expect(stranger.exitCode).toBeNull();
    stranger.kill();
    await next.stop();
  });

  test('a server that hangs is replaced', async () => {
    const { child, url } = await startProgram(dataDir);
    await note(url, 'before the hang');
    const pid = await serverPid(dataDir);
    await end(child, 'SIGKILL');
    process.kill(pid, 'SIGSTOP');
    const next = await start(dataDir);
    expect(await serverPid(dataDir)).not.toBe(pid);
    expect(await notes(next.url)).toContain('before the hang');
    await next.stop();
  });

  test('the last of two programs to leave stops the server', async () => {
    const web = await startProgram(dataDir);
    const worker = await startProgram(dataDir);
    expect(worker.url).toBe(web.url);
    await end(web.child, 'SIGTERM');
    expect(await ask(worker.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await end(worker.child, 'SIGTERM');
    expect(await serverPid(dataDir)).toBe(0);
  });

  test('data that came back without its password is not touched', async () => {
    await rm(join(dataDir, 'postgres/password'));
    await expect(start(dataDir)).rejects.toThrow(/password file .* is gone/);
  });
});

test('two programs started at once on an empty folder share one server, over a half-made cluster and a dead lock', async () => {
  const dataDir = await newDataDir();
  await mkdir(join(dataDir, 'postgres/server/cluster.new-x'), { recursive: true });
  await writeFile(join(dataDir, 'postgres/server/cluster.new-x/PG_VERSION'), '18\n');
  await writeFile(join(dataDir, 'postgres/lock'), '999999999 1');
  const [one, two, three] = await Promise.all([startProgram(dataDir), startProgram(dataDir), start(dataDir)]);
  expect(new Set([one.url, two.url, three.url]).size).toBe(1);
  expect(await readdir(join(dataDir, 'postgres/server'))).toEqual(['cluster']);
  expect((await readdir(join(dataDir, 'postgres/users'))).length).toBe(3);
  await Promise.all([end(one.child, 'SIGKILL'), end(two.child, 'SIGTERM')]);
  await three.stop();
  expect(await serverPid(dataDir)).toBe(0);
});
