import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/http/problem.js';
import {
  FollowUpExceptions,
  type Exception,
  type GivenException,
} from '../follow-up/follow-up-exceptions.service.js';
import { FollowUpService, type Participant, type StartResult } from '../follow-up/follow-up.service.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import type { PromotionRound } from './promotion-round.entity.js';
import { participantsOf, type ParticipationFacts } from './round.rules.js';

/** What the follow-up must know of a round, and what leads are told of it. */
@Injectable()
export class RoundFollowUp {
  constructor(
    private readonly db: Database,
    private readonly followUp: FollowUpService,
    private readonly timeline: Timeline,
    private readonly exceptions: FollowUpExceptions,
  ) {}

  /** One for each lead. @param leadIds left out: all of the round */
  async of(roundId: string, leadIds: readonly string[] | null = null): Promise<Participant[]> {
    const rows = await this.db.query<ParticipationFacts>(
      `SELECT p.lead_id AS "leadId", p.contact_id AS "contactId", p.status, c.email IS NOT NULL AS "hasEmail",
              coalesce(c.is_primary, false) AS "isPrimary",
              EXISTS (SELECT 1 FROM participation_cluster k WHERE k.participation_id = p.id) AS "askedAboutCluster"
         FROM participation p LEFT JOIN contact c ON c.id = p.contact_id
        WHERE p.round_id = $1 AND p.lead_id IS NOT NULL AND ($2::uuid[] IS NULL OR p.lead_id = ANY($2::uuid[]))
        ORDER BY p.created_at, p.id`,
      [roundId, leadIds],
    );
    return participantsOf(rows);
  }

  /** Who gets nothing, or not every step, by decision. */
  leftOut(roundId: string): Promise<Exception[]> {
    return this.exceptions.ofRound(roundId);
  }

  /** Instead of who was left out before. */
  leaveOut(roundId: string, exceptions: readonly Exception[]): Promise<void> {
    return this.exceptions.replace(roundId, exceptions);
  }

  exceptionsOf(
    planId: string,
    given: readonly GivenException[],
    participants: readonly Participant[],
  ): Promise<Exception[]> {
    const leadIds = new Set(participants.map((one) => one.leadId));
    const strangers = given.flatMap(({ leadId }, index) =>
      leadIds.has(leadId) ? [] : [{ path: `except.${index}.leadId`, code: 'lead_not_in_round' }],
    );
    if (strangers.length > 0) throw new ProblemError(400, 'validation_failed', {}, strangers);
    return this.exceptions.resolve(planId, given);
  }

  /** After participations of a closed round changed: late participants start, the others are planned anew. */
  async catchUp(round: PromotionRound, leadIds: readonly string[]): Promise<StartResult | null> {
    if (round.closedAt === null || round.followUpPlanId === null || leadIds.length === 0) return null;
    return this.followUp.start({
      roundId: round.id,
      roundName: round.name,
      planId: round.followUpPlanId,
      anchorAt: round.closedAt,
      participants: await this.of(round.id, leadIds),
    });
  }

  tellLeads(
    round: PromotionRound,
    kind: 'round_joined' | 'round_closed' | 'round_reopened',
    leadIds: readonly string[],
  ): Promise<void> {
    return this.timeline.append(
      leadIds.map((leadId) => ({
        leadId,
        kind,
        refType: 'promotion_round',
        refId: round.id,
        data: { round: round.name, code: round.code },
      })),
    );
  }
}
