import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `npm start` builds what is not built: the stamp in `dist/` says which sources the build was made from. */
const STAMP = 'dist/.built-from';
const INPUTS = ['src', 'web', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];

function* filesBelow(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) yield path;
  else for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

const hash = createHash('sha256');
for (const input of INPUTS)
  for (const file of filesBelow(input)) hash.update(file).update(readFileSync(file));
const state = hash.digest('hex');

if (existsSync('dist/main.js') && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === state) process.exit(0);
// a container's image has no sources: what is built is what there is
if (!existsSync('src') && existsSync('dist/main.js')) process.exit(0);
process.stdout.write('Building …\n');
// the server first: its build empties `dist`
for (const command of [
  ['node_modules/@nestjs/cli/bin/nest.js', 'build'],
  ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'],
]) {
  const built = spawnSync(process.execPath, command, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
writeFileSync(STAMP, state);
