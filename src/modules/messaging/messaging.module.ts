import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { DailyPromotionLimit } from './daily-promotion-limit.js';
import { DeliveryNews } from './delivery-news.js';
import { DeliveryRecords } from './delivery-records.js';
import { DeliverySettings } from './delivery-settings.js';
import { DraftContextQueries } from './draft-context.queries.js';
import { DraftWriter } from './draft-writer.js';
import { InFlight } from './in-flight.js';
import { LateBounces } from './late-bounces.service.js';
import { LetterRenderer } from './letters/letter-renderer.js';
import { MailFrequencyLimit } from './preferences/mail-frequency.js';
import { MailPreferencesController } from './preferences/mail-preferences.controller.js';
import { MailPreferences } from './preferences/mail-preferences.service.js';
import { MessageAnswers } from './message-answers.service.js';
import { MessageDecisions } from './message-decisions.service.js';
import { MessageSender } from './message-sender.js';
import { MessagesController } from './messages.controller.js';
import { MessagesQueries } from './messages.queries.js';
import { MessagesService } from './messages.service.js';
import { MessagingErasureListener } from './messaging-erasure.listener.js';
import { MessagingListeners } from './messaging.listeners.js';
import { MessagingSeed } from './messaging.seed.js';
import { PassingMails } from './passing-mails.service.js';
import { SendingLimits } from './sending-limits.js';
import { TemplatePreview } from './templates/template-preview.js';
import { TemplatesController } from './templates/templates.controller.js';
import { TemplatesQueries } from './templates/templates.queries.js';
import { TestMails } from './templates/test-mails.js';
import { TemplatesService } from './templates/templates.service.js';

@Module({
  imports: [DirectoryModule, LeadsModule],
  controllers: [TemplatesController, MessagesController, MailPreferencesController],
  providers: [
    MessagesService,
    MessagesQueries,
    MessageAnswers,
    MessageDecisions,
    MessagingListeners,
    MessagingErasureListener,
    PassingMails,
    DraftContextQueries,
    DraftWriter,
    LetterRenderer,
    TemplatesService,
    TemplatesQueries,
    TemplatePreview,
    TestMails,
    MessagingSeed,
    DeliveryRecords,
    DeliveryNews,
    LateBounces,
    DeliverySettings,
    DailyPromotionLimit,
    MailFrequencyLimit,
    MailPreferences,
    MessageSender,
    SendingLimits,
    InFlight,
  ],
  exports: [
    PassingMails,
    LateBounces,
    MessagesService,
    MessagesQueries,
    MessageAnswers,
    MailPreferences,
    TemplatesQueries,
    MessagingSeed,
    // for the job handlers, which the worker module lists
    DeliveryRecords,
    DeliverySettings,
    DailyPromotionLimit,
    MailFrequencyLimit,
    MessageSender,
    InFlight,
  ],
})
export class MessagingModule {}
