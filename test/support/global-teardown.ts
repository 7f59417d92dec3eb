import { rm } from 'node:fs/promises';
import type { TestPostgres } from './global-setup.js';

export default async function stopTestPostgres(): Promise<void> {
  const server = (globalThis as { testPostgres?: TestPostgres }).testPostgres;
  if (!server) return;
  // A client that a failed test left open (`jest -i` runs them in this process) would end the run with its own error.
  process.on('uncaughtException', () => undefined);
  await server.stop();
  await rm(server.folder, { recursive: true, force: true });
}
