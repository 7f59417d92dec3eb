import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../../platform/clock/clock.js';
import { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Invalid, NotFound } from '../../../platform/http/problem.js';
import { UsersQueries } from '../../identity/users.queries.js';
import { usualHours, type VisitingHours } from './free-times.rules.js';
import { assertWeekly } from './visiting-hours.rules.js';
import { OfficerAbsence, OfficerHours } from './officer-hours.entity.js';

export interface HoursOfOfficer extends VisitingHours {
  /** 0: nobody set any, these are the agency's. */
  version: number;
}

export interface NewAbsence {
  fromDay: string;
  toDay: string;
  reason?: string | null;
}

/** When an officer receives investors, and when not. */
@Injectable()
export class VisitingHoursService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly users: UsersQueries,
  ) {}

  async get(userId: string): Promise<HoursOfOfficer> {
    await this.users.get(userId);
    return this.find(userId);
  }

  /** The officer's own hours, or the usual ones. */
  async find(userId: string): Promise<HoursOfOfficer> {
    const row = await this.db.repo(OfficerHours).findOneBy({ id: userId });
    if (!row) return { ...usualHours(this.config.workingHours), version: 0 };
    const { weekly, visitMinutes, noticeWorkingDays, horizonWorkingDays, version } = row;
    return { weekly, visitMinutes, noticeWorkingDays, horizonWorkingDays, version };
  }

  put(userId: string, seenVersion: number, hours: VisitingHours): Promise<HoursOfOfficer> {
    return this.db.transaction(async () => {
      await this.users.get(userId);
      assertWeekly(hours);
      await this.db.query(
        sql`SELECT pg_advisory_xact_lock(hashtextextended(${`officer_hours:${userId}`}, 0))`,
      );
      const repo = this.db.repo(OfficerHours);
      const before = await repo.findOneBy({ id: userId });
      assertVersion(before?.version ?? 0, seenVersion);
      const now = this.clock.now();
      const { visitMinutes, noticeWorkingDays, horizonWorkingDays } = hours;
      const weekly = [...hours.weekly].sort((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from));
      await repo.save(
        Object.assign(before ?? repo.create({ id: userId, createdAt: now }), {
          weekly,
          visitMinutes,
          noticeWorkingDays,
          horizonWorkingDays,
          updatedAt: now,
        }),
      );
      return this.find(userId);
    });
  }

  /** Those that are not over, earliest first. */
  async absences(userId: string): Promise<OfficerAbsence[]> {
    await this.users.get(userId);
    return this.db.query<OfficerAbsence>(
      sql`SELECT id, user_id AS "userId", from_day::text AS "fromDay", to_day::text AS "toDay", reason, version
            FROM officer_absence WHERE user_id = ${userId} AND to_day >= ${this.clock.today()}::date ORDER BY from_day, id`,
    );
  }

  addAbsence(userId: string, { fromDay, toDay, reason }: NewAbsence): Promise<OfficerAbsence> {
    return this.db.transaction(async () => {
      await this.users.get(userId);
      if (toDay < fromDay) throw new Invalid('toDay', 'absence_reversed');
      if (toDay < this.clock.today()) throw new Invalid('toDay', 'absence_over');
      const now = this.clock.now();
      const repo = this.db.repo(OfficerAbsence);
      return repo.save(
        repo.create({
          id: newId(),
          userId,
          fromDay,
          toDay,
          reason: reason ?? null,
          createdAt: now,
          updatedAt: now,
        }),
      );
    });
  }

  removeAbsence(userId: string, id: string): Promise<void> {
    return this.db.transaction(async () => {
      const removed = await this.db.execute(
        sql`DELETE FROM officer_absence WHERE id = ${id} AND user_id = ${userId}`,
      );
      if (removed === 0) throw new NotFound('absence_not_found');
    });
  }
}
