import { Module, type DynamicModule } from '@nestjs/common';
import { RemoveExpired } from './modules/identity/remove-expired.job.js';
import { SendPasswordLink } from './modules/identity/send-password-link.job.js';
import { FoldLeadCellsJob } from './modules/leads/roll-up/fold-lead-cells.job.js';
import { LeadsModule } from './modules/leads/leads.module.js';
import { DispatchDueRemindersJob } from './modules/follow-up/dispatch-due-reminders.job.js';
import { FollowUpModule } from './modules/follow-up/follow-up.module.js';
import { MeetingsModule } from './modules/meetings/meetings.module.js';
import { TendMeetingsJob } from './modules/meetings/tend-meetings.job.js';
import { InboxModule } from './modules/inbox/inbox.module.js';
import { ReadMailboxJob } from './modules/inbox/read-mailbox.job.js';
import { MessagingModule } from './modules/messaging/messaging.module.js';
import { SendMessageJob } from './modules/messaging/send-message.job.js';
import { SweepMessagesJob } from './modules/messaging/sweep-messages.job.js';
import { TendUnconfirmed } from './modules/portal/enquiry/tend-unconfirmed.job.js';
import { PrivacyModule } from './modules/privacy/privacy.module.js';
import { WatchDataRequestClocks } from './modules/privacy/watch-clocks.job.js';
import { CaseModule } from './modules/portal/case/case.module.js';
import { RemoveEndedCaseAccessJob } from './modules/portal/case/remove-ended-access.job.js';
import { SendEmailConfirmationJob } from './modules/portal/case/send-email-confirmation.job.js';
import { AppModule } from './app.module.js';
import type { Clock } from './platform/clock/clock.js';
import type { Config } from './platform/config/config.js';
import { QueueWorkerModule } from './platform/queue/queue-worker.module.js';

/** The whole product and every job handler: all background work on one page. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config, clock?: Clock): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        AppModule.forRoot(config, clock),
        QueueWorkerModule,
        LeadsModule,
        MessagingModule,
        InboxModule,
        FollowUpModule,
        PrivacyModule,
        MeetingsModule,
        CaseModule,
      ],
      providers: [
        SendPasswordLink,
        RemoveExpired,
        SendMessageJob,
        SweepMessagesJob,
        WatchDataRequestClocks,
        DispatchDueRemindersJob,
        ReadMailboxJob,
        TendUnconfirmed,
        TendMeetingsJob,
        SendEmailConfirmationJob,
        RemoveEndedCaseAccessJob,
        FoldLeadCellsJob,
      ],
    };
  }
}
