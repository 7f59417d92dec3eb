import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Conflict, Invalid, NotFound, ProblemError } from '../../platform/http/problem.js';
import { Cluster, type ClusterStatus } from './cluster.entity.js';
import { assertStatusMove, landFaults, positionFaults } from './cluster.rules.js';
import { ClusterStatusChange } from './cluster-status-change.entity.js';
import type { ChangeCluster, ChangeClusterStatus, CreateCluster } from './clusters.dto.js';

/** Before these the establishing decision does not exist, or was withdrawn. */
const NOT_YET_ESTABLISHED: readonly ClusterStatus[] = ['planned', 'calling_for_investor', 'dossier_filed'];

/** The land on offer. Answers ids: `ClustersQueries` shows. */
@Injectable()
export class ClustersService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  create(input: CreateCluster): Promise<string> {
    return this.db.transaction(async () => {
      const { communeIds, status = 'planned', statusSince = null, ...fields } = input;
      if (statusSince !== null && statusSince > this.clock.today())
        throw new Invalid('statusSince', 'day_in_future');
      if (await this.db.repo(Cluster).existsBy({ code: input.code }))
        throw new Conflict('cluster_code_taken', { code: input.code });
      await this.assertDistrict(input.planningDistrictId);
      const now = this.clock.now();
      const cluster = this.db.repo(Cluster).create({
        id: newId(),
        areaHa: null,
        industrialLandHa: null,
        occupiedHa: null,
        leasedHa: null,
        landAsOf: null,
        landSource: null,
        latitude: null,
        longitude: null,
        positionSource: null,
        establishedBy: null,
        sectors: [],
        summaryVi: null,
        summaryEn: null,
        summaryZh: null,
        isPublic: false,
        ...withoutAbsent(fields),
        status,
        statusSince,
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      assertLand(cluster);
      await this.db.repo(Cluster).insert(cluster);
      if (communeIds) await this.placeIn(cluster.id, communeIds);
      await this.recordStep(cluster.id, { from: null, to: status, on: statusSince, source: input.source });
      return cluster.id;
    });
  }

  change(id: string, version: number, changes: ChangeCluster): Promise<string> {
    return this.db.transaction(async () => {
      const cluster = await this.lock(id);
      assertVersion(cluster.version, version);
      const { communeIds, ...fields } = changes;
      if (fields.planningDistrictId !== undefined) await this.assertDistrict(fields.planningDistrictId);
      Object.assign(cluster, withoutAbsent(fields));
      assertLand(cluster);
      if (communeIds) await this.placeIn(id, communeIds);
      await this.save(cluster);
      return id;
    });
  }

  /** One step of the cluster's life. */
  changeStatus(id: string, step: ChangeClusterStatus): Promise<string> {
    return this.db.transaction(async () => {
      const cluster = await this.lock(id);
      const { to, on, decisionNumber = null, source, note = null } = step;
      assertStatusMove({
        from: cluster.status,
        to,
        on,
        note,
        since: await this.lastDatedStep(id),
        today: this.clock.today(),
      });
      await this.recordStep(id, { from: cluster.status, to, on, source, decisionNumber, note });
      cluster.status = to;
      cluster.statusSince = on;
      if (to === 'established' && decisionNumber) cluster.establishedBy = decisionNumber;
      if (NOT_YET_ESTABLISHED.includes(to)) cluster.establishedBy = null;
      await this.save(cluster);
      return id;
    });
  }

  private async lock(id: string): Promise<Cluster> {
    const cluster = await this.db
      .repo(Cluster)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!cluster) throw new NotFound('cluster_not_found');
    return cluster;
  }

  private async save(cluster: Cluster): Promise<void> {
    cluster.version += 1;
    cluster.updatedAt = this.clock.now();
    await this.db.repo(Cluster).save(cluster);
  }

  private async assertDistrict(id: string): Promise<void> {
    const [found] = await this.db.query(sql`SELECT 1 FROM planning_district WHERE id = ${id}`);
    if (!found) throw new Invalid('planningDistrictId', 'planning_district_not_found');
  }

  private async lastDatedStep(clusterId: string): Promise<string | null> {
    const [row] = await this.db.query<{ day: string | null }>(
      sql`SELECT max(on_day)::text AS day FROM cluster_status_change WHERE cluster_id = ${clusterId}`,
    );
    return row!.day;
  }

  private async placeIn(clusterId: string, communeIds: string[]): Promise<void> {
    await this.db.execute(sql`DELETE FROM cluster_commune WHERE cluster_id = ${clusterId}`);
    const placed = await this.db.execute(sql`
      INSERT INTO cluster_commune (cluster_id, commune_id, position)
      SELECT ${clusterId}, o.id, given.position FROM unnest(${communeIds}::uuid[]) WITH ORDINALITY AS given (id, position)
        JOIN commune o ON o.id = given.id`);
    if (placed !== communeIds.length) throw new Invalid('communeIds', 'commune_not_found');
  }

  private async recordStep(clusterId: string, step: RecordedStep): Promise<void> {
    const actor = currentActor();
    await this.db.repo(ClusterStatusChange).insert({
      id: newId(),
      clusterId,
      fromStatus: step.from,
      toStatus: step.to,
      onDay: step.on,
      decisionNumber: step.decisionNumber ?? null,
      source: step.source,
      note: step.note ?? null,
      actorId: actor?.id ?? null,
      actorName: actor?.name ?? 'system',
      recordedAt: this.clock.now(),
    });
  }
}

interface RecordedStep {
  from: ClusterStatus | null;
  to: ClusterStatus;
  on: string | null;
  source: string;
  decisionNumber?: string | null;
  note?: string | null;
}

function withoutAbsent<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Areas nest, figures of land in use say whose they are and for which day, and a position is whole and has a source. */
function assertLand(cluster: Cluster): void {
  const faults: { path: string; code: string }[] = landFaults(cluster);
  if (cluster.industrialLandHa !== null || cluster.occupiedHa !== null || cluster.leasedHa !== null) {
    if (cluster.landAsOf === null) faults.push({ path: 'landAsOf', code: 'required' });
    if (cluster.landSource === null) faults.push({ path: 'landSource', code: 'required' });
  }
  faults.push(...positionFaults(cluster));
  if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults);
}
