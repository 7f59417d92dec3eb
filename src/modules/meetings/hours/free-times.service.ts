import { Injectable } from '@nestjs/common';
import sql, { empty } from 'sql-template-tag';
import { Calendar } from '../../../platform/calendar/calendar.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { choicesOf, freeTimes, type Absence, type Span } from './free-times.rules.js';
import { VisitingHoursService } from './visiting-hours.service.js';

/** Times at which an officer could receive somebody. */
@Injectable()
export class FreeTimes {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly hours: VisitingHoursService,
  ) {}

  /** All of them. @param exceptId a meeting that is to be moved: its own time counts as free */
  async of(officerId: string, exceptId: string | null = null): Promise<Span[]> {
    const now = this.clock.now();
    const booked = await this.db.query<Span>(
      sql`SELECT starts_at AS "startsAt", ends_at AS "endsAt" FROM meeting
           WHERE officer_id = ${officerId} AND status = 'booked' AND ends_at > ${now}
             ${exceptId === null ? empty : sql`AND id <> ${exceptId}`}`,
    );
    const absences = await this.db.query<Absence>(
      sql`SELECT from_day::text AS "fromDay", to_day::text AS "toDay" FROM officer_absence
           WHERE user_id = ${officerId} AND to_day >= ${this.clock.today()}::date`,
    );
    const calendar = await this.calendar.view();
    const hours = await this.hours.find(officerId);
    return freeTimes({ hours, booked, absences }, { now, timeZone: this.clock.timeZone, calendar });
  }

  /** The few that are offered. */
  async choices(officerId: string, exceptId: string | null = null): Promise<Span[]> {
    return choicesOf(await this.of(officerId, exceptId), (at) => this.clock.dayOf(at));
  }
}
