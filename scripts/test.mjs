import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

/**
 * The whole suite on the embedded PostgreSQL; queue and flow tests cover Redis too where there is one.
 * `--only flows` runs the stories alone; further words go to jest.
 */
const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });

const onPath = spawnSync('redis-server', ['--version'], { encoding: 'utf8' }).status === 0;
const redis = process.env.REDIS_URL ? 'Redis (REDIS_URL)' : onPath ? 'Redis (redis-server)' : null;
process.stdout.write(
  `Queue backends covered: PostgreSQL${redis ? ` and ${redis}` : ' only; Redis was not found (set REDIS_URL or install redis-server)'}\n`,
);

const patterns = values.only === 'flows' ? ['test/flows'] : [];
const jest = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    ...patterns,
    ...positionals,
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'test' },
  },
);
process.exit(jest.status ?? 1);
