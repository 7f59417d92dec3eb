import { plusDays } from '../../platform/calendar/days.rules.js';
import type { KnownFirms, People, Stage } from '../cast.js';
import { Diary, type DayReason } from '../diary.js';
import type { CaughtMail } from '../mail-catcher.js';
import { stopOf, tellStop } from '../stops.js';
import type { ClosedRound } from './closing.js';
import { Investors } from './investors.js';
import { Officers } from './officers.js';

interface CalendarDay {
  day: string;
  working: boolean;
  reason?: DayReason;
}

const DAYS = 70;
/** When the program's minute comes, so to say: dispatch runs, then people act. */
const WORKING_TICKS = ['08:00', '10:00', '14:00'] as const;
/** In what would be working hours: had it not been a day off, something might have gone out. */
const OFF_TICKS = ['10:00'] as const;
const MORNING = '08:00';
const INVESTORS_AT = '10:00';
const OFFICERS_AT = '14:00';
const ROLES = {
  a: 'mail_officer',
  b: 'mail_officer',
  manager: 'mail_manager',
  admin: 'mail_officer',
} as const;

/** Seventy days, one by one: what the program does by itself, what people do, and what rests. */
export class Days {
  private readonly investors: Investors;
  private readonly officers: Officers;
  private readonly diary: Diary;
  private told = 0;
  private toldRefused = 0;

  constructor(
    private readonly stage: Stage,
    private readonly people: People,
    private readonly firms: KnownFirms,
  ) {
    this.diary = new Diary(stage.narrator);
    this.investors = new Investors(stage, people, firms);
    this.officers = new Officers(stage, people, firms);
  }

  async pass(round: ClosedRound): Promise<void> {
    const { narrator, program } = this.stage;
    const first = plusDays(round.closedOn, 1);
    const last = plusDays(round.closedOn, DAYS);
    narrator.chapter('days', { from: narrator.shortDay(first), to: narrator.shortDay(last), days: DAYS });
    narrator.say('days_intro', {
      start: program.config.workingHours.start,
      end: program.config.workingHours.end,
    });
    const calendar = await this.people.a.api.get<{ items: CalendarDay[] }>(
      `/api/v1/calendar/working-days?from=${first}&to=${last}`,
    );
    for (const day of calendar.items) await this.live(day);
    this.diary.finish();
  }

  private async live({ day, working, reason }: CalendarDay): Promise<void> {
    const { time } = this.stage;
    if (!working && reason && reason.kind !== 'weekly_day_off') this.diary.holiday(day, reason);
    for (const tick of working ? WORKING_TICKS : OFF_TICKS) {
      time.moveTo(time.moment(day, tick));
      await time.work();
      await this.tellMails(day);
      if (working && tick === MORNING) await this.act(day, () => this.investors.awake(day));
      if (working && tick === INVESTORS_AT) await this.act(day, () => this.investors.act());
      if (working && tick === OFFICERS_AT) await this.act(day, () => this.officers.act(day));
    }
    if (working) this.diary.end(day);
  }

  /** Whoever acts says so line by line; the mails that it caused follow at once. */
  private async act(day: string, doing: () => Promise<(() => void)[]>): Promise<void> {
    const told = await doing();
    if (told.length === 0) return;
    this.diary.heading(day);
    for (const tell of told) tell();
    await this.stage.time.work();
    await this.tellMails(day);
  }

  private async tellMails(day: string): Promise<void> {
    const { narrator, catcher } = this.stage;
    const fresh = catcher.mails.slice(this.told).sort((a, b) => a.to.localeCompare(b.to));
    this.told = catcher.mails.length;
    if (fresh.length > 0) this.diary.heading(day);
    for (const mail of fresh)
      narrator.moment(mail.at, this.kindOf(mail), `${mail.to.padEnd(32)} ${mail.subject}`);
    await this.tellRefused(day);
  }

  /** What the mail server would not take: the sequence ends, and an officer looks for another address. */
  private async tellRefused(day: string): Promise<void> {
    const { narrator, catcher, time } = this.stage;
    for (const address of catcher.refused.slice(this.toldRefused)) {
      this.diary.heading(day);
      const firm = [...this.firms.values()].find(({ contact }) => contact.email === address)!;
      narrator.moment(
        time.now(),
        'mail_refused',
        `${address.padEnd(32)} ${narrator.words('no_such_address')}`,
      );
      tellStop(narrator, await stopOf(this.people.manager.api, firm));
    }
    this.toldRefused = catcher.refused.length;
  }

  private kindOf(mail: CaughtMail): string {
    const person = Object.values(this.people).find(({ email }) => email === mail.to);
    return person ? ROLES[person.key as keyof People] : 'mail_investor';
  }
}
