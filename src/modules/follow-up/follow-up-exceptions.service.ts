import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { ProblemError, type FieldFault } from '../../platform/http/problem.js';
import type { LeftOut } from './sequence.rules.js';

/** A step, or every step, that a lead shall not get after a round. */
export interface Exception {
  leadId: string;
  /** Null: every step. */
  stepKey: string | null;
}

/** As a caller names it. */
export interface GivenException {
  leadId: string;
  stepKey?: string | null;
  stepId?: string | null;
}

/** What each lead of the round does not get, by lead. */
export type Exceptions = ReadonlyMap<string, LeftOut>;

/** Who was left out of a round's follow-up by decision. */
@Injectable()
export class FollowUpExceptions {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async ofRound(roundId: string): Promise<Exception[]> {
    return this.db.query<Exception>(
      `SELECT lead_id AS "leadId", nullif(step_key, '') AS "stepKey" FROM follow_up_exception
        WHERE round_id = $1 ORDER BY lead_id, step_key`,
      [roundId],
    );
  }

  /** By round and then by lead. */
  async read(
    pairs: readonly { roundId: string; leadId: string }[],
  ): Promise<ReadonlyMap<string, Exceptions>> {
    if (pairs.length === 0) return new Map();
    const rows = await this.db.query<Exception & { roundId: string }>(
      `SELECT round_id AS "roundId", lead_id AS "leadId", nullif(step_key, '') AS "stepKey" FROM follow_up_exception
        WHERE round_id = ANY($1::uuid[]) AND lead_id = ANY($2::uuid[])`,
      [[...new Set(pairs.map((pair) => pair.roundId))], [...new Set(pairs.map((pair) => pair.leadId))]],
    );
    const roundIds = new Set(rows.map((row) => row.roundId));
    return new Map([...roundIds].map((id) => [id, byLead(rows.filter((row) => row.roundId === id))]));
  }

  /** The list of a round, instead of what it was. */
  async replace(roundId: string, exceptions: readonly Exception[]): Promise<void> {
    const actor = currentActor();
    const columns = [
      roundId,
      exceptions.map((one) => one.leadId),
      exceptions.map((one) => one.stepKey ?? ''),
    ];
    await this.db.execute(
      `DELETE FROM follow_up_exception WHERE round_id = $1
          AND (lead_id, step_key) NOT IN (SELECT * FROM unnest($2::uuid[], $3::text[]))`,
      columns,
    );
    await this.db.execute(
      `INSERT INTO follow_up_exception (round_id, lead_id, step_key, created_by, created_at)
       SELECT $1, n.*, $4, $5 FROM unnest($2::uuid[], $3::text[]) AS n (lead_id, step_key) ON CONFLICT DO NOTHING`,
      [...columns, actor?.kind === 'user' ? actor.id : null, this.clock.now()],
    );
  }

  /** Steps by key, checked against every version of the plan; a sequence may follow an older one. */
  async resolve(planId: string, given: readonly GivenException[]): Promise<Exception[]> {
    if (given.length === 0) return [];
    const steps = await this.db.query<{ id: string; key: string }>(
      `SELECT s.id, s.key FROM follow_up_step s JOIN follow_up_plan_version v ON v.id = s.plan_version_id WHERE v.plan_id = $1`,
      [planId],
    );
    const keys = new Set(steps.map((step) => step.key));
    const keyOf = new Map(steps.map((step) => [step.id, step.key]));
    const faults: FieldFault[] = [];
    const resolved = given.map(({ leadId, stepId, stepKey }, index): Exception => {
      if (stepId && !keyOf.has(stepId)) faults.push({ path: `except.${index}.stepId`, code: 'unknown_step' });
      if (stepKey && !keys.has(stepKey))
        faults.push({ path: `except.${index}.stepKey`, code: 'unknown_step' });
      return { leadId, stepKey: (stepId ? keyOf.get(stepId) : stepKey) ?? null };
    });
    if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults);
    return resolved;
  }
}

export function byLead(exceptions: readonly Exception[]): Exceptions {
  const leads = new Map<string, Set<string> | 'all'>();
  for (const { leadId, stepKey } of exceptions) {
    const known = leads.get(leadId);
    if (stepKey === null) leads.set(leadId, 'all');
    else if (known === undefined) leads.set(leadId, new Set([stepKey]));
    else if (known !== 'all') known.add(stepKey);
  }
  return leads;
}
