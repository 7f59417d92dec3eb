import sql from 'sql-template-tag';
import type { PageSpec } from '../../platform/http/pages.js';
import type { LeadFilter } from './lead-filters.rules.js';

export { leadConditions, type LeadFilter } from './lead-filters.rules.js';

/** Every key is served by an index of `lead` that ends in the id, or by the firm's name. */
export const LEAD_LIST: PageSpec = {
  sorts: {
    lastActivityAt: { sql: 'lead.last_activity_at', type: 'timestamptz' },
    createdAt: { sql: 'lead.created_at', type: 'timestamptz' },
    stageSince: { sql: 'lead.stage_since', type: 'timestamptz' },
    nextActionAt: { sql: `coalesce(lead.next_action_at, 'infinity'::timestamptz)`, type: 'timestamptz' },
    name: { sql: 'fold(firm.name)', type: 'text' },
    reference: { sql: 'lead.reference', type: 'text' },
  },
  defaultSort: '-lastActivityAt',
  id: 'lead.id',
};

export const LEAD_FROM = sql`lead`;
export const LEAD_FROM_FIRM = sql`lead JOIN firm ON firm.id = lead.firm_id`;

/** The firm joins only where it sorts: everything shown of it is looked up for the rows of the page alone. */
export function needsFirm(filter: LeadFilter): boolean {
  return (filter.sort ?? '').split(',').some((key) => key.replace('-', '') === 'name');
}

/** Subqueries run after LIMIT, once for each row shown: no join can tempt the planner away from the index. */
export const ROW_COLUMNS = sql`
  lead.id, lead.reference, lead.kind, lead.stage, lead.stage_since AS "stageSince", lead.source, lead.source_round_id AS "sourceRoundId",
  lead.firm_id AS "firmId", (SELECT f.name FROM firm f WHERE f.id = lead.firm_id) AS "firmName",
  lead.owner_id AS "ownerId", (SELECT u.name FROM app_user u WHERE u.id = lead.owner_id) AS "ownerName",
  (SELECT json_agg(json_build_object('id', c.id, 'code', c.code, 'name', c.name) ORDER BY lc.position)
     FROM lead_cluster lc JOIN cluster c ON c.id = lc.cluster_id WHERE lc.lead_id = lead.id) AS clusters,
  (SELECT s.stale_after_days FROM pipeline_stage s WHERE s.kind = lead.kind AND s.code = lead.stage) AS "staleAfterDays",
  lead.summary, lead.sector, lead.area_ha AS "areaHa", lead.jobs_promised AS "jobsPromised", lead.jobs_delivered AS "jobsDelivered",
  lead.committed_amount AS "committedAmount", lead.committed_currency AS "committedCurrency",
  lead.registered_amount AS "registeredAmount", lead.registered_currency AS "registeredCurrency",
  lead.disbursed_amount AS "disbursedAmount", lead.disbursed_currency AS "disbursedCurrency",
  lead.next_action AS "nextAction", lead.next_action_at AS "nextActionAt", lead.last_activity_at AS "lastActivityAt",
  lead.last_answer AS "lastAnswer", lead.wake_on::text AS "wakeOn", lead.opened_at AS "openedAt", lead.created_at AS "createdAt",
  lead.source = 'enquiry' AND lead.answered_at IS NULL AND lead.stage <> 'lost' AS unanswered, lead.sample, lead.version`;
