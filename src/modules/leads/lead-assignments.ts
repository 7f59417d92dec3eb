import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Events, On } from '../../platform/events/events.js';
import { Invalid } from '../../platform/http/problem.js';
import { UserDeactivated } from '../identity/identity.events.js';
import { UsersQueries } from '../identity/users.queries.js';
import { LeadReassigned } from './leads.events.js';
import { LockedLeads } from './locked-leads.js';
import { Timeline } from './timeline/timeline.service.js';

/** Neither lost nor at the end of its pipeline; dormant leads wake up one day and need someone. */
export const OPEN_LEAD = `l.stage <> 'lost' AND NOT EXISTS (
  SELECT 1 FROM pipeline_stage s WHERE s.kind = l.kind AND s.code = l.stage AND s.is_final)`;

/** Whose lead it is. */
@Injectable()
export class LeadAssignments {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly timeline: Timeline,
    private readonly users: UsersQueries,
    private readonly leads: LockedLeads,
  ) {}

  /** To the same owner again: nothing happens. */
  assign(id: string, given: { ownerId: string; note?: string }): Promise<void> {
    return this.db.transaction(async () => {
      const lead = await this.leads.getForHandOver(id);
      const [owner] = await this.users.getMany([given.ownerId]);
      if (!owner?.active) throw new Invalid('ownerId', 'unknown_user');
      if (lead.ownerId !== given.ownerId)
        await this.handOver([{ id, from: lead.ownerId }], given.ownerId, given.note);
    });
  }

  /** Gives an owner to those that have none; the caller holds the locks. */
  adopt(ids: readonly string[], ownerId: string): Promise<void> {
    return this.handOver(
      ids.map((id) => ({ id, from: null })),
      ownerId,
    );
  }

  /** What a closed account owned goes on in other hands; lost and finished leads keep the name that worked on them. */
  @On(UserDeactivated)
  async handOverAll({ userId, handOverTo }: UserDeactivated): Promise<void> {
    await this.db.transaction(async () => {
      const owned = await this.db.query<{ id: string }>(
        `SELECT l.id FROM lead l WHERE l.owner_id = $1 AND ${OPEN_LEAD} ORDER BY l.id FOR NO KEY UPDATE OF l`,
        [userId],
      );
      await this.handOver(
        owned.map(({ id }) => ({ id, from: userId })),
        handOverTo,
      );
      await this.db.execute(`DELETE FROM lead_helper WHERE user_id = $1`, [userId]);
    });
  }

  private async handOver(
    leads: readonly { id: string; from: string | null }[],
    to: string,
    note?: string,
  ): Promise<void> {
    if (leads.length === 0) return;
    const ids = leads.map(({ id }) => id);
    await this.db.execute(
      `UPDATE lead SET owner_id = $2, version = version + 1, updated_at = $3 WHERE id = ANY($1::uuid[])`,
      [ids, to, this.clock.now()],
    );
    await this.db.execute(`DELETE FROM lead_helper WHERE lead_id = ANY($1::uuid[]) AND user_id = $2`, [
      ids,
      to,
    ]);
    const names = new Map(
      (await this.users.getMany([to, ...leads.flatMap(({ from }) => from ?? [])])).map(({ id, name }) => [
        id,
        name,
      ]),
    );
    const actor = currentActor() ?? SYSTEM;
    await this.timeline.append(
      leads.map(({ id, from }) => ({
        leadId: id,
        kind: 'assigned',
        actor,
        refType: 'app_user',
        refId: to,
        data: {
          to: names.get(to),
          from: from === null ? null : (names.get(from) ?? null),
          note: note ?? null,
        },
      })),
    );
    for (const { id, from } of leads) await this.events.publish(new LeadReassigned(id, from, to));
  }
}
