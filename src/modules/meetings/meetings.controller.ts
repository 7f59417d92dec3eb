import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { IfMatch } from '../../platform/http/if-match.js';
import { FreeTimesForStaff } from './hours/free-times-for-staff.js';
import {
  BookMeeting,
  CancelMeeting,
  FreeTimesAnswer,
  FreeTimesQuery,
  MeetingAnswer,
  MeetingPage,
  MeetingsQuery,
  MoveMeeting,
  SettleMeeting,
  toMeetingAnswer,
} from './meetings.dto.js';
import { MeetingsQueries } from './meetings.queries.js';
import { MeetingsService } from './meetings.service.js';

@ApiTags('meetings')
@Controller('api/v1/meetings')
export class MeetingsController {
  constructor(
    private readonly meetings: MeetingsService,
    private readonly queries: MeetingsQueries,
    private readonly freeTimes: FreeTimesForStaff,
  ) {}

  /** Sort: startsAt (default). */
  @Get()
  @Allow('meeting.read')
  list(@Query() query: MeetingsQuery): Promise<MeetingPage> {
    return this.queries.list(query, toMeetingAnswer);
  }

  /** The times that an investor of this lead may choose from. */
  @Get('free-times')
  @Allow('meeting.read')
  free(@Query() query: FreeTimesQuery): Promise<FreeTimesAnswer> {
    return this.freeTimes.read(query);
  }

  @Get(':id')
  @Allow('meeting.read')
  async get(@Id() id: string): Promise<MeetingAnswer> {
    return toMeetingAnswer(await this.queries.get(id));
  }

  /** Invites the contact and the officer. 409 `meeting_time_taken` when the officer has another at that hour. */
  @Post()
  @Allow('meeting.write')
  async book(@Body() { startsAt, ...body }: BookMeeting): Promise<MeetingAnswer> {
    return this.get(await this.meetings.book({ ...body, startsAt: new Date(startsAt) }));
  }

  /** By whoever works on the lead, or a manager; the same for all that follows. Both calendars are told. */
  @Post(':id/move')
  @HttpCode(200)
  @Allow('meeting.write')
  async move(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { startsAt, ...body }: MoveMeeting,
  ): Promise<MeetingAnswer> {
    await this.meetings.move(id, version, { ...body, startsAt: new Date(startsAt) });
    return this.get(id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('meeting.write')
  async cancel(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: CancelMeeting,
  ): Promise<MeetingAnswer> {
    await this.meetings.cancel(id, version, body.reason ?? null);
    return this.get(id);
  }

  /** Whether it took place, once it has begun. */
  @Post(':id/settle')
  @HttpCode(200)
  @Allow('meeting.write')
  async settle(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: SettleMeeting,
  ): Promise<MeetingAnswer> {
    await this.meetings.settle(id, version, body);
    return this.get(id);
  }
}
