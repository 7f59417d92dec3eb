import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { newId } from '../database/ids.js';
import { Calendar } from './calendar.js';
import type { DayException } from './day-table.rules.js';

/** The official announcements that the program ships. */
@Injectable()
export class CalendarSeed {
  constructor(
    private readonly db: Database,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds what is missing. A day that has an exception keeps it, and one that someone deleted or moved to
   * another day (the audit trail says so) does not come back.
   */
  async load(): Promise<void> {
    const announced = JSON.parse(
      readFileSync(new URL('./data/exceptions-vn.json', import.meta.url), 'utf8'),
    ) as DayException[];
    const column = (name: keyof DayException) => announced.map((exception) => exception[name]);
    const now = this.clock.now();
    await this.db.transaction(async () => {
      await this.db.execute(sql`
        INSERT INTO calendar_exception (id, day, kind, name_vi, name_en, source, version, created_at, updated_at)
        SELECT id, day, kind, name_vi, name_en, source, 1, ${now}::timestamptz, ${now}::timestamptz
        FROM unnest(${announced.map(() => newId())}::uuid[], ${column('day')}::date[], ${column('kind')}::text[],
          ${column('nameVi')}::text[], ${column('nameEn')}::text[], ${column('source')}::text[])
          AS announced (id, day, kind, name_vi, name_en, source)
        WHERE NOT EXISTS (
          SELECT 1 FROM audit_entry
          WHERE table_name = 'calendar_exception' AND action IN ('update', 'delete')
            AND changes -> 'day' ->> 0 = announced.day::text)
        ON CONFLICT (day) DO NOTHING`);
      this.db.afterCommit(() => this.calendar.forget());
    });
  }
}
