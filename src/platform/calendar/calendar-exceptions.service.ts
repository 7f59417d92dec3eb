import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { newId } from '../database/ids.js';
import { assertVersion } from '../http/if-match.js';
import { Pages, type Page, type PageSpec } from '../http/pages.js';
import { Conflict, NotFound } from '../http/problem.js';
import { CalendarException } from './calendar-exception.entity.js';
import type {
  CalendarExceptionsQuery,
  ChangeCalendarException,
  CreateCalendarException,
} from './calendar.dto.js';
import { Calendar } from './calendar.js';

const LIST: PageSpec = {
  sorts: {
    day: { sql: 'e.day', type: 'date' },
    updatedAt: { sql: 'e.updated_at', type: 'timestamptz' },
  },
  defaultSort: 'day',
  id: 'e.id',
};

const COLUMNS =
  raw(`e.id, e.day::text AS day, e.kind, e.name_vi AS "nameVi", e.name_en AS "nameEn", e.source, e.version,
  e.created_at AS "createdAt", e.updated_at AS "updatedAt"`);

/** Writes and reads the editable part of the calendar. */
@Injectable()
export class CalendarExceptionsService {
  constructor(
    private readonly db: Database,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
    private readonly pages: Pages,
  ) {}

  list<T>(query: CalendarExceptionsQuery, show: (exception: CalendarException) => T): Promise<Page<T>> {
    const where = [];
    if (query.year !== undefined) {
      where.push(sql`e.day BETWEEN ${`${query.year}-01-01`}::date AND ${`${query.year}-12-31`}::date`);
    }
    if (query.kind !== undefined) where.push(sql`e.kind = ${query.kind}`);
    if (query.q)
      where.push(sql`strpos(fold(e.name_vi || ' ' || e.name_en || ' ' || e.source), fold(${query.q})) > 0`);
    return this.pages.read<CalendarException, T>(
      LIST,
      { select: sql`${COLUMNS}`, from: sql`calendar_exception e`, where },
      query,
      show,
    );
  }

  async get(id: string): Promise<CalendarException> {
    const found = await this.db.repo(CalendarException).findOneBy({ id });
    if (!found) throw new NotFound();
    return found;
  }

  create(input: CreateCalendarException): Promise<CalendarException> {
    return this.db.transaction(async () => {
      await this.assertFree(input.day);
      const now = this.clock.now();
      const repo = this.db.repo(CalendarException);
      const { day, kind, nameVi, nameEn, source } = input;
      const made = await repo.save(
        repo.create({ id: newId(), day, kind, nameVi, nameEn, source, createdAt: now, updatedAt: now }),
      );
      this.db.afterCommit(() => this.calendar.forget());
      return made;
    });
  }

  change(id: string, version: number, changes: ChangeCalendarException): Promise<CalendarException> {
    return this.db.transaction(async () => {
      const exception = await this.lock(id);
      assertVersion(exception.version, version);
      if (changes.day !== undefined && changes.day !== exception.day) await this.assertFree(changes.day);
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      Object.assign(exception, Object.fromEntries(given), { updatedAt: this.clock.now() });
      const changed = await this.db.repo(CalendarException).save(exception);
      this.db.afterCommit(() => this.calendar.forget());
      return changed;
    });
  }

  remove(id: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.db.repo(CalendarException).remove(await this.lock(id));
      this.db.afterCommit(() => this.calendar.forget());
    });
  }

  private async lock(id: string): Promise<CalendarException> {
    const found = await this.db
      .repo(CalendarException)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!found) throw new NotFound();
    return found;
  }

  private async assertFree(day: string): Promise<void> {
    const taken = await this.db.repo(CalendarException).existsBy({ day });
    if (taken) throw new Conflict('calendar_exception_exists', { day });
  }
}
