import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import type { ParticipationStatus } from './participation.entity.js';

export interface ParticipationRow {
  leadId: string;
  firmId: string;
  contactId: string | null;
  eventId: string | null;
  status: ParticipationStatus;
  leadKind: LeadKind;
  clusterIds: readonly string[];
  note: string | null;
}

export interface Upserted {
  /** Of all rows given, in their order. */
  ids: string[];
  created: number;
  updated: number;
  /** Leads that had no part in the round before. */
  newLeadIds: string[];
}

/** The rows of participations, set by set. */
@Injectable()
export class ParticipationsWriter {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async upsert(roundId: string, given: readonly ParticipationRow[]): Promise<Upserted> {
    const merged = mergeByKey(given);
    const rows = [...merged.values()];
    const newLeadIds = await this.leadsWithoutPart(roundId, [...new Set(rows.map((row) => row.leadId))]);
    const written = await this.insertOrUpdate(roundId, rows);
    const idOf = new Map(written.map((row) => [keyOf(row), row.id]));
    await this.addClusters(
      rows.flatMap((row) => row.clusterIds.map((clusterId) => [idOf.get(keyOf(row))!, clusterId] as const)),
    );
    const created = written.filter((row) => row.isNew).length;
    return {
      ids: given.map((row) => idOf.get(keyOf(row))!),
      created,
      updated: written.length - created,
      newLeadIds,
    };
  }

  async change(
    id: string,
    row: {
      contactId?: string | null;
      status?: ParticipationStatus;
      leadId: string | null;
      note: string | null;
      clusterIds?: readonly string[];
    },
  ): Promise<void> {
    await this.db.execute(
      `UPDATE participation SET contact_id = $2, status = $3, lead_id = $4, note = $5, version = version + 1, updated_at = $6 WHERE id = $1`,
      [id, row.contactId ?? null, row.status, row.leadId, row.note, this.clock.now()],
    );
    if (!row.clusterIds) return;
    await this.db.execute(
      `DELETE FROM participation_cluster WHERE participation_id = $1 AND cluster_id <> ALL($2::uuid[])`,
      [id, row.clusterIds],
    );
    await this.addClusters(row.clusterIds.map((clusterId) => [id, clusterId] as const));
  }

  private async leadsWithoutPart(roundId: string, leadIds: readonly string[]): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT l.id FROM unnest($2::uuid[]) AS l (id)
        WHERE NOT EXISTS (SELECT 1 FROM participation p WHERE p.lead_id = l.id AND p.round_id = $1)`,
      [roundId, leadIds],
    );
    return rows.map((row) => row.id);
  }

  /** An invitation that is repeated takes nothing back of what has happened since. */
  private insertOrUpdate(
    roundId: string,
    rows: readonly ParticipationRow[],
  ): Promise<(ParticipationRow & { id: string; isNew: boolean })[]> {
    return this.db.query(
      `INSERT INTO participation AS p (id, round_id, event_id, firm_id, contact_id, status, lead_kind, lead_id, note, created_at, updated_at)
       SELECT t.id, $1, t.event_id, t.firm_id, t.contact_id, t.status, t.lead_kind, t.lead_id, t.note, $10, $10
         FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::text[])
              AS t (id, event_id, firm_id, contact_id, status, lead_kind, lead_id, note)
       ON CONFLICT (round_id, firm_id, lead_kind, coalesce(event_id, '00000000-0000-0000-0000-000000000000'),
                    coalesce(contact_id, '00000000-0000-0000-0000-000000000000'))
       DO UPDATE SET status = CASE WHEN EXCLUDED.status = 'invited' THEN p.status ELSE EXCLUDED.status END,
                     lead_id = EXCLUDED.lead_id, note = coalesce(EXCLUDED.note, p.note),
                     version = p.version + 1, updated_at = EXCLUDED.updated_at
       RETURNING p.id, p.event_id AS "eventId", p.firm_id AS "firmId", p.contact_id AS "contactId", p.lead_kind AS "leadKind", p.version = 1 AS "isNew"`,
      [
        roundId,
        rows.map(() => newId()),
        rows.map((row) => row.eventId),
        rows.map((row) => row.firmId),
        rows.map((row) => row.contactId),
        rows.map((row) => row.status),
        rows.map((row) => row.leadKind),
        rows.map((row) => row.leadId),
        rows.map((row) => row.note),
        this.clock.now(),
      ],
    );
  }

  private async addClusters(
    pairs: readonly (readonly [participationId: string, clusterId: string])[],
  ): Promise<void> {
    if (pairs.length === 0) return;
    await this.db.execute(
      `INSERT INTO participation_cluster (participation_id, cluster_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING`,
      [pairs.map(([id]) => id), pairs.map(([, clusterId]) => clusterId)],
    );
  }
}

type Key = Pick<ParticipationRow, 'firmId' | 'contactId' | 'eventId' | 'leadKind'>;

function keyOf({ firmId, contactId, eventId, leadKind }: Key): string {
  return [firmId, leadKind, eventId ?? '', contactId ?? ''].join(' ');
}

/** The same firm, person and event twice in one list is one participation. */
function mergeByKey(rows: readonly ParticipationRow[]): Map<string, ParticipationRow> {
  const merged = new Map<string, ParticipationRow>();
  for (const row of rows) {
    const before = merged.get(keyOf(row));
    merged.set(keyOf(row), {
      ...row,
      status: before && row.status === 'invited' ? before.status : row.status,
      note: row.note ?? before?.note ?? null,
      clusterIds: [...new Set([...(before?.clusterIds ?? []), ...row.clusterIds])],
    });
  }
  return merged;
}
