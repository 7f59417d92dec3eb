import { Injectable } from '@nestjs/common';
import type { Sql } from 'sql-template-tag';
import { Calendar } from '../../platform/calendar/calendar.js';
import { plusDays } from '../../platform/calendar/days.rules.js';
import type { WorkingTime } from '../../platform/calendar/working-time.rules.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Actor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Forbidden } from '../../platform/http/problem.js';
import { roleMay } from '../identity/permissions.js';
import { serviceClocks, type ServiceClock } from '../leads/lead.rules.js';
import {
  answersStatement,
  attentionStatement,
  countsStatement,
  enquiriesStatement,
  neglectedStatement,
  obstaclesStatement,
  type TodayScope,
} from './today-lists.js';
import type {
  Today,
  TodayAnswer,
  TodayClock,
  TodayCounts,
  TodayEnquiry,
  TodayMessage,
  TodayNeglected,
  TodayObstacle,
} from './today.dto.js';

type EnquiryRow = Pick<TodayEnquiry, 'lead' | 'firm' | 'owner' | 'message'> & {
  openedAt: Date;
  acknowledgedAt: Date | null;
  answeredAt: Date | null;
};
type AnswerRow = Omit<TodayAnswer, 'at'> & { at: Date };
type MessageRow = Omit<TodayMessage, 'createdAt'> & { createdAt: Date; owner: unknown };
type ObstacleRow = Omit<TodayObstacle, 'dueAt'> & { dueAt: Date };
type NeglectedRow = Omit<TodayNeglected, 'lastActivityAt'> & { lastActivityAt: Date };

/** One answer for the start of the day. */
@Injectable()
export class TodayQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {}

  /** @param ownerId `me`, `all` or a user's id */
  async read(ownerId: string, actor: Actor): Promise<Today> {
    const scope: TodayScope = { ownerId: ownerOf(ownerId, actor), now: this.clock.now() };
    const view = await this.calendar.view();
    const day = this.clock.dayOf(scope.now);
    const since = this.clock.startOf(workingDayBefore(day, view));
    const [counts, enquiries, answers, attention, neglected, obstacles] = await Promise.all([
      this.counts(scope, day),
      this.list<EnquiryRow, TodayEnquiry>(enquiriesStatement(scope), (row) =>
        toEnquiry(row, view, scope.now),
      ),
      this.list<AnswerRow, TodayAnswer>(answersStatement(scope, since), (row) => ({
        ...row,
        at: row.at.toISOString(),
      })),
      this.list<MessageRow, TodayMessage>(attentionStatement(scope), ({ owner: _owner, ...row }) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
      })),
      this.list<NeglectedRow, TodayNeglected>(neglectedStatement(scope), (row) => ({
        ...row,
        lastActivityAt: row.lastActivityAt.toISOString(),
      })),
      this.list<ObstacleRow, TodayObstacle>(
        obstaclesStatement(scope, this.clock.startOf(plusDays(day, 1))),
        (row) => ({ ...row, dueAt: row.dueAt.toISOString() }),
      ),
    ]);
    return {
      day,
      counts,
      enquiries,
      answers: { ...answers, since: since.toISOString() },
      attention,
      neglected,
      obstacles,
    };
  }

  private async counts(scope: TodayScope, day: string): Promise<TodayCounts> {
    const start = (days: number) => this.clock.startOf(plusDays(day, days));
    const [counts] = await this.db.query<TodayCounts>(countsStatement(scope, start(0), start(1), start(7)));
    return counts!;
  }

  private async list<Row extends object, Shown>(
    statement: Sql,
    show: (row: Row) => Shown,
  ): Promise<{ items: Shown[]; total: number }> {
    const rows = await this.db.query<Row & { total: number }>(statement);
    const items = rows.map(({ total: _total, ...row }) => show(row as unknown as Row));
    return { items, total: rows[0]?.total ?? 0 };
  }
}

function ownerOf(asked: string, actor: Actor): string | null {
  if (asked === 'me' || asked === actor.id) return actor.id;
  if (!actor.role || !roleMay(actor.role, 'reminder.write_any')) throw new Forbidden();
  return asked === 'all' ? null : asked;
}

function workingDayBefore(day: string, view: WorkingTime): string {
  let before = plusDays(day, -1);
  while (!view.isWorkingDay(before)) before = plusDays(before, -1);
  return before;
}

function toEnquiry(
  { openedAt, acknowledgedAt, answeredAt, ...row }: EnquiryRow,
  view: WorkingTime,
  now: Date,
): TodayEnquiry {
  const clocks = serviceClocks({ source: 'enquiry', openedAt, acknowledgedAt, answeredAt }, view, now)!;
  return {
    ...row,
    source: row.message === null ? 'officer' : 'form',
    receivedAt: openedAt.toISOString(),
    acknowledge: toClock(clocks.acknowledge),
    answer: toClock(clocks.answer),
  };
}

function toClock({ dueAt, doneAt, state }: ServiceClock): TodayClock {
  return { dueAt: dueAt.toISOString(), doneAt: doneAt?.toISOString() ?? null, state };
}
