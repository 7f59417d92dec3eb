import { plusDays } from '../../platform/calendar/days.rules.js';
import type { KnownFirms, People, Stage } from '../cast.js';
import type { CaughtMail } from '../mail-catcher.js';
import type { ClosedRound } from './closing.js';
import { Investors } from './investors.js';
import { Officers } from './officers.js';

interface CalendarDay {
  day: string;
  working: boolean;
  reason?: { kind: string; vi: string; en: string };
}

const DAYS = 70;
/** When the program's minute comes, so to say: dispatch runs, then people act. */
const WORKING_TICKS = ['08:00', '10:00', '14:00', '16:30'] as const;
const OFF_TICKS = ['08:00', '14:00'] as const;
const MORNING = '08:00';
const INVESTORS_AT = '10:00';
const OFFICERS_AT = '14:00';
const ROLES = { a: 'mail_officer', b: 'mail_officer', manager: 'mail_manager', admin: 'mail_officer' } as const;

/** Seventy days, one by one: what the program does by itself, what people do, and what rests. */
export class Days {
  private readonly investors: Investors;
  private readonly officers: Officers;
  private told = 0;
  /** The day whose heading was printed last. */
  private shown = '';
  /** Working days without anything to tell, to be told in one line. */
  private quiet: string[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly people: People,
    firms: KnownFirms,
  ) {
    this.investors = new Investors(stage, people, firms);
    this.officers = new Officers(stage, people, firms);
  }

  async pass(round: ClosedRound): Promise<void> {
    const { narrator, program } = this.stage;
    const first = plusDays(round.closedOn, 1);
    const last = plusDays(round.closedOn, DAYS);
    narrator.chapter('days', { from: narrator.shortDay(first), to: narrator.shortDay(last), days: DAYS });
    narrator.say('days_intro', { start: program.config.workingHours.start, end: program.config.workingHours.end });
    const calendar = await this.people.a.api.get<{ items: CalendarDay[] }>(`/api/v1/calendar/working-days?from=${first}&to=${last}`);
    for (const day of calendar.items) await this.live(day);
    this.tellQuiet();
  }

  private async live({ day, working, reason }: CalendarDay): Promise<void> {
    const { narrator, time } = this.stage;
    if (!working && reason && reason.kind !== 'weekly_day_off') {
      this.heading(day, narrator.words('holiday', { name: narrator.language === 'vi' ? reason.vi : reason.en }));
    }
    for (const tick of working ? WORKING_TICKS : OFF_TICKS) {
      time.moveTo(time.moment(day, tick));
      await time.work();
      this.tellMails(day);
      if (tick === MORNING) await this.act(day, () => this.investors.awake(day));
      if (working && tick === INVESTORS_AT) await this.act(day, () => this.investors.act());
      if (working && tick === OFFICERS_AT) await this.act(day, () => this.officers.act(day));
    }
    if (working && this.shown !== day) this.quiet.push(day);
  }

  /** Whoever acts says so line by line; the mails that it caused follow at once. */
  private async act(day: string, doing: () => Promise<(() => void)[]>): Promise<void> {
    const told = await doing();
    if (told.length > 0) this.heading(day);
    for (const tell of told) tell();
    await this.stage.time.work();
    this.tellMails(day);
  }

  private tellMails(day: string): void {
    const { narrator, catcher } = this.stage;
    const fresh = catcher.mails.slice(this.told).sort((a, b) => a.to.localeCompare(b.to));
    this.told = catcher.mails.length;
    if (fresh.length > 0) this.heading(day);
    for (const mail of fresh) narrator.moment(mail.at, this.kindOf(mail), `${mail.to.padEnd(32)} ${mail.subject}`);
  }

  private kindOf(mail: CaughtMail): string {
    const person = Object.values(this.people).find(({ email }) => email === mail.to);
    return person ? ROLES[person.key as keyof People] : 'mail_investor';
  }

  private heading(day: string, note?: string): void {
    if (this.shown === day) return;
    this.tellQuiet();
    this.shown = day;
    this.stage.narrator.day(day, note);
  }

  private tellQuiet(): void {
    const { narrator } = this.stage;
    const [first] = this.quiet;
    if (first === undefined) return;
    const last = this.quiet.at(-1)!;
    narrator.blank();
    if (first === last) narrator.aside('quiet_day', { day: narrator.longDay(first) });
    else narrator.aside('quiet_days', { from: narrator.shortDay(first), to: narrator.shortDay(last) });
    this.quiet = [];
  }
}
