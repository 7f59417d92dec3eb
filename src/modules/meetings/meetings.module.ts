import { Module } from '@nestjs/common';
import { FollowUpModule } from '../follow-up/follow-up.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { LeadsModule } from '../leads/leads.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { CalendarFiles } from './calendar-files.service.js';
import { FreeTimesForStaff } from './hours/free-times-for-staff.js';
import { FreeTimes } from './hours/free-times.service.js';
import { MeetingLetters } from './meeting-letters.js';
import { MeetingRecords } from './meeting-records.js';
import { MeetingWatch } from './meeting-watch.service.js';
import { MeetingStory } from './meeting-story.js';
import { MeetingWriter } from './meeting-writer.js';
import { MeetingsController } from './meetings.controller.js';
import { MeetingHandOvers } from './meeting-hand-overs.js';
import { MeetingsListener } from './meetings.listener.js';
import { MeetingsQueries } from './meetings.queries.js';
import { MeetingsService } from './meetings.service.js';
import { MeetingsErasureListener } from './meetings-erasure.listener.js';
import { MyVisitingHoursController, VisitingHoursController } from './hours/visiting-hours.controller.js';
import { VisitingHoursService } from './hours/visiting-hours.service.js';
import { VisitActs } from './visit-acts.js';
import { VisitsService } from './visits.service.js';

/** Visits and talks at an agreed hour: the officers' free times, bookings, invitations for calendars. */
@Module({
  imports: [IdentityModule, LeadsModule, MessagingModule, FollowUpModule],
  controllers: [MeetingsController, MyVisitingHoursController, VisitingHoursController],
  providers: [
    MeetingsService,
    MeetingsQueries,
    MeetingRecords,
    MeetingWriter,
    MeetingStory,
    MeetingLetters,
    MeetingsListener,
    MeetingsErasureListener,
    MeetingHandOvers,
    MeetingWatch,
    VisitsService,
    VisitActs,
    VisitingHoursService,
    FreeTimes,
    FreeTimesForStaff,
    CalendarFiles,
  ],
  exports: [CalendarFiles, MeetingsQueries, VisitsService, FreeTimes, MeetingWatch],
})
export class MeetingsModule {}
