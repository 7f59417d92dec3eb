import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Events } from '../../platform/events/events.js';
import { NotFound } from '../../platform/http/problem.js';
import { Activity, type ActivityKind } from './activity.entity.js';
import { AnswerRecords } from './answer-records.js';
import { LeadReferences } from './lead-references.js';
import { userIdOf } from './lead-openings.js';
import { ActivityLogged } from './leads.events.js';
import { LockedLeads } from './locked-leads.js';
import { Timeline } from './timeline/timeline.service.js';

export interface NewActivity {
  kind: ActivityKind;
  /** Left out: now. In the future: booked. */
  happenedAt?: Date;
  subject: string;
  body?: string | null;
  outcome?: string | null;
  contactId?: string | null;
  /** What comes next, set on the lead together with the activity. */
  nextAction?: string | null;
  nextActionAt?: Date | null;
}

@Injectable()
export class ActivityRows {
  constructor(
    private readonly db: Database,
    private readonly timeline: Timeline,
    private readonly records: AnswerRecords,
  ) {}

  /** The activity, its line in the story, and the clocks of an enquiry: a note reaches nobody, so it stops none. */
  async insert(activity: Activity, now: Date): Promise<void> {
    await this.db.repo(Activity).insert(activity);
    const { leadId, happenedAt, kind } = activity;
    const booked = happenedAt > now;
    const data = {
      kind,
      subject: activity.subject,
      outcome: activity.outcome,
      happenedAt: happenedAt.toISOString(),
    };
    const entry = {
      leadId,
      kind: booked ? 'activity_booked' : 'activity_logged',
      at: booked ? now : happenedAt,
      refType: 'activity',
      refId: activity.id,
      data,
    };
    await this.timeline.append([entry], { touch: true });
    if (!booked && kind !== 'note') await this.records.markAnswered([leadId], happenedAt);
  }
}

/** What officers do for a lead. */
@Injectable()
export class ActivitiesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly leads: LockedLeads,
    private readonly references: LeadReferences,
    private readonly rows: ActivityRows,
  ) {}

  log(leadId: string, given: NewActivity): Promise<Activity> {
    return this.db.transaction(async () => {
      const lead = await this.leads.getForChange(leadId);
      await this.references.check({ contactId: given.contactId }, [lead.firmId, ...lead.partnerFirmIds]);
      const now = this.clock.now();
      const activity = Object.assign(new Activity(), {
        id: newId(),
        leadId,
        contactId: given.contactId ?? null,
        kind: given.kind,
        happenedAt: given.happenedAt ?? now,
        subject: given.subject,
        body: given.body ?? null,
        outcome: given.outcome ?? null,
        byUserId: userIdOf(currentActor() ?? SYSTEM),
        createdAt: now,
      });
      await this.rows.insert(activity, now);
      await this.setNextAction(leadId, given, now);
      await this.events.publish(new ActivityLogged(leadId, activity.kind, activity.happenedAt));
      return activity;
    });
  }

  async get(id: string): Promise<Activity> {
    const activity = await this.db.repo(Activity).findOneBy({ id });
    if (!activity) throw new NotFound('activity_not_found');
    return activity;
  }

  private async setNextAction(
    leadId: string,
    { nextAction, nextActionAt }: NewActivity,
    now: Date,
  ): Promise<void> {
    if (nextAction === undefined && nextActionAt === undefined) return;
    await this.db.execute(
      `UPDATE lead SET next_action = CASE WHEN $2 THEN $3 ELSE next_action END, next_action_at = CASE WHEN $4 THEN $5 ELSE next_action_at END,
              version = version + 1, updated_at = $6 WHERE id = $1`,
      [
        leadId,
        nextAction !== undefined,
        nextAction ?? null,
        nextActionAt !== undefined,
        nextActionAt ?? null,
        now,
      ],
    );
  }
}
