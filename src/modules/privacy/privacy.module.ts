import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { CarryingOut, CarryingOutWork } from './carrying-out.service.js';
import { ClockBreaches } from './clock-breaches.service.js';
import { CopyLinks } from './copy-links.service.js';
import { DataRequestMails } from './data-request-mails.js';
import { DataRequestSteps } from './data-request-steps.service.js';
import { DataRequestsController } from './data-requests.controller.js';
import { DataRequestsQueries } from './data-requests.queries.js';
import { DataRequests } from './data-requests.service.js';
import { Erasure } from './erasure.service.js';
import { PersonalData } from './personal-data.service.js';

/** What people may ask about their own data (Personal Data Protection Law 91/2025): requests, their clocks, and carrying them out. */
@Module({
  imports: [DirectoryModule, IdentityModule, MessagingModule],
  controllers: [DataRequestsController],
  providers: [
    DataRequestMails,
    DataRequests,
    DataRequestSteps,
    DataRequestsQueries,
    CarryingOutWork,
    CarryingOut,
    ClockBreaches,
    CopyLinks,
    Erasure,
    PersonalData,
  ],
  exports: [DataRequests, DataRequestsQueries, Erasure, PersonalData, CopyLinks, ClockBreaches],
})
export class PrivacyModule {}
