import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { OutsideTasks } from '../follow-up/outside-tasks.service.js';
import { MeetingRecords } from './meeting-records.js';
import type { MeetingRow } from './meeting-rows.js';
import { taskTitle } from './meeting-tasks.js';
import { MeetingWriter } from './meeting-writer.js';

/** A meeting in other hands: the colleague's if free at that hour, otherwise a matter to settle. */
@Injectable()
export class MeetingHandOvers {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly records: MeetingRecords,
    private readonly writer: MeetingWriter,
    private readonly tasks: OutsideTasks,
  ) {}

  async give(meeting: MeetingRow, officerId: string): Promise<void> {
    await this.records.lockTime(officerId);
    const free = await this.records.isFree(officerId, meeting, meeting.id);
    if (free && !(await this.isAbsent(officerId, meeting))) {
      await this.writer.move(meeting, { ...meeting, officerId });
      return;
    }
    const when = this.clock.local(meeting.startsAt).toFormat('HH:mm dd/MM/yyyy');
    await this.tasks.open({
      ...taskTitle('hand_over', { when, officer: meeting.officerName }),
      leadId: meeting.leadId,
      key: `visit:hand-over:${meeting.id}:${officerId}:${meeting.icsSequence}`,
      ownerId: officerId,
      contactId: meeting.contactId,
      dueAt: await this.calendar.nextWorkingMoment(this.clock.now()),
    });
  }

  private async isAbsent(officerId: string, { startsAt }: MeetingRow): Promise<boolean> {
    const [absence] = await this.db.query(
      sql`SELECT 1 FROM officer_absence WHERE user_id = ${officerId} AND ${this.clock.dayOf(startsAt)}::date BETWEEN from_day AND to_day LIMIT 1`,
    );
    return absence !== undefined;
  }
}
