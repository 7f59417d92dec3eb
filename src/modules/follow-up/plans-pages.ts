import { Injectable } from '@nestjs/common';
import { toPlan, type PlanAnswer, type PlanList } from './plans.dto.js';
import { PlansQueries } from './plans.queries.js';

/** Plans as the API shows them. */
@Injectable()
export class PlansPages {
  constructor(private readonly plans: PlansQueries) {}

  async list(includeArchived: boolean): Promise<PlanList> {
    const rows = await this.plans.list(includeArchived);
    const steps = await this.plans.stepsOf(rows.map((row) => row.versionId));
    return { items: rows.map((row) => toPlan(row, steps.get(row.versionId) ?? [])) };
  }

  async get(id: string): Promise<PlanAnswer> {
    const row = await this.plans.get(id);
    return toPlan(row, (await this.plans.stepsOf([row.versionId])).get(row.versionId) ?? []);
  }
}
