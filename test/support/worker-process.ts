import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { compiledProgram } from './program.js';

export interface WorkerProcess {
  readonly pid: number;
  /** Whether it still runs. */
  alive(): boolean;
  /** What it wrote, logs and last words. */
  said(): string;
  /** SIGKILL: it gets no chance to say or release anything. */
  kill(): Promise<void>;
  /** SIGTERM; answers its exit code. */
  stop(): Promise<number | null>;
}

/** The real program as `npm start -- --role worker` runs it, in a process of its own. */
export async function startWorkerProcess(env: Record<string, string>): Promise<WorkerProcess> {
  const folder = await compiledProgram();
  const child = spawn(process.execPath, [join(folder, 'main.js'), '--role', 'worker'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      SHUTDOWN_TIMEOUT_SECONDS: '5',
      ...env,
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  return {
    pid: child.pid!,
    alive: () => isAlive(child),
    said: () => said,
    kill: () => end(child, 'SIGKILL').then(() => undefined),
    stop: () => end(child, 'SIGTERM'),
  };
}

function isAlive(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (!isAlive(child)) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
  return child.exitCode;
}
