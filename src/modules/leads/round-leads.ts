import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { LeadAssignments, OPEN_LEAD } from './lead-assignments.js';
import { LeadOpenings } from './lead-openings.js';
import type { LeadKind } from './pipelines/pipeline.entity.js';
import { StageMoves } from './stage-moves.js';
import { Timeline } from './timeline/timeline.service.js';

export interface RoundParticipant {
  firmId: string;
  kind: LeadKind;
  contactId?: string | null;
  clusterIds?: readonly string[];
  ownerId?: string | null;
  /** The firm came, it was not merely invited: a sleeping lead wakes up. */
  wakes?: boolean;
  sample?: boolean;
}

/** The key of the map that `openForRound` answers. */
export function leadKey(firmId: string, kind: LeadKind): string {
  return `${firmId}:${kind}`;
}

interface Wish extends RoundParticipant {
  clusterIds: string[];
}

interface Found {
  id: string;
  key: string;
  stage: string;
  ownerId: string | null;
}

/** Leads that a promotion round makes, or joins: one open lead of a firm and kind, however often it came. */
@Injectable()
export class RoundLeads {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly openings: LeadOpenings,
    private readonly assignments: LeadAssignments,
    private readonly moves: StageMoves,
    private readonly timeline: Timeline,
  ) {}

  /**
   * Set by set. Two callers with the same firm wait for each other at the firm's row, so neither doubles the
   * other's lead. A lead that is joined keeps its contact and owner where it has one, and gains the clusters.
   */
  open(roundId: string, participants: readonly RoundParticipant[]): Promise<Map<string, string>> {
    return this.db.transaction(async () => {
      const wishes = mergeByKey(participants);
      await this.lockFirms([...wishes.values()]);
      const found = await this.findOpen([...wishes.values()]);
      await this.join(found, wishes);
      const leadIds = new Map(found.map(({ key, id }) => [key, id]));
      const fresh = [...wishes].filter(([key]) => !leadIds.has(key));
      const opened = await this.openings.openMany(
        fresh.map(([, { firmId, kind, contactId, clusterIds, ownerId, sample }]) => ({
          firmId,
          kind,
          source: 'round' as const,
          sourceRoundId: roundId,
          primaryContactId: contactId,
          clusterIds,
          ownerId,
          sample,
        })),
      );
      fresh.forEach(([key], index) => leadIds.set(key, opened[index]!.id));
      return leadIds;
    });
  }

  private async lockFirms(wishes: readonly Wish[]): Promise<void> {
    await this.db.execute(`SELECT 1 FROM firm WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, [
      wishes.map(({ firmId }) => firmId),
    ]);
  }

  /** Of several open leads one that is awake, then the one last active. */
  private async findOpen(wishes: readonly Wish[]): Promise<Found[]> {
    const found = await this.db.query<Found>(
      `SELECT DISTINCT ON (l.firm_id, l.kind) l.id, l.firm_id || ':' || l.kind AS key, l.stage, l.owner_id AS "ownerId"
         FROM lead l JOIN unnest($1::uuid[], $2::text[]) AS w (firm_id, kind) ON w.firm_id = l.firm_id AND w.kind = l.kind
        WHERE ${OPEN_LEAD}
        ORDER BY l.firm_id, l.kind, l.stage = 'dormant', l.last_activity_at DESC, l.id`,
      [wishes.map(({ firmId }) => firmId), wishes.map(({ kind }) => kind)],
    );
    await this.db.execute(`SELECT 1 FROM lead WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, [
      found.map(({ id }) => id),
    ]);
    return found;
  }

  private async join(found: readonly Found[], wishes: ReadonlyMap<string, Wish>): Promise<void> {
    if (found.length === 0) return;
    await this.addClusters(found.map(({ id, key }) => ({ id, clusterIds: wishes.get(key)!.clusterIds })));
    await this.db.execute(
      `UPDATE lead l SET primary_contact_id = w.contact_id, version = version + 1, updated_at = $3
         FROM unnest($1::uuid[], $2::uuid[]) AS w (id, contact_id)
        WHERE l.id = w.id AND l.primary_contact_id IS NULL AND w.contact_id IS NOT NULL`,
      [
        found.map(({ id }) => id),
        found.map(({ key }) => wishes.get(key)!.contactId ?? null),
        this.clock.now(),
      ],
    );
    const ownerless = found.filter(({ ownerId }) => ownerId === null);
    for (const owner of new Set(ownerless.flatMap(({ key }) => wishes.get(key)!.ownerId ?? []))) {
      await this.assignments.adopt(
        ownerless.filter(({ key }) => wishes.get(key)!.ownerId === owner).map(({ id }) => id),
        owner,
      );
    }
    await this.moves.wake(
      found.filter(({ stage, key }) => stage === 'dormant' && wishes.get(key)!.wakes).map(({ id }) => id),
    );
  }

  private async addClusters(leads: readonly { id: string; clusterIds: string[] }[]): Promise<void> {
    const pairs = leads.flatMap(({ id, clusterIds }) => clusterIds.map((clusterId) => ({ id, clusterId })));
    const added = await this.db.query<{ leadId: string; names: string[] }>(
      `WITH added AS (
         INSERT INTO lead_cluster (lead_id, cluster_id, position)
         SELECT w.lead_id, w.cluster_id, w.n + coalesce((SELECT max(position) FROM lead_cluster c WHERE c.lead_id = w.lead_id), -1)
           FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS w (lead_id, cluster_id, n)
         ON CONFLICT DO NOTHING RETURNING lead_id, cluster_id)
       SELECT a.lead_id AS "leadId", array_agg(c.name ORDER BY c.name) AS names FROM added a JOIN cluster c ON c.id = a.cluster_id GROUP BY a.lead_id`,
      [pairs.map(({ id }) => id), pairs.map(({ clusterId }) => clusterId)],
    );
    await this.timeline.append(
      added.map(({ leadId, names }) => ({
        leadId,
        kind: 'clusters_added',
        data: { names: names.join(', ') },
      })),
    );
  }
}

/** The same firm and kind twice: the clusters of all, the first contact and owner that are named. */
function mergeByKey(participants: readonly RoundParticipant[]): Map<string, Wish> {
  const wishes = new Map<string, Wish>();
  for (const participant of participants) {
    const key = leadKey(participant.firmId, participant.kind);
    const before = wishes.get(key);
    wishes.set(key, {
      ...participant,
      contactId: before?.contactId ?? participant.contactId,
      ownerId: before?.ownerId ?? participant.ownerId,
      clusterIds: [...new Set([...(before?.clusterIds ?? []), ...(participant.clusterIds ?? [])])],
      wakes: Boolean(before?.wakes || participant.wakes),
    });
  }
  return wishes;
}
