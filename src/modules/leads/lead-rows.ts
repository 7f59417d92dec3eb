import type { NamedRef } from '../../platform/http/fields.js';
import type { InvestorAnswer, LeadSource, LostReason } from './lead.entity.js';
import { isStale, missingCare, serviceClocks, type ServiceClock, type WorkingDays } from './lead.rules.js';
import { ROW_COLUMNS } from './lead-list.js';
import type {
  CapitalAnswer,
  ClusterRef,
  ContactRef,
  FirmLead,
  LeadAnswer,
  LeadRowAnswer,
  ServiceClockAnswer,
} from './leads.dto.js';
import type { LeadKind } from './pipelines/pipeline.entity.js';

/** As PostgreSQL gives it. */
export interface LeadListRow {
  id: string;
  reference: string;
  kind: LeadKind;
  stage: string;
  stageSince: Date;
  source: LeadSource;
  sourceRoundId: string | null;
  firmId: string;
  firmName: string;
  ownerId: string | null;
  ownerName: string | null;
  clusters: ClusterRef[] | null;
  staleAfterDays: number | null;
  summary: string | null;
  sector: string | null;
  areaHa: string | null;
  jobsPromised: number | null;
  jobsDelivered: number | null;
  committedAmount: string | null;
  committedCurrency: string | null;
  registeredAmount: string | null;
  registeredCurrency: string | null;
  disbursedAmount: string | null;
  disbursedCurrency: string | null;
  nextAction: string | null;
  nextActionAt: Date | null;
  lastActivityAt: Date;
  lastAnswer: InvestorAnswer | null;
  wakeOn: string | null;
  openedAt: Date;
  createdAt: Date;
  unanswered: boolean;
  sample: boolean;
  version: number;
}

export interface LeadDetailRow extends LeadListRow {
  contact: ContactRef | null;
  partners: NamedRef[] | null;
  helpers: NamedRef[] | null;
  otherLeads: FirmLead[] | null;
  isFinal: boolean | null;
  lastAnswerAt: Date | null;
  acknowledgedAt: Date | null;
  answeredAt: Date | null;
  lostReason: LostReason | null;
  lostTo: string | null;
  stageBeforeExit: string | null;
  updatedAt: Date;
}

export const DETAIL = `
  SELECT ${ROW_COLUMNS.text},
    (SELECT json_build_object('id', c.id, 'name', c.full_name, 'email', c.email, 'phone', c.phone) FROM contact c WHERE c.id = lead.primary_contact_id) AS contact,
    (SELECT json_agg(json_build_object('id', f.id, 'name', f.name) ORDER BY f.name) FROM lead_partner p JOIN firm f ON f.id = p.firm_id WHERE p.lead_id = lead.id) AS partners,
    (SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name) FROM lead_helper h JOIN app_user u ON u.id = h.user_id WHERE h.lead_id = lead.id) AS helpers,
    (SELECT json_agg(json_build_object('id', o.id, 'reference', o.reference, 'kind', o.kind, 'stage', o.stage, 'lastActivityAt', o.last_activity_at,
              'owner', (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u WHERE u.id = o.owner_id),
              'helpers', (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name), '[]')
                            FROM lead_helper h JOIN app_user u ON u.id = h.user_id WHERE h.lead_id = o.id),
              'clusters', (SELECT coalesce(json_agg(json_build_object('id', c.id, 'code', c.code, 'name', c.name) ORDER BY lc.position), '[]')
                             FROM lead_cluster lc JOIN cluster c ON c.id = lc.cluster_id WHERE lc.lead_id = o.id)) ORDER BY o.last_activity_at DESC, o.id)
       FROM (SELECT x.* FROM lead x WHERE x.firm_id = lead.firm_id AND x.id <> lead.id ORDER BY x.last_activity_at DESC, x.id LIMIT 20) o) AS "otherLeads",
    (SELECT s.is_final FROM pipeline_stage s WHERE s.kind = lead.kind AND s.code = lead.stage) AS "isFinal",
    lead.last_answer_at AS "lastAnswerAt", lead.acknowledged_at AS "acknowledgedAt", lead.answered_at AS "answeredAt",
    lead.lost_reason AS "lostReason", lead.lost_to AS "lostTo", lead.stage_before_exit AS "stageBeforeExit", lead.updated_at AS "updatedAt"
  FROM lead WHERE lead.id = $1`;

