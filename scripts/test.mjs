import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * The whole suite on the embedded PostgreSQL; queue and flow tests cover Redis too where there is one.
 * the browser tests need Chromium and the built web app. `--only flows` runs the stories alone; every other word goes to jest.
 */
const words = process.argv.slice(2);
const only = words.indexOf('--only');
const patterns =
  only < 0
    ? []
    : words
        .splice(only, 2)
        .slice(1)
        .map((name) => `test/${name}`);

const onPath = spawnSync('redis-server', ['--version'], { encoding: 'utf8' }).status === 0;
const redis = process.env.REDIS_URL ? 'Redis (REDIS_URL)' : onPath ? 'Redis (redis-server)' : null;
process.stdout.write(
  `Queue backends covered: PostgreSQL${redis ? ` and ${redis}` : ' only; Redis was not found (set REDIS_URL or install redis-server)'}\n`,
);

const chromium = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path && existsSync(path),
);
process.stdout.write(
  chromium
    ? 'Pages covered: in Chromium\n'
    : 'Pages not covered: Chromium was not found (install it or set CHROMIUM_PATH)\n',
);
if (!chromium) words.push('--testPathIgnorePatterns', '/node_modules/', '/dist/', '/test/browser/');

const built = spawnSync(
  process.execPath,
  ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'error'],
  { stdio: 'inherit' },
);
if (built.status !== 0) process.exit(built.status ?? 1);

const jest = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...patterns, ...words],
  { stdio: 'inherit', env: { ...process.env, NODE_ENV: 'test' } },
);
process.exit(jest.status ?? 1);
