import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Invalid, NotFound } from '../../platform/http/problem.js';
import { ClusterFact } from './cluster-fact.entity.js';
import { ClusterMilestone } from './land/cluster-milestone.entity.js';
import {
  type ChangeMilestone,
  type CreateFact,
  type CreateMilestone,
  type FactAnswer,
  type MilestoneAnswer,
} from './clusters.dto.js';

/** What is recorded beside a cluster's status: milestones, and what sources say. */
@Injectable()
export class ClusterRecordsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  addMilestone(clusterId: string, input: CreateMilestone): Promise<MilestoneAnswer> {
    return this.db.transaction(async () => {
      await this.assertCluster(clusterId);
      this.assertPast(input.on);
      const now = this.clock.now();
      const { kind, on = null, decisionNumber = null, source, note = null } = input;
      const repo = this.db.repo(ClusterMilestone);
      const milestone = repo.create({
        id: newId(),
        clusterId,
        kind,
        onDay: on,
        decisionNumber,
        source,
        note,
        version: 1,
      });
      return showMilestone(await repo.save(Object.assign(milestone, { createdAt: now, updatedAt: now })));
    });
  }

  changeMilestone(
    ids: { clusterId: string; milestoneId: string },
    version: number,
    changes: ChangeMilestone,
  ): Promise<MilestoneAnswer> {
    return this.db.transaction(async () => {
      const repo = this.db.repo(ClusterMilestone);
      const milestone = await repo.findOne({
        where: { id: ids.milestoneId, clusterId: ids.clusterId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!milestone) throw new NotFound();
      assertVersion(milestone.version, version);
      this.assertPast(changes.on);
      if (changes.kind !== undefined) milestone.kind = changes.kind;
      if (changes.on !== undefined) milestone.onDay = changes.on;
      if (changes.decisionNumber !== undefined) milestone.decisionNumber = changes.decisionNumber;
      if (changes.source !== undefined) milestone.source = changes.source;
      if (changes.note !== undefined) milestone.note = changes.note;
      milestone.version += 1;
      milestone.updatedAt = this.clock.now();
      return showMilestone(await repo.save(milestone));
    });
  }

  addFact(clusterId: string, input: CreateFact): Promise<FactAnswer> {
    return this.db.transaction(async () => {
      await this.assertCluster(clusterId);
      const { field, value, source, asOf = null, note = null, isPublic = false } = input;
      const fact = { id: newId(), field, value, source, asOf, note, isPublic };
      await this.db.repo(ClusterFact).insert({ ...fact, clusterId, createdAt: this.clock.now() });
      return fact;
    });
  }

  /** What a source said never changes; whether the public page shows it may. */
  publishFact(ids: { clusterId: string; factId: string }, isPublic: boolean): Promise<FactAnswer> {
    return this.db.transaction(async () => {
      const repo = this.db.repo(ClusterFact);
      const found = await repo.findOneBy({ id: ids.factId, clusterId: ids.clusterId });
      if (!found) throw new NotFound();
      found.isPublic = isPublic;
      const { id, field, value, source, asOf, note } = await repo.save(found);
      return { id, field, value, source, asOf, note, isPublic };
    });
  }

  private async assertCluster(id: string): Promise<void> {
    const [found] = await this.db.query(sql`SELECT 1 FROM cluster WHERE id = ${id}`);
    if (!found) throw new NotFound('cluster_not_found');
  }

  private assertPast(day: string | null | undefined): void {
    if (day && day > this.clock.today()) throw new Invalid('on', 'day_in_future');
  }
}

function showMilestone(milestone: ClusterMilestone): MilestoneAnswer {
  const { id, kind, onDay, decisionNumber, source, note, version } = milestone;
  return { id, kind, on: onDay, decisionNumber, source, note, version };
}
