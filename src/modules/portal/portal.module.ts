import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { FollowUpModule } from '../follow-up/follow-up.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { PrivacyModule } from '../privacy/privacy.module.js';
import { CopyController } from './copy/copy.controller.js';
import { CatalogueModule } from './catalogue/catalogue.module.js';
import { EnquiriesController } from './enquiry/enquiries.controller.js';
import { EnquiriesQueries } from './enquiry/enquiries.queries.js';
import { EnquiryForms } from './enquiry/enquiry-forms.service.js';
import { EnquiryListener } from './enquiry/enquiry.listener.js';
import { EnquiryOwners } from './enquiry/enquiry-owners.js';
import { EnquiryPages } from './enquiry/enquiry-pages.js';
import { EnquiryPagesController } from './enquiry/enquiry-pages.controller.js';
import { LeadEnquiriesController } from './enquiry/lead-enquiries.controller.js';
import { UnconfirmedEnquiries } from './enquiry/unconfirmed-enquiries.service.js';
import { ConsentRecords } from './enquiry/consent-records.js';
import { EnquiriesService } from './enquiry/enquiries.service.js';
import { EnquiryParties } from './enquiry/enquiry-parties.js';
import { EnquiryWork } from './enquiry/enquiry-work.js';
import { LinkPages } from './answers/link-pages.js';
import { LinksController } from './answers/links.controller.js';
import { OptOuts, PortalAnswers } from './answers/portal-answers.service.js';
import { PreferencesController } from './preferences/preferences.controller.js';
import { PreferencesPages } from './preferences/preferences.service.js';
import { PortalNotices } from './answers/portal-notices.js';
import { SheetController } from './sheet/sheet.controller.js';
import { PublicDocumentsController } from './sheet/documents.controller.js';
import { SiteModule } from './site/site.module.js';
import { PortalVisits } from './visits/portal-visits.service.js';
import { VisitPages } from './visits/visit-pages.js';
import { VisitsController } from './visits/visits.controller.js';

/** What an investor sees and does without an account. */
@Module({
  imports: [
    IdentityModule,
    DirectoryModule,
    LeadsModule,
    MessagingModule,
    FollowUpModule,
    MeetingsModule,
    PrivacyModule,
    SiteModule,
    CatalogueModule,
  ],
  controllers: [
    EnquiriesController,
    EnquiryPagesController,
    LeadEnquiriesController,
    LinksController,
    CopyController,
    PreferencesController,
    VisitsController,
    PublicDocumentsController,
    SheetController,
  ],
  providers: [
    PortalAnswers,
    OptOuts,
    PortalNotices,
    LinkPages,
    PreferencesPages,
    PortalVisits,
    VisitPages,
    EnquiriesService,
    EnquiriesQueries,
    EnquiryForms,
    EnquiryPages,
    EnquiryOwners,
    EnquiryListener,
    UnconfirmedEnquiries,
    EnquiryWork,
    EnquiryParties,
    ConsentRecords,
  ],
})
export class PortalModule {}
