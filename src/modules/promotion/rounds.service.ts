import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { On } from '../../platform/events/events.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Conflict, Invalid, ProblemError } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { UserDeactivated } from '../identity/identity.events.js';
import { LockedRounds } from './locked-rounds.js';
import {
  PromotionRound,
  PromotionRoundCluster,
  type RoundKind,
  type RoundStatus,
} from './promotion-round.entity.js';
import { PromotionReferences } from './promotion-references.js';
import { assertMayBecome } from './round.rules.js';

export interface RoundGoals {
  firms?: number | null;
  leads?: number | null;
  meetings?: number | null;
  note?: string | null;
}

export interface RoundInput {
  code: string;
  name: string;
  kind?: RoundKind | null;
  startsOn: string;
  endsOn: string;
  budget?: { amount: string; currency: string } | null;
  goals?: RoundGoals;
  clusterIds?: readonly string[];
  followUpPlanId?: string | null;
  ownerId?: string | null;
  sample?: boolean;
}

export interface RoundChange extends Partial<RoundInput> {
  status?: RoundStatus;
  outcome?: string | null;
}

/** What a round is, apart from who took part and how it ends. */
@Injectable()
export class RoundsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly locked: LockedRounds,
    private readonly references: PromotionReferences,
  ) {}

  /** An officer who names no owner takes it. */
  create(input: RoundInput): Promise<string> {
    return this.db.transaction(async () => {
      const actor = currentActor() ?? SYSTEM;
      const ownerId =
        input.ownerId === undefined && actor.kind === 'user' ? actor.id : (input.ownerId ?? null);
      const id = newId();
      const now = this.clock.now();
      const round = this.db.repo(PromotionRound).create({
        id,
        status: 'planned',
        sample: input.sample ?? false,
        ownerId,
        createdAt: now,
        updatedAt: now,
      });
      await this.apply(round, { ...input, ownerId });
      await this.db.repo(PromotionRound).insert(round);
      await this.setClusters(id, input.clusterIds ?? []);
      return id;
    });
  }

  /** Once closed only its outcome, owner and what it cost may still be changed. */
  change(id: string, change: RoundChange, seenVersion: number): Promise<string> {
    return this.db.transaction(async () => {
      const round = await this.locked.getForChange(id);
      assertVersion(round.version, seenVersion);
      if (change.status !== undefined) assertMayBecome(round.status, change.status);
      if (
        round.status === 'closed' &&
        change.followUpPlanId !== undefined &&
        change.followUpPlanId !== round.followUpPlanId
      ) {
        throw new RuleError('round_is_closed');
      }
      await this.apply(round, change);
      if (change.status !== undefined) round.status = change.status;
      if (change.outcome !== undefined) round.outcome = change.outcome;
      await this.db
        .repo(PromotionRound)
        .update({ id }, { ...round, version: round.version + 1, updatedAt: this.clock.now() });
      if (change.clusterIds) await this.setClusters(id, change.clusterIds);
      return id;
    });
  }

  /** Also of closed rounds: whoever comes late to one makes a lead of its owner. */
  @On(UserDeactivated)
  async handOverAll({ userId, handOverTo }: UserDeactivated): Promise<void> {
    await this.db.execute(
      `UPDATE promotion_round SET owner_id = $2, version = version + 1, updated_at = $3
        WHERE id IN (SELECT id FROM promotion_round WHERE owner_id = $1 ORDER BY id FOR UPDATE)`,
      [userId, handOverTo, this.clock.now()],
    );
  }

  private async apply(
    round: PromotionRound,
    { budget, goals, clusterIds, ...given }: RoundChange,
  ): Promise<void> {
    const { code, name, kind, startsOn, endsOn, followUpPlanId, ownerId } = given;
    const stated = Object.entries({ code, name, kind, startsOn, endsOn, followUpPlanId, ownerId }).filter(
      ([, value]) => value !== undefined,
    );
    Object.assign(round, Object.fromEntries(stated));
    if (round.endsOn < round.startsOn) throw new Invalid('endsOn', 'round_dates_reversed');
    if (budget !== undefined)
      Object.assign(round, {
        budgetAmount: budget?.amount ?? null,
        budgetCurrency: budget?.currency ?? null,
      });
    if (goals?.firms !== undefined) round.goalFirms = goals.firms;
    if (goals?.leads !== undefined) round.goalLeads = goals.leads;
    if (goals?.meetings !== undefined) round.goalMeetings = goals.meetings;
    if (goals?.note !== undefined) round.goalNote = goals.note;
    const [taken] =
      code === undefined
        ? []
        : await this.db.query(`SELECT 1 FROM promotion_round WHERE code = $1 AND id <> $2`, [code, round.id]);
    if (taken) throw new Conflict('round_code_taken', { code });
    const faults = await this.references.faultsOf({
      clusterIds: (clusterIds ?? []).map((id, index) => ({ path: `clusterIds.${index}`, id })),
      planIds: followUpPlanId ? [{ path: 'followUpPlanId', id: followUpPlanId }] : [],
      userIds: ownerId ? [{ path: 'ownerId', id: ownerId }] : [],
    });
    if (faults.length > 0) throw new ProblemError(400, 'validation_failed', {}, faults);
  }

  private async setClusters(roundId: string, clusterIds: readonly string[]): Promise<void> {
    await this.db.repo(PromotionRoundCluster).delete({ roundId });
    await this.db.execute(
      `INSERT INTO round_cluster (round_id, cluster_id) SELECT $1, c FROM unnest($2::uuid[]) AS c ON CONFLICT DO NOTHING`,
      [roundId, clusterIds],
    );
  }
}
