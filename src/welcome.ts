import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestApplication } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FirstAdministrator } from './modules/identity/first-administrator.js';
import type { Config } from './platform/config/config.js';
import { translate } from './platform/i18n/i18n.js';

/** Starts to listen, and says where to go, how to sign in and where mail is kept, in both languages. */
export async function welcome(app: INestApplicationContext, config: Config): Promise<void> {
  await app.init();
  if (!(app instanceof NestApplication)) return;
  const administrator = await app.get(FirstAdministrator, { strict: false }).ensure();
  await listen(app as unknown as NestFastifyApplication, config);
  const facts = {
    url: config.appUrl,
    docs: `${config.appUrl}/api/docs`,
    email: administrator?.email,
    password: administrator?.oneTimePassword,
    mailbox: `${config.appUrl}/mailbox`,
    folder: join(config.dataDir, 'mailbox'),
  };
  const lines = [
    'ready',
    'desk',
    'docs',
    ...(facts.email ? [facts.password ? 'one_time_password' : 'administrator'] : ['sign_in']),
    ...(config.smtpUrl ? [] : [config.production ? 'mail_kept' : 'mailbox']),
  ];
  for (const language of ['vi', 'en'] as const) {
    process.stdout.write(
      `\n${lines.map((line) => translate(language, `program:${line}`, facts)).join('\n')}\n`,
    );
  }
}

async function listen(app: NestFastifyApplication, config: Config): Promise<void> {
  await app.listen(config.port, config.host);
  const address = app.getHttpServer().address();
  if (config.port === 0 && address && typeof address === 'object') {
    config.appUrl = config.appUrl.replace(/:0$/, `:${address.port}`);
    config.port = address.port;
  }
}
