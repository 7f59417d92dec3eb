import { Injectable } from '@nestjs/common';
import { MeetingLetters } from './meeting-letters.js';
import type { MeetingRow } from './meeting-rows.js';

/** The calendar entry of a meeting as a file. */
@Injectable()
export class CalendarFiles {
  constructor(private readonly letters: MeetingLetters) {}

  of(meeting: MeetingRow): string {
    return this.letters.calendarFile(meeting);
  }
}
