import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Config } from '../config/config.js';

/** The only place that reads the time, so that tests and the demo can move it. */
@Injectable()
export class Clock {
  constructor(protected readonly config: Config) {}

  now(): Date {
    return new Date();
  }

  get timeZone(): string {
    return this.config.timeZone;
  }

  /** Today's date where the agency works, `YYYY-MM-DD`. */
  today(): string {
    return this.dayOf(this.now());
  }

  dayOf(instant: Date): string {
    return DateTime.fromJSDate(instant, { zone: this.config.timeZone }).toISODate()!;
  }

  /** The first instant of a local day. */
  startOf(day: string): Date {
    return DateTime.fromISO(day, { zone: this.config.timeZone }).startOf('day').toJSDate();
  }

  /** Times leave the program in UTC; people read them in the agency's time zone. */
  local(instant: Date): DateTime {
    return DateTime.fromJSDate(instant, { zone: this.config.timeZone });
  }
}

/** A clock that stands where it was put, until it is told to go on from there. */
@Injectable()
export class MovableClock extends Clock {
  private at?: Date;
  /** The reading of the machine's monotonic clock at which the time went on; unset while it stands. */
  private resumedAt?: number;

  override now(): Date {
    if (!this.at) return super.now();
    const passed = this.resumedAt === undefined ? 0 : performance.now() - this.resumedAt;
    return new Date(this.at.getTime() + passed);
  }

  set(instant: Date): void {
    this.at = new Date(instant);
    this.resumedAt = undefined;
  }

  advance(milliseconds: number): void {
    this.set(new Date(this.now().getTime() + milliseconds));
  }

  /** Goes on in real speed from where it stands. */
  resume(): void {
    this.at = this.now();
    this.resumedAt = performance.now();
  }
}
