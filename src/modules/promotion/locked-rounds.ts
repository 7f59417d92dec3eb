import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { PromotionRound } from './promotion-round.entity.js';

/** Rounds to change. One at a time: closing, reopening and late participants of a round wait for each other here. */
@Injectable()
export class LockedRounds {
  constructor(private readonly db: Database) {}

  async getForChange(id: string): Promise<PromotionRound> {
    const round = await this.db
      .repo(PromotionRound)
      .findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!round) throw new NotFound('round_not_found');
    return round;
  }
}
