import { Injectable } from '@nestjs/common';
import { Handles } from '../../platform/queue/handles.js';
import { MeetingWatch } from './meeting-watch.service.js';
import { tendMeetings } from './meetings.jobs.js';

@Injectable()
export class TendMeetingsJob {
  constructor(private readonly watch: MeetingWatch) {}

  @Handles(tendMeetings)
  async handle(): Promise<void> {
    await this.watch.remind();
    await this.watch.findClashes();
  }
}
