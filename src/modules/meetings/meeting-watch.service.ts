import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Calendar } from '../../platform/calendar/calendar.js';
import { plusDays } from '../../platform/calendar/days.rules.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { OutsideTasks } from '../follow-up/outside-tasks.service.js';
import { MeetingLetters } from './meeting-letters.js';
import type { MeetingRow } from './meeting-rows.js';
import { taskTitle } from './meeting-tasks.js';
import { MeetingsQueries } from './meetings.queries.js';

/** What time alone brings about. */
@Injectable()
export class MeetingWatch {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly queries: MeetingsQueries,
    private readonly letters: MeetingLetters,
    private readonly tasks: OutsideTasks,
  ) {}

  /** On the working day before, within working hours; not of what was agreed on that very day. Answers how many were due. */
  async remind(): Promise<number> {
    const now = this.clock.now();
    const today = this.clock.today();
    const view = await this.calendar.view();
    if (!view.isWithinWorkingHours(now)) return 0;
    let next = plusDays(today, 1);
    while (!view.isWorkingDay(next)) next = plusDays(next, 1);
    const midnight = this.clock.startOf(today);
    const soon = await this.queries.booked({ before: this.clock.startOf(plusDays(next, 1)) });
    const due = soon.filter(
      ({ startsAt, agreedAt }) => this.clock.dayOf(startsAt) > today && agreedAt < midnight,
    );
    for (const meeting of due) await this.letters.remind(meeting);
    return due.length;
  }

  /** A holiday declared later, or an absence: it stays agreed, and the officer is asked to talk to the investor. */
  async findClashes(): Promise<number> {
    const view = await this.calendar.view();
    let found = 0;
    for (const meeting of await this.queries.booked({})) {
      const day = this.clock.dayOf(meeting.startsAt);
      const why = !view.isWorkingDay(day)
        ? 'day_off'
        : (await this.isAbsent(meeting, day))
          ? 'absence'
          : null;
      if (why === null || (why === 'day_off' && (await this.wasAgreedOnDayOff(meeting)))) continue;
      await this.askOfficer(meeting, why, day);
      found += 1;
    }
    return found;
  }

  private async isAbsent({ officerId }: MeetingRow, day: string): Promise<boolean> {
    const [absence] = await this.db.query(
      sql`SELECT 1 FROM officer_absence WHERE user_id = ${officerId} AND ${day}::date BETWEEN from_day AND to_day LIMIT 1`,
    );
    return absence !== undefined;
  }

  /** An officer may have chosen a Sunday knowingly; only what was announced since is news. */
  private async wasAgreedOnDayOff({ startsAt, agreedAt }: MeetingRow): Promise<boolean> {
    const [announced] = await this.db.query(
      sql`SELECT 1 FROM calendar_exception WHERE day = ${this.clock.dayOf(startsAt)}::date AND updated_at > ${agreedAt}`,
    );
    return announced === undefined;
  }

  private async askOfficer(meeting: MeetingRow, why: 'day_off' | 'absence', day: string): Promise<void> {
    const when = this.clock.local(meeting.startsAt).toFormat('HH:mm dd/MM/yyyy');
    await this.tasks.open({
      ...taskTitle(`clash_${why}`, { when }),
      leadId: meeting.leadId,
      key: `visit:clash:${meeting.id}:${day}`,
      ownerId: meeting.officerId,
      contactId: meeting.contactId,
      dueAt: await this.calendar.nextWorkingMoment(this.clock.now()),
    });
  }
}
