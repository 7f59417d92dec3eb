import { parseArgs } from 'node:util';
import { fail, prepareDatabase } from './bootstrap.js';
import { Config } from './platform/config/config.js';
import { drift, migrate } from './platform/database/migrate.js';
import { schema } from './schema.js';

/** `npm run migrate`; with `--check` it says whether the entities and the migrated database agree. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const config = new Config(process.env);
  const stop = await prepareDatabase(config, { ephemeral: values.check && !config.databaseUrl });
  try {
    if (!values.check) {
      process.stdout.write(`${await migrate(config, schema)} migrations run\n`);
      return 0;
    }
    const differences = await drift(config, schema);
    process.stdout.write(
      differences.length === 0 ? 'entities and migrations agree\n' : `${differences.join(';\n')}\n`,
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await stop();
  }
}

process.exitCode = await main().catch(fail);
