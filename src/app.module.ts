import { Module, type DynamicModule } from '@nestjs/common';
import { CalendarModule } from './platform/calendar/calendar.module.js';
import type { Clock } from './platform/clock/clock.js';
import { ClockModule } from './platform/clock/clock.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Config } from './platform/config/config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { EventsModule } from './platform/events/events.module.js';
import { FilesModule } from './platform/files/files.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { LoggingModule } from './platform/http/logging.js';
import { LiveModule } from './platform/live/live.module.js';
import { MailModule } from './platform/mail/mail.module.js';
import { QueueModule } from './platform/queue/queue.module.js';
import { IdentityModule } from './modules/identity/identity.module.js';
import { LeadsModule } from './modules/leads/leads.module.js';
import { DirectoryModule } from './modules/directory/directory.module.js';
import { MessagingModule } from './modules/messaging/messaging.module.js';
import { FollowUpModule } from './modules/follow-up/follow-up.module.js';
import { InboxModule } from './modules/inbox/inbox.module.js';
import { MeetingsModule } from './modules/meetings/meetings.module.js';
import { PrivacyModule } from './modules/privacy/privacy.module.js';
import { PromotionModule } from './modules/promotion/promotion.module.js';
import { CaseModule } from './modules/portal/case/case.module.js';
import { PortalModule } from './modules/portal/portal.module.js';
import { DeskModule } from './modules/desk/desk.module.js';
import { ReportDeliveryModule } from './modules/report-delivery/report-delivery.module.js';
import { ReportsModule } from './modules/reports/reports.module.js';
import { schema } from './schema.js';

/** The whole product, platform first, then the modules from the lowest to the highest. */
@Module({})
export class AppModule {
  static forRoot(config: Config, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        LoggingModule.forRoot(config),
        ClockModule.forRoot(clock),
        DatabaseModule.forRoot(config, schema),
        EventsModule,
        QueueModule.forRoot(),
        MailModule,
        FilesModule,
        HttpModule,
        HealthModule,
        LiveModule,
        CalendarModule,
        IdentityModule,
        DirectoryModule,
        LeadsModule,
        MessagingModule,
        FollowUpModule,
        MeetingsModule,
        PromotionModule,
        PrivacyModule,
        PortalModule,
        CaseModule,
        InboxModule,
        ReportsModule,
        ReportDeliveryModule,
        DeskModule,
      ],
    };
  }
}
