import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { On } from '../../platform/events/events.js';
import { ObstacleMoved } from '../leads/leads.events.js';

/** Tasks about an obstacle end with it, and what a manager was told of it. */
@Injectable()
export class ObstaclesListener {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @On(ObstacleMoved)
  async settle({ obstacleId, leadId, open }: ObstacleMoved): Promise<void> {
    const over = open ? [] : [`obstacle_overdue:${obstacleId}`];
    const keys = [`case:obstacle:${obstacleId}`, `obstacle_unacknowledged:${obstacleId}`, ...over];
    const now = this.clock.now();
    await this.db.execute(sql`
      UPDATE reminder SET status = 'done', outcome = 'settled', closed_at = ${now}, version = version + 1, updated_at = ${now}
       WHERE lead_id = ${leadId} AND step_key = ANY(${keys}::text[]) AND status IN ('pending', 'open')`);
  }
}
