import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Conflict } from '../../platform/http/problem.js';
import type { Language } from '../../platform/i18n/i18n.js';
import type { Span } from './hours/free-times.rules.js';
import { MeetingLetters } from './meeting-letters.js';
import { MeetingRecords } from './meeting-records.js';
import type { MeetingRow } from './meeting-rows.js';
import { MeetingStory } from './meeting-story.js';
import { Meeting, type BookedBy, type CancelledBy, type MeetingKind } from './meeting.entity.js';

export interface NewMeeting extends Span {
  leadId: string;
  contactId: string | null;
  officerId: string;
  clusterId: string | null;
  kind: MeetingKind;
  place: string | null;
  language: Language;
  note: string | null;
  bookedBy: BookedBy;
}

export type MeetingChange = Span & Pick<Meeting, 'officerId' | 'clusterId' | 'place' | 'note'>;

/** The rows, the lead's story and the letters of meetings. The caller holds the lead, and has asked who may do it. */
@Injectable()
export class MeetingWriter {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly records: MeetingRecords,
    private readonly story: MeetingStory,
    private readonly letters: MeetingLetters,
  ) {}

  async book(given: NewMeeting): Promise<string> {
    await this.records.lockTime(given.officerId);
    await this.records.assertFree(given.officerId, given, null);
    const now = this.clock.now();
    const id = newId();
    const host = new URL(this.config.appUrl).hostname;
    await this.guarded(() =>
      this.db.repo(Meeting).insert({
        ...given,
        id,
        status: 'booked',
        icsUid: `${id}@${host}`,
        icsSequence: 0,
        agreedAt: now,
        version: 1,
        createdAt: now,
        updatedAt: now,
      }),
    );
    const meeting = await this.records.get(id);
    await this.story.booked(meeting);
    await this.letters.tell(meeting, 'confirmed');
    return id;
  }

  /** To another time, place or officer; everybody's calendar is told by the same entry. */
  async move(meeting: MeetingRow, change: MeetingChange): Promise<void> {
    await this.records.lockTime(change.officerId);
    await this.records.assertFree(change.officerId, change, meeting.id);
    const now = this.clock.now();
    const { startsAt, endsAt, officerId, clusterId, place, note } = change;
    await this.guarded(() =>
      this.db.execute(
        `UPDATE meeting SET starts_at = $2, ends_at = $3, officer_id = $4, cluster_id = $5, place = $6, note = $7, agreed_at = $8,
                ics_sequence = ics_sequence + 1, version = version + 1, updated_at = $8 WHERE id = $1`,
        [meeting.id, startsAt, endsAt, officerId, clusterId, place, note, now],
      ),
    );
    const moved = await this.records.get(meeting.id);
    await this.story.moved(moved, meeting);
    await this.letters.tell(moved, 'moved');
    if (officerId !== meeting.officerId) {
      const { icsSequence } = moved;
      await this.letters.tellFormerOfficer({ ...meeting, icsSequence });
    }
  }

  /** @param quietly the investor is told nothing */
  async cancel(
    meeting: MeetingRow,
    { by, reason, quietly = false }: { by: CancelledBy; reason: string | null; quietly?: boolean },
  ): Promise<void> {
    await this.db.execute(
      `UPDATE meeting SET status = 'cancelled', cancelled_by = $2, cancel_reason = $3, activity_id = NULL, ics_sequence = ics_sequence + 1,
              version = version + 1, updated_at = $4 WHERE id = $1`,
      [meeting.id, by, reason, this.clock.now()],
    );
    const cancelled = await this.records.get(meeting.id);
    await this.story.cancelled({ ...cancelled, activityId: meeting.activityId });
    if (quietly) await this.letters.tellOfficer(cancelled, 'cancelled');
    else await this.letters.tell(cancelled, 'cancelled');
  }

  async settle(meeting: MeetingRow, outcome: 'held' | 'no_show', note: string | null): Promise<void> {
    await this.db.execute(
      `UPDATE meeting SET status = $2, activity_id = CASE WHEN $2 = 'held' THEN activity_id END, version = version + 1, updated_at = $3
        WHERE id = $1`,
      [meeting.id, outcome, this.clock.now()],
    );
    await this.story.settled({ ...meeting, status: outcome }, note);
  }

  /** Behind the lock the time was free; the database has the last word. */
  private async guarded(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if ((error as { code?: string }).code === EXCLUSION_VIOLATION) throw new Conflict('meeting_time_taken');
      throw error;
    }
  }
}

const EXCLUSION_VIOLATION = '23P01';
