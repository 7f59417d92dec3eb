import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';

/** Outside production the key is made once and kept in the data folder, readable by its owner alone. */
export function ensureSecretKey(config: Config): void {
  if (config.secretKey) return;
  mkdirSync(config.dataDir, { recursive: true });
  const file = join(config.dataDir, 'secret-key');
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  config.secretKey = readFileSync(file, 'utf8').trim();
}
