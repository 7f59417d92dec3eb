import sql, { join, raw, type Sql } from 'sql-template-tag';
import { whereClause } from '../../platform/http/pages.js';
import type { Section } from './cells.js';
import { LEAD_NAME, leadBase, leadsOn } from './lead-base.js';
import type { FollowUpGrouping } from './report-query.dto.js';
import type { ReportScope } from './report-scope.js';

/** Every reminder is in exactly one of these; together they are what was planned. */
export const REMINDER_STATES = [
  'onTime',
  'late',
  'delivering',
  'notDelivered',
  'waiting',
  'overdue',
  'missed',
  'skipped',
  'stopped',
  'cancelled',
] as const;

/** When it was done, or the mail left; null while neither. */
const SETTLED = sql`
  CASE WHEN r.status IN ('pending', 'open') THEN NULL
       WHEN r.status <> 'sent' THEN coalesce(r.closed_at, r.updated_at)
       WHEN m.id IS NULL THEN r.dispatched_at ELSE m.sent_at END AS settled_at`;

/** On time is by the end of the day on which it was due, a snooze included; `missed` is overdue and escalated. */
function stateOf({ end, timeZone, filters }: ReportScope): Sql {
  const localDay = (column: string) => sql`(x.${raw(column)} AT TIME ZONE ${timeZone})::date`;
  return sql`
    CASE WHEN x.status IN ('skipped', 'stopped', 'cancelled') AND x.settled_at < ${end} THEN x.status
         WHEN x.message_status IN ('failed', 'bounced', 'unknown', 'cancelled') AND x.dispatched_at < ${end} THEN 'notDelivered'
         WHEN x.status IN ('sent', 'done') AND x.settled_at < ${end}
           THEN CASE WHEN ${localDay('settled_at')} <= ${localDay('due_at')} THEN 'onTime' ELSE 'late' END
         WHEN x.status = 'sent' AND x.dispatched_at < ${end} THEN 'delivering'
         WHEN ${localDay('due_at')} >= ${filters.asOf}::date THEN 'waiting'
         WHEN x.escalated_at < ${end} THEN 'missed' ELSE 'overdue' END AS state`;
}

function reminderBase(scope: ReportScope): Sql {
  const { filters, end } = scope;
  const where = [
    ...scope.leadConditions,
    ...scope.between(sql`r.due_at`),
    ...(scope.past && filters.basis === 'recorded' ? [sql`r.created_at < ${end}`] : []),
    ...(filters.roundId ? [sql`r.round_id = ${filters.roundId}::uuid`] : []),
    ...ownerCondition(filters.ownerId),
  ];
  return sql`
    SELECT x.*, ${stateOf(scope)} FROM (
      SELECT r.id, lead.reference, r.lead_id, r.owner_id, r.round_id, r.title_vi, r.title_en, r.due_at, r.status, r.reason,
             CASE WHEN r.step_id IS NOT NULL THEN r.step_key ELSE split_part(r.step_key, ':', 1) END AS step,
             r.escalated_at, r.snooze_count, r.dispatched_at, ${SETTLED}, m.status AS message_status,
             CASE WHEN a.at < ${end} THEN a.answer END AS answer
        FROM reminder r
        JOIN ${leadsOn(scope)} ON lead.id = r.lead_id
        LEFT JOIN message m ON m.id = r.message_id
        LEFT JOIN message_answer a ON a.message_id = m.id
       ${whereClause(where)}) AS x`;
}

function ownerCondition(ownerId: string | undefined): Sql[] {
  if (ownerId === undefined) return [];
  return [ownerId === 'none' ? sql`r.owner_id IS NULL` : sql`r.owner_id = ${ownerId}::uuid`];
}

const KEYS: Record<FollowUpGrouping, string[]> = {
  ownerStep: ['owner', 'step'],
  owner: ['owner'],
  step: ['step'],
  round: ['round'],
};

/** Titles are kept in two languages. */
const languageColumn = ({ language }: ReportScope) => (language === 'vi' ? 'vi' : 'en');

function labelOf(key: string, scope: ReportScope): Sql {
  if (key === 'owner') return sql`(SELECT u.name FROM app_user u WHERE u.id = cell.owner::uuid)`;
  if (key === 'round')
    return sql`(SELECT p.code || ' – ' || p.name FROM promotion_round p WHERE p.id = cell.round::uuid)`;
  return latestStep(raw(`s.title_${languageColumn(scope)}`));
}

