import { Module } from '@nestjs/common';

/** Visits and talks at an agreed hour: the officers' free times, bookings, invitations for calendars. */
@Module({})
export class MeetingsModule {}
