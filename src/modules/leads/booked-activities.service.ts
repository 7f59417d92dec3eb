import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Events } from '../../platform/events/events.js';
import { Activity, type ActivityKind } from './activity.entity.js';
import { AnswerRecords } from './answer-records.js';
import { nextActionsBefore } from './next-action.js';
import { ActivityLogged } from './leads.events.js';

export interface BookedActivity {
  leadId: string;
  contactId: string | null;
  kind: Extract<ActivityKind, 'call' | 'meeting' | 'visit'>;
  /** In the future. */
  at: Date;
  subject: string;
  /** Whose time it is. */
  userId: string;
  /** What the lead comes to next, in the words of its owner. */
  nextAction: string;
}

/**
 * Agreed hours of a module above as activities of the lead: booked, moved, called off, held. The story is told by the
 * caller, who has also asked who may do it.
 */
@Injectable()
export class BookedActivities {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly records: AnswerRecords,
  ) {}

  /** Becomes the lead's next action, unless something else is to be done before. */
  async book(booked: BookedActivity): Promise<string> {
    const { leadId, contactId, kind, at, subject, userId } = booked;
    const now = this.clock.now();
    const activity = Object.assign(new Activity(), {
      id: newId(),
      leadId,
      contactId,
      kind,
      happenedAt: at,
      subject,
      body: null,
      outcome: null,
      byUserId: userId,
      createdAt: now,
    });
    await this.db.repo(Activity).insert(activity);
    await this.becomeNext(leadId, booked.nextAction, at);
    await this.events.publish(new ActivityLogged(leadId, kind, at));
    return activity.id;
  }

  async move(
    id: string,
    booked: Pick<BookedActivity, 'leadId' | 'at' | 'userId' | 'nextAction'>,
  ): Promise<void> {
    await this.db.execute(`UPDATE activity SET happened_at = $2, by_user_id = $3 WHERE id = $1`, [
      id,
      booked.at,
      booked.userId,
    ]);
    await this.becomeNext(booked.leadId, booked.nextAction, booked.at);
  }

  /** It does not, or did not, take place: it counts nowhere. */
  async callOff(id: string): Promise<void> {
    await this.db.execute(`DELETE FROM activity WHERE id = $1`, [id]);
  }

  /** It took place: an answer in substance, where an enquiry waits for one. */
  async held(
    id: string,
    { leadId, at, outcome }: { leadId: string; at: Date; outcome: string | null },
  ): Promise<void> {
    await this.db.execute(`UPDATE activity SET outcome = $2 WHERE id = $1`, [id, outcome]);
    await this.db.execute(`UPDATE lead SET last_activity_at = greatest(last_activity_at, $2) WHERE id = $1`, [
      leadId,
      at,
    ]);
    await this.records.markAnswered([leadId], at);
  }

  private async becomeNext(leadId: string, action: string, at: Date): Promise<void> {
    await this.db.execute(
      `UPDATE lead SET next_action = $2, next_action_at = $3, version = version + 1, updated_at = $4
        WHERE id = $1 AND (next_action IS NULL OR next_action_at IS NULL OR next_action_at >= $3 OR next_action = $2 OR next_action = ANY($5))`,
      [leadId, action, at, this.clock.now(), nextActionsBefore('visit')],
    );
  }
}
