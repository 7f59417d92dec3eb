import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import type { EntityTarget } from 'typeorm';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Conflict, Invalid, NotFound } from '../../../platform/http/problem.js';
import { ClusterAccess } from './cluster-access.entity.js';
import { ClusterDocument } from './cluster-document.entity.js';
import { ClusterUtility } from './cluster-utility.entity.js';
import type { ChangeAccess, ChangeUtility, CreateAccess, CreateUtility } from './land-input.dto.js';

/** A row of a cluster, by the cluster in the address and its own id. */
export interface LandKey {
  clusterId: string;
  id: string;
}

type LandRow = ClusterAccess | ClusterUtility | ClusterDocument;

/** Ways to a cluster and infrastructure in it. */
@Injectable()
export class ClusterLandService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  addAccess(clusterId: string, input: CreateAccess): Promise<void> {
    return this.db.transaction(async () => {
      await this.lockCluster(clusterId);
      this.assertPast(input.asOf);
      const { distanceKm = null, note = null, asOf = null, ...rest } = input;
      const position = await this.nextPosition('cluster_access', clusterId);
      await this.db
        .repo(ClusterAccess)
        .insert({ ...this.stamped(clusterId), ...rest, distanceKm, note, asOf, position });
    });
  }

  changeAccess(key: LandKey, version: number, changes: ChangeAccess): Promise<void> {
    return this.change(ClusterAccess, key, { version, changes });
  }

  addUtility(clusterId: string, input: CreateUtility): Promise<void> {
    return this.db.transaction(async () => {
      await this.lockCluster(clusterId);
      this.assertPast(input.asOf);
      const { capacity = null, note = null, asOf = null, kind, ...rest } = input;
      const repo = this.db.repo(ClusterUtility);
      if (await repo.existsBy({ clusterId, kind })) throw new Conflict('cluster_utility_exists');
      await repo.insert({ ...this.stamped(clusterId), ...rest, kind, capacity, note, asOf });
    });
  }

  changeUtility(key: LandKey, version: number, changes: ChangeUtility): Promise<void> {
    return this.change(ClusterUtility, key, { version, changes });
  }

  remove(entity: typeof ClusterAccess | typeof ClusterUtility, key: LandKey, version: number): Promise<void> {
    return this.db.transaction(async () => {
      const row = await this.lock<ClusterAccess | ClusterUtility>(entity, key);
      assertVersion(row.version, version);
      await this.db.repo(entity).delete({ id: row.id });
    });
  }

  /** What is left out stays, null takes away. */
  change<T extends LandRow>(
    entity: EntityTarget<T>,
    key: LandKey,
    {
      version,
      changes,
    }: { version: number; changes: Partial<Record<keyof T, unknown>> & { asOf?: string | null } },
  ): Promise<void> {
    return this.db.transaction(async () => {
      const row = await this.lock(entity, key);
      assertVersion(row.version, version);
      this.assertPast(changes.asOf);
      for (const [name, value] of Object.entries(changes))
        if (value !== undefined) Object.assign(row, { [name]: value });
      Object.assign(row, { version: row.version + 1, updatedAt: this.clock.now() });
      await this.db.repo(entity).save(row);
    });
  }

  async lock<T extends LandRow>(entity: EntityTarget<T>, { clusterId, id }: LandKey): Promise<T> {
    const row = await this.db.repo(entity).findOne({
      where: { id, clusterId } as object,
      lock: { mode: 'pessimistic_write' },
    });
    if (!row) throw new NotFound();
    return row;
  }

  /** @param ids exactly those that there are */
  order(table: 'cluster_access' | 'cluster_document', clusterId: string, ids: string[]): Promise<void> {
    return this.db.transaction(async () => {
      await this.lockCluster(clusterId);
      const rows = await this.db.query<{ id: string }>(
        sql`SELECT id FROM ${raw(table)} WHERE cluster_id = ${clusterId}`,
      );
      if (rows.length !== ids.length || rows.some(({ id }) => !ids.includes(id)))
        throw new Conflict('land_order_stale');
      await this.db.execute(sql`
        UPDATE ${raw(table)} AS row SET position = given.position
          FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS given (id, position)
         WHERE row.id = given.id AND row.position <> given.position`);
    });
  }

  /** Two that add at once come one after the other. */
  async lockCluster(id: string): Promise<void> {
    const [found] = await this.db.query(sql`SELECT 1 FROM cluster WHERE id = ${id} FOR UPDATE`);
    if (!found) throw new NotFound('cluster_not_found');
  }

  async nextPosition(table: 'cluster_access' | 'cluster_document', clusterId: string): Promise<number> {
    const [row] = await this.db.query<{ next: number }>(
      sql`SELECT coalesce(max(position), 0) + 1 AS next FROM ${raw(table)} WHERE cluster_id = ${clusterId}`,
    );
    return row!.next;
  }

  stamped(clusterId: string) {
    const now = this.clock.now();
    return { id: newId(), clusterId, version: 1, createdAt: now, updatedAt: now };
  }

  private assertPast(day: string | null | undefined): void {
    if (day && day > this.clock.today()) throw new Invalid('asOf', 'day_in_future');
  }
}
