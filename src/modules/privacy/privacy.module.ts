import { Module } from '@nestjs/common';

/** What people may ask about their own data (Personal Data Protection Law 91/2025): requests, their clocks, and carrying them out. */
@Module({})
export class PrivacyModule {}
