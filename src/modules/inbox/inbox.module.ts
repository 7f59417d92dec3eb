import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Config } from '../../platform/config/config.js';
import { Health } from '../../platform/health/health.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { FollowUpModule } from '../follow-up/follow-up.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { imapSettings, mailboxKey } from './imap-mailbox.js';
import { InboundAttachments } from './inbound-attachments.js';
import { InboundDecisions } from './inbound-decisions.service.js';
import { InboundMailsController } from './inbound-mails.controller.js';
import { InboundMailsQueries } from './inbound-mails.queries.js';
import { InboundWebhookController, RAW_MAIL } from './inbound-webhook.controller.js';
import { InboxErasureListener } from './inbox-erasure.listener.js';
import { InboxNotices } from './inbox-notices.js';
import { InboxService } from './inbox.service.js';
import { InboxTelling, MailEffects } from './mail-effects.js';
import { MailboxState } from './mailbox-state.js';
import { MailMatches } from './mail-match.queries.js';

/** What comes in by mail: replies, bounces and out-of-office notes, matched to the lead they belong to. */
@Module({
  imports: [IdentityModule, DirectoryModule, LeadsModule, MessagingModule, FollowUpModule],
  controllers: [InboundMailsController, InboundWebhookController],
  providers: [
    InboxService,
    InboundAttachments,
    InboundDecisions,
    InboundMailsQueries,
    MailMatches,
    MailEffects,
    InboxTelling,
    InboxNotices,
    InboxErasureListener,
    MailboxState,
  ],
  // for the job handler, which the worker module lists
  exports: [InboxService, MailboxState],
})
export class InboxModule implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly health: Health,
    private readonly state: MailboxState,
    private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    this.acceptRawMail();
    if (this.config.imapUrl) this.watchMailbox(this.config.imapUrl);
  }

  /** Left unread: the one route that takes it reads it, once it knows that it may. */
  private acceptRawMail(): void {
    const fastify = this.http.httpAdapter?.getInstance() as FastifyInstance | undefined;
    if (!fastify?.addContentTypeParser || fastify.hasContentTypeParser(RAW_MAIL)) return;
    fastify.addContentTypeParser(RAW_MAIL, (_request, _payload, done) => done(null, null));
  }

  /** When the mailbox was read last, and why not since. */
  private watchMailbox(url: string): void {
    const key = mailboxKey(imapSettings(url));
    this.health.add('inbox', async () => {
      const known = await this.state.find(key);
      const failing = known?.errorCode ?? null;
      return {
        ok: failing === null,
        lastReadAt: known?.lastReadAt?.toISOString() ?? null,
        ...(failing && { reason: failing, since: known?.errorSince?.toISOString() ?? null }),
      };
    });
  }
}
