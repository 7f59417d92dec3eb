import Table from 'cli-table3';
import { DateTime } from 'luxon';
import { translate, type Language } from '../platform/i18n/i18n.js';
import { wrap } from './wrap.js';

export type StoryLanguage = Extract<Language, 'vi' | 'en'>;
export type Cell = string | number;

type Style = 'bold' | 'dim' | 'good' | 'bad' | 'accent';

const CODES: Record<Style, [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  good: [32, 39],
  bad: [31, 39],
  accent: [36, 39],
};
const WIDTH = 100;
/** Of a table's words and of the heads above its numbers. */
const CELL_WIDTH = 40;
const HEAD_WIDTH = 11;
const RULE = '─'.repeat(WIDTH);
/** Frames without colour, so that a table is plain text wherever it is kept. */
const PLAIN = { head: [], border: [], compact: true, 'padding-left': 1, 'padding-right': 1 };

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

/** Tells the story on a terminal: every sentence comes from the words of `demo.json`. */
export class Narrator {
  private readonly coloured: boolean;
  private chapters = 0;

  constructor(
    readonly language: StoryLanguage,
    private readonly timeZone: string,
    private readonly out: Output = process.stdout,
  ) {
    this.coloured = out.isTTY === true && !process.env.NO_COLOR;
  }

  words(key: string, params: Record<string, unknown> = {}): string {
    return translate(this.language, `demo:${key}`, params);
  }

  title(key: string, params?: Record<string, unknown>): void {
    this.line(`\n${this.paint('bold', this.words(key, params))}`);
  }

  chapter(key: string, params?: Record<string, unknown>): void {
    this.chapters += 1;
    this.line(`\n${RULE}\n${this.paint('bold', `${this.chapters}. ${this.words(key, params)}`)}\n`);
  }

  say(key: string, params?: Record<string, unknown>): void {
    this.line(`  ${wrap(this.words(key, params), WIDTH - 2, '\n  ')}`);
  }

  aside(key: string, params?: Record<string, unknown>): void {
    this.line(`  ${this.paint('dim', wrap(this.words(key, params), WIDTH - 2, '\n  '))}`);
  }

  /** Something that was done, or a check that holds. */
  done(key: string, params?: Record<string, unknown>): void {
    this.line(`  ${this.paint('good', '✓')} ${wrap(this.words(key, params), WIDTH - 4, '\n    ')}`);
  }

  failed(key: string, params?: Record<string, unknown>): void {
    this.line(`  ${this.paint('bad', '✗')} ${wrap(this.words(key, params), WIDTH - 4, '\n    ')}`);
  }

  day(day: string): void {
    this.line(`\n  ${this.paint('accent', this.longDay(day))}`);
  }

  /** A day of which there is nothing else to tell. */
  rest(day: string, note: string): void {
    this.line(`  ${this.paint('dim', `${this.longDay(day)} · ${note}`)}`);
  }

  /** One line of a day: local time, what kind of thing, what. */
  moment(at: Date, kind: string, text: string): void {
    this.line(`    ${this.time(at)}  ${this.words(kind).padEnd(15)} ${text}`);
  }

  /** Belongs to the line above. */
  detail(text: string): void {
    this.line(`${' '.repeat(27)}${this.paint('dim', text)}`);
  }

  table(heads: readonly string[], rows: readonly (readonly Cell[])[], numeric: readonly number[] = []): void {
    const table = new Table({
      head: heads.map((head, index) => wrap(head, numeric.includes(index) ? HEAD_WIDTH : CELL_WIDTH)),
      colAligns: heads.map((_, index) => (numeric.includes(index) ? 'right' : 'left')),
      style: PLAIN,
    });
    table.push(...rows.map((row) => row.map((cell) => wrap(String(cell), CELL_WIDTH))));
    this.line(table.toString().replace(/^/gm, '  '));
  }

  heads(...keys: string[]): string[] {
    return keys.map((key) => this.words(key));
  }

  blank(): void {
    this.line('');
  }

  time(at: Date): string {
    return this.local(at).toFormat('HH:mm');
  }

  /** @example "Thứ Ba, 19/01/2027" */
  longDay(day: string): string {
    return this.formatDay(day, 'day_format');
  }

  shortDay(day: string): string {
    return this.formatDay(day, 'short_day_format');
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.language, { maximumFractionDigits: 2 }).format(value);
  }

  shortMoment(at: Date, format = 'moment_format'): string {
    return this.local(at).toFormat(this.words(format));
  }

  private formatDay(day: string, format: string): string {
    return DateTime.fromISO(day, { zone: this.timeZone })
      .setLocale(this.language)
      .toFormat(this.words(format));
  }

  private local(at: Date): DateTime {
    return DateTime.fromJSDate(at, { zone: this.timeZone }).setLocale(this.language);
  }

  private paint(style: Style, text: string): string {
    const [open, close] = CODES[style];
    return this.coloured ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  }

  private line(text: string): void {
    this.out.write(`${text}\n`);
  }
}
