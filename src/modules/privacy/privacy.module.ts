import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { DataRequestMails } from './data-request-mails.js';
import { DataRequests } from './data-requests.service.js';
import { Erasure } from './erasure.service.js';

/** What people may ask about their own data (Personal Data Protection Law 91/2025): requests, their clocks, and carrying them out. */
@Module({
  imports: [DirectoryModule, MessagingModule],
  providers: [DataRequestMails, DataRequests, Erasure],
  exports: [DataRequests, Erasure],
})
export class PrivacyModule {}
