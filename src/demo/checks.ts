import type { ApiClient } from './api-client.js';
import { PlainFault } from './cast.js';
import type { Narrator } from './narrator.js';

/** A number of a report and the address that lists what it counts. */
export interface Figure {
  value: number;
  rows: string;
}

/** Looks again at what the program says, tells the outcome, and remembers what does not hold. */
export class Checks {
  private readonly broken: string[] = [];

  constructor(private readonly narrator: Narrator) {}

  that(holds: boolean, key: string, params: Record<string, unknown> = {}): void {
    if (holds) return this.narrator.done(key, params);
    this.narrator.failed(key, params);
    this.broken.push(this.narrator.words(key, params));
  }

  /** The rows of a table, column by column, add up to its totals. */
  sums(key: string, rows: readonly (number | null)[][], totals: readonly (number | null)[]): void {
    const sums = totals.map((_, index) => total(rows.map((row) => row[index] ?? 0)));
    this.that(
      sums.every((sum, index) => Math.abs(sum - (totals[index] ?? 0)) < 0.005),
      key,
      { rows: rows.length },
    );
  }

  /** The list behind a figure has as many rows as the figure says. */
  async listed(api: ApiClient, { value, rows }: Figure, key: string): Promise<void> {
    const listed = await api.all<unknown>(rows);
    this.that(listed.length === value, key, { count: value });
  }

  /** Ends the story when something did not hold. */
  conclude(key: string): void {
    if (this.broken.length > 0)
      throw new PlainFault(this.narrator.words(key, { checks: this.broken.join('; ') }));
  }
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
