import { AppModule } from '../../../src/app.module.js';
import { MovableClock } from '../../../src/platform/clock/clock.js';
import { Config } from '../../../src/platform/config/config.js';
import { createServer } from '../../../src/server.js';

/** The product's web role in a process of its own, as it is deployed; only its clock stands. */
const config = new Config({ ...process.env, PORT: '0' }, ['web']);
const clock = new MovableClock(config);
clock.set(new Date(process.env.BENCH_NOW!));
const app = await createServer(AppModule.forRoot(config, clock), config, { logger: false });
await app.listen(0, '127.0.0.1');
process.stdout.write(`${JSON.stringify({ address: (await app.getUrl()).replace('[::1]', '127.0.0.1') })}\n`);
process.on('SIGTERM', () => process.exit(0));
