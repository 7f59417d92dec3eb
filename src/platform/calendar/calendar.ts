import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Database } from '../database/database.js';
import { DayTable, type DayException, type DayNote } from './day-table.rules.js';
import { daysFrom } from './days.rules.js';
import { WorkingTime, type Offset } from './working-time.rules.js';

/** How long another process may go on with the exceptions it read. */
const FRESH_FOR_MS = 10_000;

/** Working days and hours of the agency. Many dates at once: take `view()` and compute without waiting. */
@Injectable()
export class Calendar {
  private kept?: { table: DayTable; readAt: number };
  private generation = 0;

  constructor(
    private readonly db: Database,
    private readonly config: Config,
  ) {}

  /** Today's exceptions for every year, to compute with in the same use case; keep it no longer. */
  async view(): Promise<WorkingTime> {
    return new WorkingTime(await this.table(), this.config.workingHours, this.config.timeZone);
  }

  async addWorkingDays(from: Date, amount: number): Promise<Date> {
    return (await this.view()).addWorkingDays(from, amount);
  }

  /** @param atTime local `HH:mm` */
  async dueAt(from: Date, offset: Offset, atTime?: string): Promise<Date> {
    return (await this.view()).dueAt(from, offset, atTime);
  }

  async nextWorkingMoment(at: Date): Promise<Date> {
    return (await this.view()).nextWorkingMoment(at);
  }

  async isWithinWorkingHours(at: Date): Promise<boolean> {
    return (await this.view()).isWithinWorkingHours(at);
  }

  /** Whole working days that have passed; negative backwards. */
  async workingDaysBetween(from: Date, to: Date): Promise<number> {
    return (await this.view()).workingDaysBetween(from, to);
  }

  /** @param day local, `YYYY-MM-DD` */
  async isWorkingDay(day: string): Promise<boolean> {
    return (await this.table()).isWorkingDay(day);
  }

  /** The working days from one day to another, both included. */
  async workingDays(from: string, to: string): Promise<string[]> {
    return (await this.view()).workingDays(from, to);
  }

  /** Every day from one to another with the reason why it is off, or works out of turn. */
  async describe(from: string, to: string): Promise<DayNote[]> {
    const table = await this.table();
    return daysFrom(from, to).map((day) => table.describe(day));
  }

  /** The exceptions changed: the next question reads them again. Other processes notice within seconds. */
  forget(): void {
    this.kept = undefined;
    this.generation++;
  }

  private async table(): Promise<DayTable> {
    if (this.kept && performance.now() - this.kept.readAt < FRESH_FOR_MS) return this.kept.table;
    const generation = this.generation;
    const readAt = performance.now();
    const exceptions = await this.db.query<DayException>(
      `SELECT day::text AS day, kind, name_vi AS "nameVi", name_en AS "nameEn", source FROM calendar_exception`,
    );
    const table = new DayTable(exceptions);
    if (generation === this.generation) this.kept = { table, readAt };
    return table;
  }
}
