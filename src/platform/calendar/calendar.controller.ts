import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../http/allow.js';
import { Id } from '../http/fields.js';
import { IfMatch } from '../http/if-match.js';
import { Invalid } from '../http/problem.js';
import { CalendarExceptionsService } from './calendar-exceptions.service.js';
import { Calendar } from './calendar.js';
import {
  CalendarExceptionAnswer,
  CalendarExceptionPage,
  CalendarExceptionsQuery,
  ChangeCalendarException,
  CreateCalendarException,
  toExceptionAnswer,
  toWorkingDaysAnswer,
  WorkingDaysAnswer,
  WorkingDaysQuery,
} from './calendar.dto.js';
import { daysApart } from './days.rules.js';

const MAX_DAYS = 366;

@ApiTags('calendar')
@Controller('api/v1/calendar')
export class CalendarController {
  constructor(
    private readonly exceptions: CalendarExceptionsService,
    private readonly calendar: Calendar,
  ) {}

  /** The announced departures from the law and the week, by day. */
  @Get('exceptions')
  @Allow('calendar.read')
  list(@Query() query: CalendarExceptionsQuery): Promise<CalendarExceptionPage> {
    return this.exceptions.list(query, toExceptionAnswer);
  }

  @Get('exceptions/:id')
  @Allow('calendar.read')
  async get(@Id() id: string): Promise<CalendarExceptionAnswer> {
    return toExceptionAnswer(await this.exceptions.get(id));
  }

  /** Adds an exception; a day has at most one. */
  @Post('exceptions')
  @Allow('calendar.write')
  async create(@Body() body: CreateCalendarException): Promise<CalendarExceptionAnswer> {
    return toExceptionAnswer(await this.exceptions.create(body));
  }

  @Patch('exceptions/:id')
  @Allow('calendar.write')
  async change(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ChangeCalendarException,
  ): Promise<CalendarExceptionAnswer> {
    return toExceptionAnswer(await this.exceptions.change(id, version, body));
  }

  @Delete('exceptions/:id')
  @HttpCode(204)
  @Allow('calendar.write')
  remove(@Id() id: string): Promise<void> {
    return this.exceptions.remove(id);
  }

  /** Every day of a span of at most 366 days: does it work, and if not, why. */
  @Get('working-days')
  @Allow('calendar.read')
  async workingDays(@Query() { from, to }: WorkingDaysQuery): Promise<WorkingDaysAnswer> {
    if (to < from) throw new Invalid('to', 'calendar_range_reversed');
    if (daysApart(from, to) >= MAX_DAYS)
      throw new Invalid('to', 'calendar_range_too_long', { limit: MAX_DAYS });
    return toWorkingDaysAnswer(await this.calendar.describe(from, to));
  }
}
