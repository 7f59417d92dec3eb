import { Injectable } from '@nestjs/common';
import sql, { join, type Sql } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, type Page, type PageQuery, type PageSpec } from '../../platform/http/pages.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import type { ParticipationStatus } from './participation.entity.js';
import type {
  AddedParticipation,
  EventAnswer,
  EventList,
  ParticipationAnswer,
} from './participations.dto.js';
import type { EventKind } from './promotion-event.entity.js';
import type { RoundCluster } from './rounds.dto.js';

export interface ParticipationFilter extends PageQuery {
  status?: string[];
  eventId?: string;
  firmId?: string;
  clusterId?: string;
  leadKind?: LeadKind;
}

export interface ParticipationRow {
  id: string;
  roundId: string;
  firmId: string;
  firmName: string;
  contactId: string | null;
  contactName: string | null;
  contactRestricted: boolean;
  eventId: string | null;
  eventName: string | null;
  status: ParticipationStatus;
  leadKind: LeadKind;
  leadId: string | null;
  reference: string | null;
  stage: string | null;
  clusters: RoundCluster[] | null;
  note: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

interface EventRow {
  id: string;
  roundId: string;
  kind: EventKind;
  name: string;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
  participations: number;
  attended: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

const LIST: PageSpec = {
  sorts: {
    createdAt: { sql: 'p.created_at', type: 'timestamptz' },
    updatedAt: { sql: 'p.updated_at', type: 'timestamptz' },
    name: { sql: 'f.name', type: 'text' },
    status: { sql: 'p.status', type: 'text' },
  },
  defaultSort: 'createdAt',
  id: 'p.id',
};

export const PARTICIPATION_FROM = sql`participation p JOIN firm f ON f.id = p.firm_id`;

export const PARTICIPATION_COLUMNS = sql`
  p.id, p.round_id AS "roundId", p.firm_id AS "firmId", f.name AS "firmName", p.contact_id AS "contactId", p.event_id AS "eventId",
  p.status, p.lead_kind AS "leadKind", p.lead_id AS "leadId", p.note, p.version, p.created_at AS "createdAt", p.updated_at AS "updatedAt",
  (SELECT c.full_name FROM contact c WHERE c.id = p.contact_id) AS "contactName",
  EXISTS (SELECT 1 FROM contact c WHERE c.id = p.contact_id AND c.restricted_at IS NOT NULL) AS "contactRestricted",
  (SELECT e.name FROM promotion_event e WHERE e.id = p.event_id) AS "eventName",
  (SELECT l.reference FROM lead l WHERE l.id = p.lead_id) AS reference,
  (SELECT l.stage FROM lead l WHERE l.id = p.lead_id) AS stage,
  (SELECT json_agg(json_build_object('id', c.id, 'code', c.code, 'name', c.name) ORDER BY c.name)
     FROM participation_cluster k JOIN cluster c ON c.id = k.cluster_id WHERE k.participation_id = p.id) AS clusters`;

const EVENTS = `
  SELECT e.id, e.round_id AS "roundId", e.kind, e.name, e.starts_at AS "startsAt", e.ends_at AS "endsAt", e.place, e.version,
         e.created_at AS "createdAt", e.updated_at AS "updatedAt", count(p.id)::int AS participations,
         count(p.id) FILTER (WHERE p.status = 'attended')::int AS attended
    FROM promotion_event e LEFT JOIN participation p ON p.event_id = e.id`;

@Injectable()
export class ParticipationsQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
  ) {}

  list(roundId: string, filter: ParticipationFilter): Promise<Page<ParticipationAnswer>> {
    return this.pages.read(
      LIST,
      {
        select: PARTICIPATION_COLUMNS,
        from: PARTICIPATION_FROM,
        where: [sql`p.round_id = ${roundId}`, ...participationConditions(filter)],
      },
      filter,
      toParticipation,
    );
  }

  async get(roundId: string, id: string): Promise<ParticipationAnswer> {
    const [row] = await this.db.query<ParticipationRow>(
      sql`SELECT ${PARTICIPATION_COLUMNS} FROM ${PARTICIPATION_FROM} WHERE p.id = ${id} AND p.round_id = ${roundId}`,
    );
    if (!row) throw new NotFound('participation_not_found');
    return toParticipation(row);
  }

  /** In the order of the ids. */
  async added(ids: readonly string[]): Promise<AddedParticipation[]> {
    const rows = await this.db.query<AddedParticipation>(
      `SELECT id, lead_id AS "leadId" FROM participation WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id)!);
  }

  /** In the order of their times. */
  async events(roundId: string): Promise<EventList> {
    const rows = await this.db.query<EventRow>(
      `${EVENTS} WHERE e.round_id = $1 GROUP BY e.id ORDER BY e.starts_at, e.id`,
      [roundId],
    );
    return { items: rows.map(toEvent) };
  }

  async event(id: string): Promise<EventAnswer> {
    const [row] = await this.db.query<EventRow>(`${EVENTS} WHERE e.id = $1 GROUP BY e.id`, [id]);
    if (!row) throw new NotFound('event_not_found');
    return toEvent(row);
  }
}

export function participationConditions(filter: ParticipationFilter): Sql[] {
  const conditions: Sql[] = [];
  if (filter.status) conditions.push(sql`p.status IN (${join(filter.status)})`);
  if (filter.eventId !== undefined) conditions.push(sql`p.event_id = ${filter.eventId}`);
  if (filter.firmId !== undefined) conditions.push(sql`p.firm_id = ${filter.firmId}`);
  if (filter.leadKind !== undefined) conditions.push(sql`p.lead_kind = ${filter.leadKind}`);
  if (filter.clusterId !== undefined) {
    conditions.push(
      sql`EXISTS (SELECT 1 FROM participation_cluster k WHERE k.participation_id = p.id AND k.cluster_id = ${filter.clusterId})`,
    );
  }
  const text = filter.q?.trim();
  if (text) conditions.push(sql`f.search LIKE fold(${`%${text.replace(/[\\%_]/g, '\\$&')}%`})`);
  return conditions;
}

export function toParticipation(row: ParticipationRow): ParticipationAnswer {
  return {
    id: row.id,
    roundId: row.roundId,
    firm: { id: row.firmId, name: row.firmName },
    contact: row.contactId === null ? null : { id: row.contactId, name: row.contactName ?? '' },
    contactRestricted: row.contactRestricted,
    event: row.eventId === null ? null : { id: row.eventId, name: row.eventName ?? '' },
    status: row.status,
    leadKind: row.leadKind,
    leadId: row.leadId,
    lead:
      row.leadId === null ? null : { id: row.leadId, reference: row.reference ?? '', stage: row.stage ?? '' },
    clusters: row.clusters ?? [],
    note: row.note,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function toEvent(row: EventRow): EventAnswer {
  return {
    ...row,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
