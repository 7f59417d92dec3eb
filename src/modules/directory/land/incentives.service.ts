import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { newId } from '../../../platform/database/ids.js';
import { assertVersion } from '../../../platform/http/if-match.js';
import { Conflict, Invalid, NotFound } from '../../../platform/http/problem.js';
import type { IncentiveAnswer } from './cluster-land.dto.js';
import { INCENTIVE_COLUMNS } from './cluster-land.queries.js';
import { Incentive } from './incentive.entity.js';
import type { ChangeIncentive, CreateIncentive } from './incentives.dto.js';

/** What the law gives investors, with its dates: never a constant. */
@Injectable()
export class IncentivesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  list(): Promise<IncentiveAnswer[]> {
    return this.db.query<IncentiveAnswer>(
      sql`SELECT ${raw(INCENTIVE_COLUMNS)} FROM incentive i ORDER BY i.position, i.code`,
    );
  }

  async get(id: string): Promise<IncentiveAnswer> {
    const [found] = await this.db.query<IncentiveAnswer>(
      sql`SELECT ${raw(INCENTIVE_COLUMNS)} FROM incentive i WHERE i.id = ${id}`,
    );
    if (!found) throw new NotFound('incentive_not_found');
    return found;
  }

  create(input: CreateIncentive): Promise<string> {
    return this.db.transaction(async () => {
      const repo = this.db.repo(Incentive);
      if (await repo.existsBy({ code: input.code }))
        throw new Conflict('incentive_code_taken', { code: input.code });
      const now = this.clock.now();
      const incentive = repo.create({
        id: newId(),
        legalArticle: null,
        sourceUrl: null,
        planningDistrictIds: [],
        clusterIds: [],
        effectiveTo: null,
        isPublic: false,
        position: (await repo.maximum('position')) ?? 0,
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      incentive.position += 1;
      assignGiven(incentive, input);
      await this.settle(incentive);
      await repo.insert(incentive);
      return incentive.id;
    });
  }

  change(id: string, version: number, changes: ChangeIncentive): Promise<string> {
    return this.db.transaction(async () => {
      const incentive = await this.lock(id);
      assertVersion(incentive.version, version);
      assignGiven(incentive, changes);
      await this.settle(incentive);
      Object.assign(incentive, { version: incentive.version + 1, updatedAt: this.clock.now() });
      await this.db.repo(Incentive).save(incentive);
      return id;
    });
  }

  remove(id: string, version: number): Promise<void> {
    return this.db.transaction(async () => {
      const incentive = await this.lock(id);
      assertVersion(incentive.version, version);
      await this.db.repo(Incentive).delete({ id });
    });
  }

  private async lock(id: string): Promise<Incentive> {
    const incentive = await this.db
      .repo(Incentive)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!incentive) throw new NotFound('incentive_not_found');
    return incentive;
  }

  /** Dates in order; what the scope names is there, and nothing else is kept. */
  private async settle(incentive: Incentive): Promise<void> {
    const { scope, effectiveFrom, effectiveTo } = incentive;
    if (effectiveTo !== null && effectiveTo < effectiveFrom)
      throw new Invalid('effectiveTo', 'ends_before_it_begins');
    if (scope !== 'districts') incentive.planningDistrictIds = [];
    if (scope !== 'clusters') incentive.clusterIds = [];
    if (scope === 'districts')
      await this.assertThere('planningDistrictIds', 'planning_district', incentive.planningDistrictIds);
    if (scope === 'clusters') await this.assertThere('clusterIds', 'cluster', incentive.clusterIds);
  }

  private async assertThere(path: string, table: string, ids: string[]): Promise<void> {
    if (ids.length === 0) throw new Invalid(path, 'required');
    const found = await this.db.query(sql`SELECT 1 FROM ${raw(table)} WHERE id = ANY(${ids}::uuid[])`);
    if (found.length !== ids.length) throw new Invalid(path, `${table}_not_found`);
  }
}

function assignGiven(incentive: Incentive, given: object): void {
  for (const [key, value] of Object.entries(given))
    if (value !== undefined) Object.assign(incentive, { [key]: value });
}
