import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Invalid, NotFound } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { LockedRounds } from './locked-rounds.js';
import { PromotionEvent, type EventKind } from './promotion-event.entity.js';

export interface EventInput {
  kind: EventKind;
  name: string;
  startsAt: Date;
  endsAt: Date;
  place?: string | null;
}

/** The occasions of a round. */
@Injectable()
export class EventsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly rounds: LockedRounds,
  ) {}

  create(roundId: string, input: EventInput): Promise<string> {
    return this.db.transaction(async () => {
      await this.rounds.getForChange(roundId);
      assertOrder(input);
      const id = newId();
      const now = this.clock.now();
      await this.db.repo(PromotionEvent).insert({
        ...input,
        place: input.place ?? null,
        id,
        roundId,
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      return id;
    });
  }

  change(roundId: string, id: string, change: Partial<EventInput>, seenVersion: number): Promise<string> {
    return this.db.transaction(async () => {
      const event = await this.lock(roundId, id);
      assertVersion(event.version, seenVersion);
      const stated = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined),
      ) as Partial<EventInput>;
      assertOrder({ ...event, ...stated });
      await this.db
        .repo(PromotionEvent)
        .update({ id }, { ...stated, version: event.version + 1, updatedAt: this.clock.now() });
      return id;
    });
  }

  /** Only one that nobody took part in. */
  remove(roundId: string, id: string, seenVersion: number): Promise<void> {
    return this.db.transaction(async () => {
      const event = await this.lock(roundId, id);
      assertVersion(event.version, seenVersion);
      const [taken] = await this.db.query(`SELECT 1 FROM participation WHERE event_id = $1 LIMIT 1`, [id]);
      if (taken) throw new RuleError('event_has_participants');
      await this.db.repo(PromotionEvent).delete({ id });
    });
  }

  private async lock(roundId: string, id: string): Promise<PromotionEvent> {
    const event = await this.db
      .repo(PromotionEvent)
      .findOne({ where: { id, roundId }, lock: { mode: 'pessimistic_write' } });
    if (!event) throw new NotFound('event_not_found');
    return event;
  }
}

function assertOrder({ startsAt, endsAt }: Pick<EventInput, 'startsAt' | 'endsAt'>): void {
  if (endsAt < startsAt) throw new Invalid('endsAt', 'event_ends_before_start');
}
