import { Global, Module } from '@nestjs/common';
import { CalendarExceptionsService } from './calendar-exceptions.service.js';
import { CalendarController } from './calendar.controller.js';
import { Calendar } from './calendar.js';

@Global()
@Module({
  controllers: [CalendarController],
  providers: [Calendar, CalendarExceptionsService],
  exports: [Calendar, CalendarExceptionsService],
})
export class CalendarModule {}