export const SNAPSHOTS = `
  SELECT l.id, l.reference, l.firm_id AS "firmId", f.name AS "firmName", l.kind, l.stage,
         coalesce(s.position, 0) AS "stagePosition", coalesce(s.is_final AND l.stage_before_exit IS NULL, false) AS "isFinal",
         l.owner_id AS "ownerId", l.primary_contact_id AS "primaryContactId",
         ARRAY(SELECT c.cluster_id::text FROM lead_cluster c WHERE c.lead_id = l.id ORDER BY c.position) AS "clusterIds",
         l.last_answer AS "lastAnswer", l.last_answer_at AS "lastAnswerAt", l.last_activity_at AS "lastActivityAt",
         l.next_action_at AS "nextActionAt", l.sample
    FROM lead l JOIN firm f ON f.id = l.firm_id
    LEFT JOIN pipeline_stage s ON s.kind = l.kind AND s.code = coalesce(l.stage_before_exit, l.stage)
   WHERE l.id = ANY($1::uuid[])`;

export function toLeadRow(row: LeadListRow, now: Date): LeadRowAnswer {
  return {
    id: row.id,
    reference: row.reference,
    kind: row.kind,
    stage: row.stage,
    stageSince: row.stageSince.toISOString(),
    firm: { id: row.firmId, name: row.firmName },
    owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? '' },
    clusters: row.clusters ?? [],
    source: row.source,
    roundId: row.sourceRoundId,
    summary: row.summary,
    sector: row.sector,
    areaHa: row.areaHa === null ? null : Number(row.areaHa),
    capital: capitalOf(row),
    jobsPromised: row.jobsPromised,
    jobsDelivered: row.jobsDelivered,
    nextAction: row.nextAction,
    nextActionAt: row.nextActionAt?.toISOString() ?? null,
    lastActivityAt: row.lastActivityAt.toISOString(),
    stale: isStale(row, row.staleAfterDays, now),
    unanswered: row.unanswered,
    lastAnswer: row.lastAnswer,
    wakeOn: row.wakeOn,
    openedAt: row.openedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    sample: row.sample,
    version: row.version,
  };
}

function capitalOf(row: LeadListRow): CapitalAnswer {
  const money = (amount: string | null, currency: string | null) =>
    amount === null || currency === null ? null : { amount: amount.replace(/\.00$/, ''), currency };
  return {
    committed: money(row.committedAmount, row.committedCurrency),
    registered: money(row.registeredAmount, row.registeredCurrency),
    disbursed: money(row.disbursedAmount, row.disbursedCurrency),
  };
}

export function toLead(row: LeadDetailRow, calendar: WorkingDays, now: Date): LeadAnswer {
  const clocks = serviceClocks(row, calendar, now);
  const awake = row.isFinal === false;
  return {
    ...toLeadRow(row, now),
    primaryContact: row.contact,
    partners: row.partners ?? [],
    helpers: row.helpers ?? [],
    otherLeads: (row.otherLeads ?? []).map((other) => ({
      ...other,
      lastActivityAt: new Date(other.lastActivityAt).toISOString(),
    })),
    lastAnswerAt: row.lastAnswerAt?.toISOString() ?? null,
    service: clocks && { acknowledge: toClock(clocks.acknowledge), answer: toClock(clocks.answer) },
    missing: awake ? missingCare(row, row.openedAt, calendar, now) : [],
    lostReason: row.lostReason,
    lostTo: row.lostTo,
    stageBeforeExit: row.stageBeforeExit,
    updatedAt: row.updatedAt.toISOString(),
  };
}

function toClock({ dueAt, doneAt, state }: ServiceClock): ServiceClockAnswer {
  return { dueAt: dueAt.toISOString(), doneAt: doneAt?.toISOString() ?? null, state };
}
