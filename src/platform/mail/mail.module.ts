import { Global, Module } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Config } from '../config/config.js';
import { LocalMailbox } from './local-mailbox.js';
import { MailboxController } from './mailbox.controller.js';
import { Mailer } from './mailer.js';
import { SmtpMailer } from './smtp-mailer.js';

@Global()
@Module({
  controllers: [MailboxController],
  providers: [
    {
      provide: Mailer,
      inject: [Config, Clock],
      useFactory: (config: Config, clock: Clock): Mailer =>
        config.smtpUrl ? new SmtpMailer(config.smtpUrl, clock) : new LocalMailbox(config.dataDir, clock),
    },
  ],
  exports: [Mailer],
})
export class MailModule {}
