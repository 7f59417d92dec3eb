import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const SOURCES = ['src', 'test', 'scripts', 'web'];

/** Everything that must hold before a change is committed, quickest first. */
const STEPS = [
  ['formatting', 'npx', ['prettier', '--check', ...SOURCES]],
  ['lint', 'npx', ['oxlint', ...SOURCES]],
  ['import order', 'npx', ['depcruise', 'src', '--config', '.dependency-cruiser.cjs']],
  ['import order of the web app', 'npx', ['depcruise', 'web/src', '--config', 'web/.dependency-cruiser.cjs']],
  ['types', 'npx', ['tsc', '--noEmit', '-p', 'tsconfig.json']],
  ['compose files', process.execPath, ['scripts/check-compose.mjs']],
  ['contract', 'npm', ['run', '--silent', 'api']],
  ['types of the web app', 'npx', ['tsc', '-p', 'web']],
  ['entities against migrations', process.execPath, ['dist/migrate.js', '--check']],
];

/** Written by the build, read by others: committed as the code says. */
const WRITTEN = ['openapi.json', 'web/src/api/schema.d.ts'];

const before = WRITTEN.map((file) => readFileSync(file, 'utf8'));
let failed = 0;
for (const [name, command, args] of STEPS) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}\n`);
  if (status !== 0) failed += 1;
}
for (const [place, file] of WRITTEN.entries()) {
  if (readFileSync(file, 'utf8') === before[place]) continue;
  process.stdout.write(`FAIL ${file} differed from the code; it has been written anew: read and commit it\n`);
  failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
