import type { TestApp } from '../support/harness.js';

/** A number generator that begins where the seed says: a failing case can be run again. */
export class Dice {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Whole, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(from: readonly T[]): T {
    return from[this.int(0, from.length - 1)]!;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }
}

/** Ten in the morning where the agency works. */
export const morning = (day: string): Date => new Date(`${day}T10:00:00+07:00`);

export const insert = (t: TestApp, table: string, rows: readonly object[]): Promise<number> =>
  t.db.execute(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1::json)`, [
    JSON.stringify(rows),
  ]);

/** Columns with a default that `json_populate_recordset` would leave null are named here. */
export const stamp = (day: string) => ({ created_at: morning(day), updated_at: morning(day), version: 1 });
