import sql, { join, raw, type Sql } from 'sql-template-tag';
import { whereClause } from '../../platform/http/pages.js';
import type { Section } from './cells.js';
import { LEAD_NAME, leadsOn } from './lead-base.js';
import type { ReportScope } from './report-scope.js';

/** Days after the close at which the results are read. */
export const CHECK_DAYS = [30, 60, 180] as const;

/** What a lead can reach; a visit is no outcome, since it does not foretell an investment. */
export const RESULTS = ['qualified', 'siteVisits', 'dossiers', 'approvals'] as const;
export type Result = (typeof RESULTS)[number];

/** From which stage of each kind on a result counts as reached. */
const GATES: Record<Exclude<Result, 'siteVisits'>, { infrastructure: string; secondary: string }> = {
  qualified: { infrastructure: 'qualified', secondary: 'qualified' },
  dossiers: { infrastructure: 'dossier_filed', secondary: 'licensing' },
  approvals: { infrastructure: 'approved', secondary: 'land_leased' },
};

export const resultFigure = (result: Result, day: number) => `${result}AtDay${day}`;

/** The rounds asked about: by their start, and never one of the future. */
export function roundConditions(scope: ReportScope): Sql[] {
  const { from, to, roundId, asOf } = scope.filters;
  return [
    sql`p.starts_on <= ${asOf}::date`,
    ...(from ? [sql`p.starts_on >= ${from}::date`] : []),
    ...(to ? [sql`p.starts_on <= ${to}::date`] : []),
    ...(roundId ? [sql`p.id = ${roundId}::uuid`] : []),
    ...(scope.past ? [sql`p.created_at < ${scope.end}`] : []),
  ];
}

const LABEL = sql`(SELECT p.code || ' – ' || p.name FROM promotion_round p WHERE p.id = cell.round::uuid)`;
const ORDER = sql`(SELECT p.starts_on - DATE '1970-01-01' FROM promotion_round p WHERE p.id = cell.round::uuid)`;
const BY_ROUND = { keys: ['round'], labels: [LABEL], orders: [ORDER] };

/** Firms at the round; one that came to two events is one. */
export function participantSection(scope: ReportScope): Section {
  const { kind, firmId } = scope.filters;
  const where = [
    ...roundConditions(scope),
    ...(scope.past ? [sql`pa.created_at < ${scope.end}`] : []),
    ...(kind ? [sql`pa.lead_kind = ${kind}`] : []),
    ...(firmId ? [sql`pa.firm_id = ${firmId}::uuid`] : []),
  ];
  const shown = sql`base.firm_id AS id, NULL::text AS reference, NULL::uuid AS lead_id, bool_or(base.attended) AS attended`;
  return {
    ...BY_ROUND,
    type: 'firm',
    base: sql`
      SELECT pa.firm_id, p.id AS round_id, pa.status = 'attended' AS attended
        FROM promotion_round p JOIN participation pa ON pa.round_id = p.id ${whereClause(where)}`,
    rows: sql`SELECT ${shown}, base.round_id::text AS round FROM base GROUP BY base.firm_id, base.round_id`,
    once: sql`SELECT ${shown} FROM base GROUP BY base.firm_id`,
    splits: [],
    measures: { participants: {}, attended: { when: sql`r.attended` } },
    name: sql`(SELECT f.name FROM firm f WHERE f.id = r.id)`,
  };
}

/** Mails to investors about the round, and what they answered. */
export function mailSection(scope: ReportScope): Section {
  const where = [
    ...roundConditions(scope),
    sql`m.audience = 'investor'`,
    sql`m.status = 'sent'`,
    sql`m.sent_at < ${scope.end}`,
  ];
  return {
    ...BY_ROUND,
    type: 'message',
    base: sql`
      SELECT m.id, m.lead_id, p.id AS round_id, m.subject, CASE WHEN a.at < ${scope.end} THEN a.answer END AS answer
        FROM promotion_round p JOIN message m ON m.round_id = p.id
        LEFT JOIN message_answer a ON a.message_id = m.id ${whereClause(where)}`,
    rows: sql`
      SELECT base.id, (SELECT l.reference FROM lead l WHERE l.id = base.lead_id) AS reference, base.lead_id, base.subject,
             base.answer, base.round_id::text AS round FROM base`,
    splits: ['answer'],
    measures: {
      mailsSent: {},
      answered: { when: sql`r.answer IS NOT NULL` },
      answers: { when: sql`r.answer IS NOT NULL`, split: 'answer' },
    },
    name: sql`r.subject`,
  };
}

