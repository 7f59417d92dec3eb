import type { Narrator } from './narrator.js';

/** Why a day is off. */
export interface DayReason {
  kind: string;
  vi: string;
  en: string;
}

/** The headings of the days: one for each that has something to tell, a line for holidays, one for a quiet time. */
export class Diary {
  /** The day whose heading was printed last. */
  private shown = '';
  /** The line before was a holiday. */
  private resting = false;
  /** Working days without anything to tell. */
  private quiet: string[] = [];

  constructor(private readonly narrator: Narrator) {}

  heading(day: string): void {
    if (this.shown === day) return;
    this.finish();
    this.resting = false;
    this.shown = day;
    this.narrator.day(day);
  }

  holiday(day: string, reason: DayReason): void {
    this.finish();
    if (!this.resting) this.narrator.blank();
    this.resting = true;
    this.shown = day;
    const name = this.narrator.language === 'vi' ? reason.vi : reason.en;
    const words = this.narrator.words(reason.kind === 'holiday' ? 'holiday' : 'day_off', { name });
    this.narrator.rest(day, words);
  }

  /** The working day is over. */
  end(day: string): void {
    if (this.shown !== day) this.quiet.push(day);
  }

  /** Tells of the quiet days up to now. */
  finish(): void {
    const [first] = this.quiet;
    if (first === undefined) return;
    const last = this.quiet.at(-1)!;
    this.quiet = [];
    this.resting = false;
    this.narrator.blank();
    if (first === last) this.narrator.aside('quiet_day', { day: this.narrator.longDay(first) });
    else
      this.narrator.aside('quiet_days', {
        from: this.narrator.shortDay(first),
        to: this.narrator.shortDay(last),
      });
  }
}
