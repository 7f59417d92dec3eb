import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Invalid } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import type { Exception, GivenException } from '../follow-up/follow-up-exceptions.service.js';
import { FollowUpService, type FollowUpPreview, type StartInput } from '../follow-up/follow-up.service.js';
import { PlansQueries } from '../follow-up/plans.queries.js';
import { LockedRounds } from './locked-rounds.js';
import { PromotionRound } from './promotion-round.entity.js';
import { RoundFollowUp } from './round-follow-up.js';

export interface Closing {
  outcome?: string | null;
  /** Left out: the round's own, or the default plan. */
  followUpPlanId?: string | null;
  dryRun?: boolean;
  /** Who gets nothing, or not every step, instead of who is on record; left out: those on record. */
  except?: readonly GivenException[];
}

export interface Closed extends FollowUpPreview {
  /** Who is left out. */
  except: Exception[];
}

/** Ends a round, or takes that back. Everything for all its leads happens in one transaction, or nothing does. */
@Injectable()
export class RoundClosing {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly locked: LockedRounds,
    private readonly plans: PlansQueries,
    private readonly followUp: FollowUpService,
    private readonly participants: RoundFollowUp,
  ) {}

  /**
   * Every lead that took part gets its reminders. Closing again creates nothing twice: while the round is closed it only
   * adds what is missing; after a reopening the unsent reminders get new times.
   */
  close(id: string, closing: Closing): Promise<Closed> {
    return this.db.transaction(async () => {
      const round = await this.locked.getForChange(id);
      const input = await this.startInput(round, closing);
      const except = input.except ? [...input.except] : await this.participants.leftOut(id);
      if (closing.dryRun) return { ...(await this.followUp.preview(input)), except };
      const wasClosed = round.status === 'closed';
      await this.record(round, input, closing);
      if (input.except) await this.participants.leaveOut(id, input.except);
      const result = await this.followUp.start(input);
      if (!wasClosed)
        await this.participants.tellLeads(
          round,
          'round_closed',
          input.participants.map((one) => one.leadId),
        );
      return { ...result, lines: [], without: [], except };
    });
  }

  /** What is not sent waits until the round is closed anew. Answers how many reminders that took back. */
  reopen(id: string): Promise<number> {
    return this.db.transaction(async () => {
      const round = await this.locked.getForChange(id);
      if (round.status !== 'closed') throw new RuleError('round_not_closed');
      await this.db.execute(
        `UPDATE promotion_round SET status = 'running', closed_at = NULL, closed_by = NULL, version = version + 1, updated_at = $2 WHERE id = $1`,
        [id, this.clock.now()],
      );
      const cancelled = await this.followUp.cancelRound(id);
      const leads = await this.participants.of(id);
      await this.participants.tellLeads(
        round,
        'round_reopened',
        leads.map((one) => one.leadId),
      );
      return cancelled;
    });
  }

  private async startInput(round: PromotionRound, closing: Closing): Promise<StartInput> {
    const planId = closing.followUpPlanId ?? round.followUpPlanId ?? (await this.plans.findDefault())?.id;
    if (!planId) throw new Invalid('followUpPlanId', 'plan_required');
    if (!(await this.plans.exists(planId))) throw new Invalid('followUpPlanId', 'unknown_plan');
    if (round.status === 'closed' && planId !== round.followUpPlanId)
      throw new RuleError('round_closed_with_another_plan');
    const participants = await this.participants.of(round.id);
    return {
      roundId: round.id,
      roundName: round.name,
      planId,
      anchorAt: round.closedAt ?? this.clock.now(),
      participants,
      except: closing.except && (await this.participants.exceptionsOf(planId, closing.except, participants)),
    };
  }

  private async record(
    round: PromotionRound,
    { planId, anchorAt }: StartInput,
    { outcome }: Closing,
  ): Promise<void> {
    const actor = currentActor() ?? SYSTEM;
    await this.db.execute(
      `UPDATE promotion_round SET status = 'closed', closed_at = $2, closed_by = CASE WHEN status = 'closed' THEN closed_by ELSE $3::uuid END,
              follow_up_plan_id = $4, outcome = coalesce($5, outcome), version = version + 1, updated_at = $6
        WHERE id = $1 AND (status <> 'closed' OR outcome IS DISTINCT FROM coalesce($5, outcome))`,
      [
        round.id,
        anchorAt,
        actor.kind === 'user' ? actor.id : null,
        planId,
        outcome ?? null,
        this.clock.now(),
      ],
    );
  }
}