/** The stage each result begins at, by kind, as positions. */
function gates(): Sql {
  const columns = Object.entries(GATES).map(([result, { infrastructure, secondary }]) => {
    const code = `CASE s.kind WHEN 'infrastructure' THEN '${infrastructure}' ELSE '${secondary}' END`;
    return `max(s.position) FILTER (WHERE s.code = ${code}) AS ${result}`;
  });
  return sql`SELECT s.kind, ${raw(columns.join(', '))} FROM pipeline_stage s GROUP BY s.kind`;
}

/**
 * Leads that the round made or joined, with the day of each result. A result counts for the round when it was
 * first reached on or after its first day; a visit when there was one since.
 */
function roundLeads(scope: ReportScope): Sql {
  const { end, timeZone, filters } = scope;
  const known =
    scope.past && filters.basis === 'happened'
      ? sql`c.on_day <= ${filters.asOf}::date`
      : sql`c.recorded_at < ${end}`;
  const reached = Object.keys(GATES).map((result) =>
    raw(`min(c.on_day) FILTER (WHERE s.position >= g.${result}) AS ${result}`),
  );
  const since = Object.keys(GATES).map((result) =>
    raw(`CASE WHEN h.${result} >= p.starts_on THEN h.${result} END AS ${result}`),
  );
  return sql`
    SELECT lead.id, lead.reference, p.id AS round_id, (p.closed_at AT TIME ZONE ${timeZone})::date AS closed_on,
           ${join(since)}, least(h.visited, v.visited) AS "siteVisits"
      FROM promotion_round p
      JOIN (SELECT pa.round_id, pa.lead_id FROM participation pa WHERE pa.lead_id IS NOT NULL
             UNION SELECT l.source_round_id, l.id FROM lead l WHERE l.source_round_id IS NOT NULL) AS of_round ON of_round.round_id = p.id
      JOIN ${leadsOn(scope)} ON lead.id = of_round.lead_id
      JOIN (${gates()}) AS g ON g.kind = lead.kind
      LEFT JOIN LATERAL (
        SELECT ${join(reached)}, min(c.on_day) FILTER (WHERE c.to_stage = 'site_visit' AND c.on_day >= p.starts_on) AS visited
          FROM lead_stage_change c LEFT JOIN pipeline_stage s ON s.kind = lead.kind AND s.code = c.to_stage
         WHERE c.lead_id = lead.id AND ${known}) AS h ON true
      LEFT JOIN LATERAL (
        SELECT min((a.happened_at AT TIME ZONE ${timeZone})::date) AS visited FROM activity a
         WHERE a.lead_id = lead.id AND a.kind = 'visit' AND a.happened_at < ${end}
           AND (a.happened_at AT TIME ZONE ${timeZone})::date >= p.starts_on) AS v ON true
     ${whereClause([...roundConditions(scope), ...scope.leadConditions])}`;
}

/** What became of the round's leads, by now and at each check day that has come. */
export function roundLeadSection(scope: ReportScope): Section {
  const flags = RESULTS.flatMap((result) => [
    { figure: result as string, is: raw(`base."${result}" IS NOT NULL`) },
    ...CHECK_DAYS.map((day) => ({
      figure: resultFigure(result, day),
      is: sql`${raw(`base."${result}" <= base.closed_on + ${day}`)} AND ${raw(`base.closed_on + ${day}`)} <= ${scope.filters.asOf}::date`,
    })),
  ]);
  const any = flags.map(({ figure, is }) => sql`coalesce(bool_or(${is}), false) AS ${raw(`"${figure}"`)}`);
  const shown = sql`base.id, base.reference, base.id AS lead_id, ${join(any)}`;
  return {
    ...BY_ROUND,
    type: 'lead',
    base: roundLeads(scope),
    rows: sql`SELECT ${shown}, base.round_id::text AS round FROM base GROUP BY base.id, base.reference, base.round_id`,
    once: sql`SELECT ${shown} FROM base GROUP BY base.id, base.reference`,
    splits: [],
    measures: {
      leads: {},
      ...Object.fromEntries(flags.map(({ figure }) => [figure, { when: raw(`r."${figure}"`) }])),
    },
    name: LEAD_NAME,
  };
}
