import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { translate } from '../../platform/i18n/i18n.js';
import { BookedActivities } from '../leads/booked-activities.service.js';
import { LeadsService } from '../leads/leads.service.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import type { MeetingRow } from './meeting-rows.js';

const ACTIVITY = { site_visit: 'visit', meeting: 'meeting', call: 'call' } as const;

/** What the lead's records tell of its meetings. */
@Injectable()
export class MeetingStory {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly activities: BookedActivities,
    private readonly leads: LeadsService,
    private readonly timeline: Timeline,
  ) {}

  async booked(meeting: MeetingRow): Promise<void> {
    const activityId = await this.activities.book({
      leadId: meeting.leadId,
      contactId: meeting.contactId,
      kind: ACTIVITY[meeting.kind],
      at: meeting.startsAt,
      subject: translate(meeting.officerLanguage, `meetings:subject_${meeting.kind}`),
      userId: meeting.officerId,
      nextAction: nextAction(meeting, meeting.officerLanguage),
    });
    await this.db.execute(`UPDATE meeting SET activity_id = $2 WHERE id = $1`, [meeting.id, activityId]);
    await this.tell(meeting, 'meeting_booked');
  }

  async moved(meeting: MeetingRow, before: MeetingRow): Promise<void> {
    await this.forgetNext(before);
    if (meeting.activityId)
      await this.activities.move(meeting.activityId, {
        leadId: meeting.leadId,
        at: meeting.startsAt,
        userId: meeting.officerId,
        nextAction: nextAction(meeting, meeting.officerLanguage),
      });
    await this.tell(meeting, 'meeting_moved');
  }

  async cancelled(meeting: MeetingRow): Promise<void> {
    await this.forgetNext(meeting);
    if (meeting.activityId) await this.activities.callOff(meeting.activityId);
    await this.tell(meeting, 'meeting_cancelled');
  }

  async settled(meeting: MeetingRow, note: string | null): Promise<void> {
    await this.forgetNext(meeting);
    const { activityId, leadId } = meeting;
    if (activityId && meeting.status === 'held')
      await this.activities.held(activityId, { leadId, at: meeting.startsAt, outcome: note });
    else if (activityId) await this.activities.callOff(activityId);
    await this.tell(meeting, `meeting_${meeting.status}`, { note });
  }

  private forgetNext(meeting: MeetingRow): Promise<void> {
    const words = (['vi', 'en'] as const).map((language) => nextAction(meeting, language));
    return this.leads.moveNextAction(meeting.leadId, words, null);
  }

  private tell(meeting: MeetingRow, kind: string, more: Record<string, unknown> = {}): Promise<void> {
    const { leadId, id, startsAt, officerName, clusterName } = meeting;
    const when = this.clock.local(startsAt).toFormat('HH:mm dd/MM/yyyy');
    const data = {
      kind: ACTIVITY[meeting.kind],
      when,
      startsAt: startsAt.toISOString(),
      officer: officerName,
    };
    return this.timeline.append(
      [{ leadId, kind, refType: 'meeting', refId: id, data: { ...data, cluster: clusterName, ...more } }],
      { touch: true },
    );
  }
}

function nextAction(meeting: MeetingRow, language: 'vi' | 'en'): string {
  return translate(language, `meetings:next_${meeting.kind}`);
}
