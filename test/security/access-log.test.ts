import type { IncomingMessage } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { AppModule } from '../../src/app.module.js';
import { newId } from '../../src/platform/database/ids.js';
import { createServer } from '../../src/server.js';
import { createDatabase, testConfig } from '../support/databases.js';

test('every path has its line in the log, not the first page alone', async () => {
  const database = await createDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'dong-hanh-test-'));
  const env = { DATABASE_URL: database.url, DATA_DIR: dataDir, QUEUE_PREFIX: `test-${newId()}` };
  const config = testConfig(env, ['web']);
  const app = await createServer(AppModule.forRoot(config), config, { logger: false });
  const logged: Record<string, boolean> = {};
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, _reply, done) => {
      // the logger of one request, which the middleware hangs on it
      logged[request.url] = (request.raw as IncomingMessage & { log?: unknown }).log !== undefined;
      done();
    });
  try {
    await app.init();
    const urls = ['/', '/api/v1/leads', '/r/nothing', '/api/public/v1/clusters', '/no-such-page'];
    for (const url of urls) await app.inject({ method: 'GET', url });
    expect(logged).toEqual(Object.fromEntries(urls.map((url) => [url, true])));
  } finally {
    await app.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
