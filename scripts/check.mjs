import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Everything that must hold before a change is committed, quickest first. */
const STEPS = [
  ['formatting', 'npx', ['prettier', '--check', 'src', 'test', 'scripts']],
  ['lint', 'npx', ['oxlint', 'src', 'test', 'scripts']],
  ['import order', 'npx', ['depcruise', 'src', '--config', '.dependency-cruiser.cjs']],
  ['types', 'npx', ['tsc', '--noEmit', '-p', 'tsconfig.json']],
  ['compose files', process.execPath, ['scripts/check-compose.mjs']],
  ['contract (openapi.json)', 'npm', ['run', '--silent', 'api']],
  ['entities against migrations', process.execPath, ['dist/migrate.js', '--check']],
];

const before = readFileSync('openapi.json', 'utf8');
let failed = 0;
for (const [name, command, args] of STEPS) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}\n`);
  if (status !== 0) failed += 1;
}
if (readFileSync('openapi.json', 'utf8') !== before) {
  process.stdout.write(
    'FAIL openapi.json differed from the code; it has been written anew: read and commit it\n',
  );
  failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
