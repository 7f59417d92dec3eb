import { Global, Module } from '@nestjs/common';
import { CalendarExceptionsService } from './calendar-exceptions.service.js';
import { CalendarController } from './calendar.controller.js';
import { CalendarSeed } from './calendar.seed.js';
import { Calendar } from './calendar.js';

@Global()
@Module({
  controllers: [CalendarController],
  providers: [Calendar, CalendarExceptionsService, CalendarSeed],
  exports: [Calendar],
})
export class CalendarModule {}
