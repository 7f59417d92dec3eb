import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Events } from '../../platform/events/events.js';
import { Activity } from './activity.entity.js';
import { ActivityLogged } from './leads.events.js';
import { LockedLeads } from './locked-leads.js';
import { Timeline } from './timeline/timeline.service.js';

export interface MailFromInvestor {
  leadId: string;
  contactId: string | null;
  at: Date;
  subject: string;
  /** What the writer wrote. */
  words: string;
  /** As the writer calls themself. */
  from: string;
  /** From an address that is not the contact's. */
  otherAddress: boolean;
  /** Of a higher module, for the story to lead to. */
  refType: string;
  refId: string;
}

const SHOWN = 500;

/** What an investor wrote by mail: an activity of theirs, not of ours, so that no clock of ours stops. */
@Injectable()
export class IncomingMailRecords {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly leads: LockedLeads,
    private readonly timeline: Timeline,
  ) {}

  /** Answers the activity, whose lead it is, and whether there is still something to do for it. */
  async received(
    mail: MailFromInvestor,
  ): Promise<{ activityId: string; ownerId: string | null; open: boolean }> {
    const { leadId, contactId, at, subject, words, from, otherAddress, refType, refId } = mail;
    // a mail that comes by itself is everybody's; a person who assigns one changes the lead
    const byPerson = currentActor()?.role != null;
    const lead = await (byPerson ? this.leads.getForChange(leadId) : this.leads.get(leadId));
    const activity = Object.assign(new Activity(), {
      id: newId(),
      leadId,
      contactId,
      kind: 'email' as const,
      happenedAt: at,
      subject: subject || from,
      body: words,
      outcome: null,
      byUserId: null,
      incoming: true,
      createdAt: this.clock.now(),
    });
    await this.db.repo(Activity).insert(activity);
    const data = { subject, from, text: words.slice(0, SHOWN), otherAddress };
    await this.timeline.append([{ leadId, kind: 'mail_received', at, refType, refId, data }], {
      touch: true,
    });
    await this.events.publish(new ActivityLogged(leadId, 'email', at));
    return { activityId: activity.id, ownerId: lead.ownerId, open: lead.stage !== 'lost' };
  }

  /** To answer it comes before whatever was to come next. */
  async becomeNext(leadId: string, action: string, dueAt: Date): Promise<void> {
    await this.db.execute(
      `UPDATE lead SET next_action = $2, next_action_at = $3, version = version + 1, updated_at = $4 WHERE id = $1`,
      [leadId, action, dueAt, this.clock.now()],
    );
  }

  /** It was another lead's: its words leave this one, whose story says only that they did. Changes the lead. */
  async takeBack(mail: {
    leadId: string;
    activityId: string | null;
    refType: string;
    refId: string;
    from: string;
    taskDueAt: Date | null;
  }): Promise<void> {
    const { leadId, activityId, refType, refId, from, taskDueAt } = mail;
    await this.leads.getForChange(leadId);
    await this.db.execute(`DELETE FROM activity WHERE id = $1 AND lead_id = $2`, [activityId, leadId]);
    await this.db.execute(
      `DELETE FROM timeline_entry WHERE lead_id = $1 AND kind = 'mail_received' AND ref_type = $2 AND ref_id = $3`,
      [leadId, refType, refId],
    );
    await this.db.execute(
      `UPDATE lead SET next_action = NULL, next_action_at = NULL, version = version + 1, updated_at = $3 WHERE id = $1 AND next_action_at = $2`,
      [leadId, taskDueAt, this.clock.now()],
    );
    await this.timeline.append([{ leadId, kind: 'mail_moved_away', data: { from } }]);
  }

  /** The writer is to be forgotten: the lines stay, without what they tell of the writer. */
  async forget(refType: string, refIds: readonly string[], activityIds: readonly string[]): Promise<void> {
    await this.db.execute(
      `UPDATE timeline_entry SET data = data - 'subject' - 'from' - 'text' WHERE ref_type = $1 AND ref_id = ANY($2::uuid[])`,
      [refType, refIds],
    );
    await this.db.execute(`UPDATE activity SET subject = '', body = NULL WHERE id = ANY($1::uuid[])`, [
      activityIds,
    ]);
  }
}
