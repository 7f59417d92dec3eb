import { spawnSync } from 'node:child_process';

/**
 * The whole suite on the embedded PostgreSQL; queue and flow tests cover Redis too where there is one.
 * `--only flows` runs the stories alone; every other word goes to jest.
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

const jest = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...patterns, ...words],
  { stdio: 'inherit', env: { ...process.env, NODE_ENV: 'test' } },
);
process.exit(jest.status ?? 1);
