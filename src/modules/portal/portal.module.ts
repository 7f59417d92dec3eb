import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { FollowUpModule } from '../follow-up/follow-up.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { CatalogueController, CataloguePagesController } from './catalogue.controller.js';
import { EnquiriesController } from './enquiries.controller.js';
import { ConsentRecords } from './consent-records.js';
import { EnquiriesService } from './enquiries.service.js';
import { EnquiryParties } from './enquiry-parties.js';
import { EnquiryWork } from './enquiry-work.js';
import { LinkPages } from './link-pages.js';
import { LinksController } from './links.controller.js';
import { OptOuts, PortalAnswers } from './portal-answers.service.js';
import { PortalNotices } from './portal-notices.js';

/** What an investor sees and does without an account. */
@Module({
  imports: [IdentityModule, DirectoryModule, LeadsModule, MessagingModule, FollowUpModule],
  controllers: [CatalogueController, CataloguePagesController, EnquiriesController, LinksController],
  providers: [
    PortalAnswers,
    OptOuts,
    PortalNotices,
    LinkPages,
    EnquiriesService,
    EnquiryWork,
    EnquiryParties,
    ConsentRecords,
  ],
})
export class PortalModule {}
