import { IsOptional, Matches } from 'class-validator';
import type { InvestorAnswer } from '../leads/lead.entity.js';
import { DeskLead, DeskRef } from './desk-refs.dto.js';

export class TodayQuery {
  /** Whose day: `me` (default), a user's id or `all`; anybody's but one's own is a manager's to see. */
  @IsOptional()
  @Matches(/^(me|all|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i)
  ownerId?: string;
}

export class TodayCounts {
  /** Reminders past their time, as `/reminders?due=overdue` lists them. */
  overdue: number;
  /** Reminders of this local day, those past their time included, as `due=today` lists them. */
  today: number;
  /** Reminders of the seven local days from today, as `due=week` lists them. */
  week: number;
  /** Reminders that this person completed since local midnight. */
  done: number;
}

export class TodayClock {
  /** By the service standard, in working time; UTC. */
  dueAt: string;
  /** Null while it is not done. */
  doneAt: string | null;
  /** `waiting`: there is time. `overdue`: not done, and late. `in_time`, `late`: done. */
  state: 'waiting' | 'in_time' | 'late' | 'overdue';
}

export class TodayEnquiry {
  lead: DeskLead;
  firm: DeskRef;
  /** Null: nobody has it yet; it is shown to everybody. */
  owner: DeskRef | null;
  /** `form`: the public form. `officer`: recorded by an officer. */
  source: 'form' | 'officer';
  /** What the firm's latest enquiry by the form asks, at most 300 characters; null for one recorded by an officer. */
  message: string | null;
  receivedAt: string;
  /** A first reaction, within 1 working day. */
  acknowledge: TodayClock;
  /** An answer in substance, within 5 working days. */
  answer: TodayClock;
}

export class TodayAnswer {
  messageId: string;
  lead: DeskLead;
  firm: DeskRef;
  /** Who answered. */
  contact: DeskRef | null;
  owner: DeskRef | null;
  answer: InvestorAnswer;
  /** In the investor's own words. */
  note: string | null;
  /** With `not_now`: the local day from which it may suit. */
  until: string | null;
  at: string;
  /** An officer has since logged a contact, moved the stage or completed a reminder of the lead. */
  acted: boolean;
}

export class TodayMessage {
  id: string;
  /** `unknown`: it may have arrived or not, somebody decides. `failed`: given up. `bounced`: the address does not exist. */
  status: 'unknown' | 'failed' | 'bounced';
  /** What the mail server said, as a code; its words are in the locale files of the messages. */
  errorCode: string | null;
  subject: string;
  toName: string;
  contactId: string | null;
  lead: DeskLead;
  firm: DeskRef;
  createdAt: string;
  /** For `If-Match` of `/messages/:id/retry` and its like. */
  version: number;
}

export class TodayNeglected {
  lead: DeskLead;
  firm: DeskRef;
  owner: DeskRef | null;
  stage: string;
  /** What it should come to, without a time; null when nothing is planned at all. */
  nextAction: string | null;
  lastActivityAt: string;
}

export class TodayEnquiries {
  /** At most 20, those that wait longest first. */
  items: TodayEnquiry[];
  /** All of them. */
  total: number;
}

export class TodayAnswers {
  /** At most 20, newest first. */
  items: TodayAnswer[];
  total: number;
  /** Since when: the first instant of the working day before today. */
  since: string;
}

export class TodayAttention {
  /** At most 20, newest first. */
  items: TodayMessage[];
  total: number;
}

export class TodayNeglect {
  /** At most 20, those longest without activity first. */
  items: TodayNeglected[];
  total: number;
}

export class TodayObstacle {
  id: string;
  lead: DeskLead;
  firm: DeskRef;
  /** Who sees to it. */
  owner: DeskRef | null;
  title: string;
  /** `open`: nobody has taken it in hand. */
  status: 'open' | 'in_progress';
  dueAt: string;
  /** Its time is over. */
  overdue: boolean;
}

export class TodayObstacles {
  /** At most 20, those due first before others. */
  items: TodayObstacle[];
  total: number;
}

/** Everything that the page *what must I do now?* shows beside the reminders themselves. */
export class Today {
  /** The local day. */
  day: string;
  counts: TodayCounts;
  /** Open enquiries without an answer in substance: one's own, and those that nobody has. */
  enquiries: TodayEnquiries;
  /** What investors said on the answer pages. */
  answers: TodayAnswers;
  /** Mails to investors that did not arrive: `unknown` ones, and those `failed` or `bounced` in the last 30 days. */
  attention: TodayAttention;
  /** Open leads for which no time is set and no task waits. */
  neglected: TodayNeglect;
  /** Difficulties of investors that are overdue, due by the end of the local day, or in nobody's hand. */
  obstacles: TodayObstacles;
}
