import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Conflict, NotFound, ProblemError } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import type { MailAudience } from '../messaging/templates/template.entity.js';
import { normalSteps, stepFaults, type NormalStep, type StepInput } from './plan-input.rules.js';
import { PlansQueries, type PlanRow, type PlanStep } from './plans.queries.js';
import { DEFAULT_STOP_STAGES, type StopStages } from './stop.rules.js';

export interface NewPlan {
  code: string;
  name: string;
  isDefault?: boolean;
  stopStages?: StopStages;
  steps: readonly StepInput[];
}

export interface PlanChange {
  name?: string;
  /** True: instead of the one that is. */
  isDefault?: boolean;
  archived?: boolean;
  stopStages?: StopStages;
}

/** Follow-up plans. Whatever changes what leads get makes a new version; what runs keeps its own. */
@Injectable()
export class PlansService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly plans: PlansQueries,
  ) {}

  create(plan: NewPlan): Promise<string> {
    return this.db.transaction(async () => {
      const steps = await this.checked(plan.steps);
      const stopStages = plan.stopStages ?? DEFAULT_STOP_STAGES;
      await this.checkStages(stopStages);
      const [taken] = await this.db.query(`SELECT 1 FROM follow_up_plan WHERE code = $1`, [plan.code]);
      if (taken) throw new Conflict('plan_code_taken', { code: plan.code });
      const id = newId();
      const now = this.clock.now();
      if (plan.isDefault) await this.clearDefault(id);
      await this.db.execute(
        `INSERT INTO follow_up_plan (id, code, name, current_version, is_default, version, created_at, updated_at) VALUES ($1, $2, $3, 1, $4, 1, $5, $5)`,
        [id, plan.code, plan.name, plan.isDefault ?? false, now],
      );
      await this.writeVersion({ planId: id, number: 1, stopStages, steps });
      return id;
    });
  }

  change(id: string, change: PlanChange, seenVersion: number): Promise<string> {
    return this.db.transaction(async () => {
      const plan = await this.lock(id, seenVersion);
      const isDefault = change.isDefault ?? plan.isDefault;
      const archivedAt =
        change.archived === undefined
          ? plan.archivedAt
          : change.archived
            ? (plan.archivedAt ?? this.clock.now())
            : null;
      if (archivedAt !== null && isDefault) throw new RuleError('default_plan_not_archived');
      if (isDefault && !plan.isDefault) await this.clearDefault(id);
      await this.db.execute(
        `UPDATE follow_up_plan SET name = $2, is_default = $3, archived_at = $4, version = version + 1, updated_at = $5 WHERE id = $1`,
        [id, change.name ?? plan.name, isDefault, archivedAt, this.clock.now()],
      );
      if (change.stopStages) {
        await this.checkStages(change.stopStages);
        await this.nextVersion(plan, await this.stepsOf(plan), change.stopStages);
      }
      return id;
    });
  }

  /** All steps anew, in this order. A step that keeps its key stays the same step. */
  replaceSteps(id: string, steps: readonly StepInput[], seenVersion: number): Promise<string> {
    return this.edit(id, seenVersion, () => [...steps]);
  }

  addStep(
    id: string,
    { position, ...step }: StepInput & { position?: number },
    seenVersion: number,
  ): Promise<string> {
    return this.edit(id, seenVersion, (steps: StepInput[]) =>
      steps.toSpliced(position ?? steps.length, 0, step),
    );
  }

  /** @param stepId of the current version, or the step's key */
  changeStep(
    id: string,
    stepId: string,
    change: Partial<StepInput> & { position?: number },
    seenVersion: number,
  ): Promise<string> {
    return this.edit(id, seenVersion, (steps) => {
      const at = indexOf(steps, stepId);
      const { position, ...given } = change;
      const stated = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const changed = { ...steps[at]!, ...stated, key: steps[at]!.key };
      return without(steps, at).toSpliced(position ?? at, 0, changed);
    });
  }

  removeStep(id: string, stepId: string, seenVersion: number): Promise<string> {
    return this.edit(id, seenVersion, (steps) => without(steps, indexOf(steps, stepId)));
  }

  private edit(id: string, seenVersion: number, change: (steps: PlanStep[]) => StepInput[]): Promise<string> {
    return this.db.transaction(async () => {
      const plan = await this.lock(id, seenVersion);
      const steps = await this.checked(change(await this.stepsOf(plan)));
      await this.nextVersion(plan, steps, plan.stopStages);
      await this.db.execute(
        `UPDATE follow_up_plan SET version = version + 1, updated_at = $2 WHERE id = $1`,
        [id, this.clock.now()],
      );
      return id;
    });
  }

  private async lock(id: string, seenVersion: number): Promise<PlanRow> {
    await this.db.execute(`SELECT 1 FROM follow_up_plan WHERE id = $1 FOR UPDATE`, [id]);
    const plan = await this.plans.get(id);
    assertVersion(plan.version, seenVersion);
    return plan;
  }

  private async stepsOf(plan: PlanRow): Promise<PlanStep[]> {
    return (await this.plans.stepsOf([plan.versionId])).get(plan.versionId) ?? [];
  }

  private async checked(steps: readonly StepInput[]): Promise<NormalStep[]> {
    const normal = normalSteps(steps);
    const ids = normal.flatMap((step) => step.templateId ?? []);
    const templates = await this.db.query<{ id: string; audience: MailAudience }>(
      `SELECT id, audience FROM template WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    const faults = stepFaults(normal, new Map(templates.map((template) => [template.id, template.audience])));
    if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults);
    return normal;
  }

  private async checkStages(stages: StopStages): Promise<void> {
    const known = await this.db.query<{ kind: string; code: string }>(
      `SELECT kind, code FROM pipeline_stage`,
    );
    const faults = Object.entries(stages)
      .filter(
        ([kind, code]) => code !== null && !known.some((stage) => stage.kind === kind && stage.code === code),
      )
      .map(([kind]) => ({ path: `stopStages.${kind}`, code: 'unknown_stage' }));
    if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults);
  }

  private async nextVersion(
    plan: PlanRow,
    steps: readonly StepInput[],
    stopStages: StopStages,
  ): Promise<void> {
    const number = plan.currentVersion + 1;
    await this.writeVersion({ planId: plan.id, number, stopStages, steps: normalSteps(steps) });
    await this.db.execute(`UPDATE follow_up_plan SET current_version = $2 WHERE id = $1`, [plan.id, number]);
  }

  private async writeVersion(version: {
    planId: string;
    number: number;
    stopStages: StopStages;
    steps: readonly NormalStep[];
  }): Promise<void> {
    const id = newId();
    await this.db.execute(
      `INSERT INTO follow_up_plan_version (id, plan_id, number, stop_stages, created_at) VALUES ($1, $2, $3, $4, $5)`,
      [id, version.planId, version.number, JSON.stringify(version.stopStages), this.clock.now()],
    );
    const { steps } = version;
    await this.db.execute(
      `INSERT INTO follow_up_step (id, plan_version_id, key, position, offset_amount, offset_unit, channel, template_id, title_vi, title_en, condition)
       SELECT t.id, $1, t.key, t.position - 1, t.amount, t.unit, t.channel, t.template_id, t.title_vi, t.title_en, t.condition::jsonb
         FROM unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::text[])
              WITH ORDINALITY AS t (id, key, amount, unit, channel, template_id, title_vi, title_en, condition, position)`,
      [
        id,
        steps.map(() => newId()),
        steps.map((step) => step.key),
        steps.map((step) => step.offset.amount),
        steps.map((step) => step.offset.unit),
        steps.map((step) => step.channel),
        steps.map((step) => step.templateId),
        steps.map((step) => step.titleVi),
        steps.map((step) => step.titleEn),
        steps.map((step) => JSON.stringify(step.condition)),
      ],
    );
  }

  private async clearDefault(id: string): Promise<void> {
    await this.db.execute(
      `UPDATE follow_up_plan SET is_default = false, version = version + 1 WHERE is_default AND id <> $1`,
      [id],
    );
  }
}

function without(steps: readonly StepInput[], at: number): StepInput[] {
  return steps.toSpliced(at, 1);
}

function indexOf(steps: readonly PlanStep[], idOrKey: string): number {
  const at = steps.findIndex((step) => step.id === idOrKey || step.key === idOrKey);
  if (at < 0) throw new NotFound('step_not_found');
  return at;
}
