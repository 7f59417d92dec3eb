import { Module } from '@nestjs/common';

/** What comes in by mail: replies, bounces and out-of-office notes, matched to the lead they belong to. */
@Module({})
export class InboxModule {}
