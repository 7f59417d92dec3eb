import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The account a program runs under; undefined where it is our own. */
export interface SystemUser {
  uid: number;
  gid: number;
}

export interface RunResult {
  code: number;
  output: string;
}

const onLinux = process.platform === 'linux';

/** A known environment: no PG* variable of the operator reaches the server, and its clock and messages are the same everywhere. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs a program to its end. A program that cannot be started at all answers code 126, as a shell does. */
export function run(file: string, args: string[], user?: SystemUser): Promise<RunResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...user,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ code: 126, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 128, output: output.trim() }));
  });
}

/**
 * Names one process for good: its id with its start time, because ids are given again (in a container
 * the program has the same one after every restart). Null when no such process lives; a zombie does not.
 */
export function processIdentity(pid: number): string | null {
  const started = onLinux ? linuxStartTime(pid) : ps(pid, 'lstart=');
  return started === null ? null : `${pid} ${started}`;
}

export function isAlive(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  return pid > 0 && processIdentity(pid) === identity;
}

/** True when this process is the PostgreSQL server of that data folder, and not a stranger under a reused id. */
export function servesFolder(pid: number, clusterDir: string): boolean {
  if (!onLinux) return ps(pid, 'command=')?.includes(`-D ${clusterDir}`) ?? false;
  const commandLine = readOrNull(`/proc/${pid}/cmdline`);
  return commandLine !== null && commandLine.split('\0').includes(clusterDir);
}

/**
 * The PostgreSQL processes of this data folder, in which each of them works: after a server was killed its
 * sessions may outlive it for a moment. Known on Linux only; elsewhere the list is empty.
 */
export function serverProcesses(clusterDir: string): number[] {
  if (!onLinux) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`) === clusterDir &&
          /^(\S*\/)?postgres\b/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
        );
      } catch {
        return false;
      }
    })
    .map(Number);
}

export async function waitUntil(condition: () => boolean, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await pause(25);
  }
  return true;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function linuxStartTime(pid: number): string | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The program's name, in brackets, may itself hold spaces and brackets: read what follows the last one.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' ? null : (rest[18] ?? null);
}

function ps(pid: number, column: string): string | null {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
