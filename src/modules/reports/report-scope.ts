import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import sql, { type Sql } from 'sql-template-tag';
import { plusDays } from '../../platform/calendar/days.rules.js';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { currentActor } from '../../platform/database/actor.js';
import { Invalid } from '../../platform/http/problem.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { leadConditions, type FilterContext } from '../leads/lead-filters.rules.js';
import type { Basis, LeadGrouping, ReportFilters } from './report-query.dto.js';

/** A report's question with every word resolved: `me` is a person, a missing day is today. */
export interface ReportScope {
  filters: ReportFilters & { asOf: string; basis: Basis };
  groupBy: string;
  /** Within the first grouping. */
  thenBy: LeadGrouping | null;
  language: Language;
  /** A day before today. */
  past: boolean;
  /** Of a past day, as it was recorded by its end: leads are read from their versions. */
  recorded: boolean;
  /** The first instant that the report does not see: the next day's, or just after now. */
  end: Date;
  /** The local month of the day. @example "2026-03" */
  month: string;
  /** The first instant after that month. */
  monthEnd: Date;
  /** From when delays count: now, or the end of the past day. */
  at: Date;
  timeZone: string;
  /** Conditions on a relation called `lead`. */
  leadConditions: Sql[];
  /** The span `from` to `to` on an instant. */
  between(column: Sql): Sql[];
}

@Injectable()
export class ReportScopes {
  constructor(
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @param own filters that the report applies to its own rows instead of the leads */
  resolve(
    query: ReportFilters & { thenBy?: LeadGrouping },
    groupBy: string,
    language: Language,
    own: readonly (keyof ReportFilters)[] = [],
  ): ReportScope {
    const today = this.clock.today();
    const { asOf = today, basis = 'recorded', from, to, thenBy = null } = query;
    if (asOf > today) throw new Invalid('asOf', 'report_day_in_future', { today });
    if (from !== undefined && to !== undefined && to < from) throw new Invalid('to', 'report_range_reversed');
    if (thenBy === groupBy) throw new Invalid('thenBy', 'report_grouped_twice');
    const past = asOf < today;
    const recorded = past && basis === 'recorded';
    const now = this.clock.now();
    const end = past ? this.clock.startOf(plusDays(asOf, 1)) : new Date(now.getTime() + 1);
    const at = past ? end : now;
    const userId = currentActor()?.id ?? null;
    const filters = { ...pickFilters(query), asOf, basis };
    if (filters.ownerId === 'me' && userId !== null) filters.ownerId = userId;
    const startOf = (day: string) => this.clock.startOf(day);
    const ofLeads = Object.fromEntries(
      Object.entries(filters).filter(([name]) => !own.some((mine) => mine === name)),
    );
    return {
      filters,
      groupBy,
      thenBy,
      language,
      past,
      recorded,
      end,
      at,
      month: asOf.slice(0, 7),
      monthEnd: this.clock.startOf(firstOfNextMonth(asOf)),
      timeZone: this.config.timeZone,
      leadConditions: recorded
        ? versionConditions(ofLeads, { now: at, userId, startOf })
        : leadConditions(ofLeads, { now: at, userId, startOf }),
      between: (column) => [
        ...(from === undefined ? [] : [sql`${column} >= ${startOf(from)}`]),
        ...(to === undefined ? [] : [sql`${column} < ${startOf(plusDays(to, 1))}`]),
      ],
    };
  }
}

/** The conditions of the lead list on leads as their versions have them: with the clusters of that day. */
function versionConditions(
  { clusterId, planningDistrictId, ...filters }: ReportFilters,
  context: FilterContext,
): Sql[] {
  return [
    ...leadConditions(filters, context),
    ...(clusterId === undefined ? [] : [sql`${clusterId}::uuid = ANY(lead.cluster_ids)`]),
    ...(planningDistrictId === undefined
      ? []
      : [sql`${planningDistrictId}::uuid = ANY(lead.planning_district_ids)`]),
  ];
}

/** @example "2026-12-31" → "2027-01-01" */
function firstOfNextMonth(day: string): string {
  return DateTime.fromISO(day).plus({ months: 1 }).startOf('month').toISODate()!;
}

const FILTERS = [
  'stage',
  'kind',
  'ownerId',
  'clusterId',
  'planningDistrictId',
  'firmId',
  'source',
  'roundId',
  'createdFrom',
  'createdTo',
  'stale',
  'unanswered',
  'q',
  'from',
  'to',
] as const satisfies readonly (keyof ReportFilters)[];

/** Without what only says how the answer is given: format, pages, figure. */
function pickFilters(query: ReportFilters): ReportFilters {
  return Object.fromEntries(
    FILTERS.filter((name) => query[name] !== undefined).map((name) => [name, query[name]]),
  );
}

/** The scope as a query string again, so that a figure's rows are asked for exactly as the figure was. */
export function scopeParams(scope: ReportScope): Record<string, string> {
  const given = Object.entries(scope.filters).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : String(value),
  ]);
  const groupings = [
    ['groupBy', scope.groupBy],
    ...(scope.thenBy === null ? [] : [['thenBy', scope.thenBy]]),
  ];
  return Object.fromEntries([...given, ...groupings]) as Record<string, string>;
}

/** A link to the rows of one figure. Groups are left out for the totals. */
export function rowsLink(report: string, scope: ReportScope, figure: string, group?: string): string {
  const params = new URLSearchParams({
    ...scopeParams(scope),
    figure,
    ...(group !== undefined && { group }),
  });
  return `/api/v1/reports/${report}/rows?${params.toString()}`;
}
