import { Module } from '@nestjs/common';
import { DirectoryModule } from '../../directory/directory.module.js';
import { FollowUpModule } from '../../follow-up/follow-up.module.js';
import { IdentityModule } from '../../identity/identity.module.js';
import { LeadsModule } from '../../leads/leads.module.js';
import { MeetingsModule } from '../../meetings/meetings.module.js';
import { MessagingModule } from '../../messaging/messaging.module.js';
import { PrivacyModule } from '../../privacy/privacy.module.js';
import { CaseAccess } from './case-access.service.js';
import { CaseActs, CaseDoing } from './case-acts.service.js';
import { CaseDesk } from './case-desk.js';
import { CaseEmails } from './case-emails.service.js';
import { CaseEmailController } from './case-email.controller.js';
import { CaseLinks } from './case-links.service.js';
import { CaseListener } from './case.listener.js';
import { CaseNotices } from './case-notices.js';
import { CaseOpenController } from './case-open.controller.js';
import { CasePages } from './case-pages.js';
import { CaseQueries } from './case.queries.js';
import { CaseController } from './case.controller.js';
import { CaseVisitorsController } from './case-visitors.controller.js';
import { CaseVisitors } from './case-visitors.service.js';

/** What an investor sees and does in its own case, and who of the agency lets it in. */
@Module({
  imports: [
    IdentityModule,
    DirectoryModule,
    LeadsModule,
    MessagingModule,
    FollowUpModule,
    MeetingsModule,
    PrivacyModule,
  ],
  // the fixed path before the one with a name in it
  controllers: [CaseOpenController, CaseEmailController, CaseController, CaseVisitorsController],
  providers: [
    CaseAccess,
    CaseLinks,
    CaseQueries,
    CasePages,
    CaseDesk,
    CaseActs,
    CaseDoing,
    CaseEmails,
    CaseNotices,
    CaseListener,
    CaseVisitors,
  ],
  exports: [CaseEmails],
})
export class CaseModule {}
