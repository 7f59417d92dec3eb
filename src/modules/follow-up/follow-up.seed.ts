import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { StepInput } from './plan-input.rules.js';
import { PlansService } from './plans.service.js';

type SeedStep = Omit<StepInput, 'templateId'> & { template?: string };

interface SeedPlan {
  code: string;
  name: string;
  steps: SeedStep[];
}

/** The default plan. A plan that an administrator has changed since is left as it is. */
@Injectable()
export class FollowUpSeed {
  constructor(
    private readonly db: Database,
    private readonly plans: PlansService,
  ) {}

  load(): Promise<void> {
    return this.db.transaction(async () => {
      const plan = JSON.parse(
        readFileSync(new URL('./data/default-plan.json', import.meta.url), 'utf8'),
      ) as SeedPlan;
      const [known] = await this.db.query(`SELECT 1 FROM follow_up_plan WHERE code = $1`, [plan.code]);
      if (known) return;
      const [other] = await this.db.query(`SELECT 1 FROM follow_up_plan WHERE is_default`);
      const templates = await this.templateIds(plan.steps.flatMap((step) => step.template ?? []));
      const steps = plan.steps.map(({ template, ...step }) => ({
        ...step,
        templateId: template ? templates.get(template)! : null,
      }));
      await this.plans.create({ ...plan, steps, isDefault: !other });
    });
  }

  private async templateIds(codes: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.db.query<{ code: string; id: string }>(
      `SELECT code, id FROM template WHERE code = ANY($1::text[])`,
      [codes],
    );
    const ids = new Map(rows.map((row) => [row.code, row.id]));
    const missing = codes.find((code) => !ids.has(code));
    if (missing)
      throw new Error(
        `The default follow-up plan needs the template "${missing}": load the messages' seed first.`,
      );
    return ids;
  }
}