/** A plan's step keeps its key through the versions: the newest says what it is called and where it stands. */
function latestStep(column: Sql): Sql {
  return sql`(SELECT ${column} FROM follow_up_step s JOIN follow_up_plan_version v ON v.id = s.plan_version_id
               WHERE s.key = cell.step ORDER BY v.created_at DESC, v.id DESC LIMIT 1)`;
}

/** What came of the reminders. */
export function followUpSection(scope: ReportScope): Section {
  const keys = KEYS[scope.groupBy as FollowUpGrouping];
  const states = REMINDER_STATES.map(
    (state) => [state, { when: sql`r.state = ${raw(`'${state}'`)}` }] as const,
  );
  const title = raw(`r.title_${languageColumn(scope)}`);
  return {
    type: 'reminder',
    base: reminderBase(scope),
    rows: sql`
      SELECT base.id, base.reference, base.lead_id, base.title_vi, base.title_en, base.owner_id::text AS owner, base.step,
             base.round_id::text AS round, base.state, base.reason, base.answer, base.escalated_at, base.snooze_count FROM base`,
    keys,
    labels: keys.map((key) => labelOf(key, scope)),
    ...(keys.includes('step') && { orders: [latestStep(raw('s.position'))] }),
    splits: ['reason', 'answer'],
    measures: {
      planned: {},
      ...Object.fromEntries(states),
      skippedBy: { when: sql`r.state = 'skipped'`, split: 'reason' },
      stoppedBy: { when: sql`r.state = 'stopped'`, split: 'reason' },
      cancelledBy: { when: sql`r.state = 'cancelled'`, split: 'reason' },
      escalated: { when: sql`r.escalated_at < ${scope.end}` },
      snoozed: { when: sql`r.snooze_count > 0` },
      answered: { when: sql`r.answer IS NOT NULL` },
      answers: { when: sql`r.answer IS NOT NULL`, split: 'answer' },
    },
    name: sql`${title} || ' – ' || ${LEAD_NAME}`,
  };
}

const CLOCKS = { acknowledgement: 'acknowledged_at', answer: 'answered_at' } as const;
export type ServiceClockName = keyof typeof CLOCKS;
export const SERVICE_CLOCKS = Object.keys(CLOCKS) as ServiceClockName[];

/** Enquiries against the service standard; hours by the calendar, not working hours. */
export function serviceSection(scope: ReportScope): Section {
  const hours = SERVICE_CLOCKS.map((name) => sql`${hoursTo(CLOCKS[name])} AS ${raw(name)}`);
  const measures = SERVICE_CLOCKS.flatMap((name) => [
    [`service.${name}.done`, { when: sql`r.${raw(name)} IS NOT NULL`, sum: raw(`r.${name}`) }] as const,
    [`service.${name}.outstanding`, { when: sql`r.${raw(name)} IS NULL` }] as const,
  ]);
  return {
    type: 'lead',
    base: leadBase(scope, [sql`lead.source = 'enquiry'`]),
    rows: sql`SELECT base.id, base.reference, base.id AS lead_id, ${join(hours)} FROM base`,
    keys: [],
    labels: [],
    splits: [],
    measures: { 'service.enquiries': {}, ...Object.fromEntries(measures) },
    name: LEAD_NAME,
  };
}

function hoursTo(column: string): Sql {
  return sql`round((extract(epoch FROM base.${raw(column)} - base.opened_at) / 3600)::numeric, 2)`;
}

/** The distribution in one row: `<clock>_done`, `_outstanding`, `_median`, `_p90`, `_max`. */
export function serviceStatement(scope: ReportScope): Sql {
  const { base, rows } = serviceSection(scope);
  const columns = SERVICE_CLOCKS.flatMap((name) => [
    `count(r.${name})::int AS ${name}_done`,
    `(count(*) - count(r.${name}))::int AS ${name}_outstanding`,
    `round(percentile_cont(0.5) WITHIN GROUP (ORDER BY r.${name})::numeric, 2)::float8 AS ${name}_median`,
    `round(percentile_cont(0.9) WITHIN GROUP (ORDER BY r.${name})::numeric, 2)::float8 AS ${name}_p90`,
    `max(r.${name})::float8 AS ${name}_max`,
  ]);
  return sql`WITH base AS (${base}) SELECT count(*)::int AS enquiries, ${raw(columns.join(', '))} FROM (${rows}) AS r`;
}
