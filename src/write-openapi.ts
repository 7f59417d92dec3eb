import { writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { AppModule } from './app.module.js';
import { describe } from './openapi.js';
import { Config } from './platform/config/config.js';
import { createServer } from './server.js';

/** Writes `openapi.json` from the code alone: no database, no queue. */
const config = new Config({ SECRET_KEY: 'x'.repeat(32), DATABASE_URL: 'postgres://localhost/none' }, ['web']);
const app = await createServer(AppModule.forRoot(config), config, { preview: true, logger: false });
await writeFile(
  'openapi.json',
  await format(JSON.stringify(describe(app)), { parser: 'json', printWidth: 110 }),
);
