import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { Invalid } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { OutsideTasks } from '../follow-up/outside-tasks.service.js';
import { MeetingRecords } from './meeting-records.js';
import type { MeetingRow } from './meeting-rows.js';
import { MeetingWriter } from './meeting-writer.js';
import { assertBooked, assertBegun } from './meeting.rules.js';
import type { MeetingKind } from './meeting.entity.js';
import { VisitingHoursService } from './hours/visiting-hours.service.js';

export interface MeetingGiven {
  leadId: string;
  kind: MeetingKind;
  startsAt: Date;
  /** Left out: as long as the officer's visits. */
  minutes?: number;
  /** Left out: the lead's owner. */
  officerId?: string;
  /** Left out: the lead's main contact; null: none. */
  contactId?: string | null;
  clusterId?: string | null;
  place?: string | null;
  note?: string | null;
}

export interface MeetingMove {
  startsAt: Date;
  minutes?: number;
  officerId?: string;
  clusterId?: string | null;
  place?: string | null;
}

/** What officers do with meetings. They may agree on hours that are offered to nobody. */
@Injectable()
export class MeetingsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly records: MeetingRecords,
    private readonly writer: MeetingWriter,
    private readonly hours: VisitingHoursService,
    private readonly tasks: OutsideTasks,
  ) {}

  book(given: MeetingGiven): Promise<string> {
    return this.db.transaction(async () => {
      const lead = await this.records.lockLead(given.leadId);
      this.records.assertMayChange(lead);
      if (lead.stage === 'lost') throw new RuleError('meeting_lead_lost');
      const officerId = given.officerId ?? lead.ownerId;
      if (!officerId) throw new Invalid('officerId', 'meeting_needs_officer');
      await this.records.assertOfficer(officerId);
      const contactId = given.contactId === undefined ? lead.primaryContactId : given.contactId;
      const language = contactId ? await this.records.languageOf(contactId, lead.firmIds) : 'vi';
      if (given.clusterId) await this.records.assertCluster(given.clusterId);
      const span = await this.spanOf(given, officerId);
      const { kind, clusterId = null, place = null, note = null } = given;
      const id = await this.writer.book({
        ...span,
        leadId: lead.id,
        contactId,
        officerId,
        clusterId,
        kind,
        place,
        language,
        note,
        bookedBy: 'officer',
      });
      await this.tasks.settleAnswer(lead.id, 'visit', 'meeting_agreed');
      return id;
    });
  }

  move(id: string, version: number, { startsAt, minutes, ...move }: MeetingMove): Promise<void> {
    return this.change(id, version, async (meeting) => {
      assertBooked(meeting.status);
      const given = Object.fromEntries(Object.entries(move).filter(([, value]) => value !== undefined));
      const { officerId, clusterId, place, note } = { ...meeting, ...(given as Partial<MeetingRow>) };
      if (officerId !== meeting.officerId) await this.records.assertOfficer(officerId);
      if (clusterId) await this.records.assertCluster(clusterId);
      const before = (meeting.endsAt.getTime() - meeting.startsAt.getTime()) / 60_000;
      const span = await this.spanOf({ startsAt, minutes: minutes ?? before }, officerId);
      await this.writer.move(meeting, { ...span, officerId, clusterId, place, note });
    });
  }

  /** Both sides' calendars lose it; the reason is told to the investor. */
  cancel(id: string, version: number, reason: string | null): Promise<void> {
    return this.change(id, version, (meeting) => {
      assertBooked(meeting.status);
      return this.writer.cancel(meeting, { by: 'officer', reason });
    });
  }

  /** Said once it has begun. */
  settle(
    id: string,
    version: number,
    { outcome, note }: { outcome: 'held' | 'no_show'; note?: string | null },
  ): Promise<void> {
    return this.change(id, version, (meeting) => {
      assertBooked(meeting.status);
      assertBegun(meeting, this.clock.now());
      return this.writer.settle(meeting, outcome, note ?? null);
    });
  }

  private change(id: string, version: number, act: (meeting: MeetingRow) => Promise<void>): Promise<void> {
    return this.db.transaction(async () => {
      const { lead, meeting } = await this.records.lock(id);
      this.records.assertMayChange(lead);
      assertVersion(meeting.version, version);
      await act(meeting);
    });
  }

  private async spanOf({ startsAt, minutes }: { startsAt: Date; minutes?: number }, officerId: string) {
    if (startsAt <= this.clock.now()) throw new Invalid('startsAt', 'must_be_later');
    const length = minutes ?? (await this.hours.find(officerId)).visitMinutes;
    return { startsAt, endsAt: new Date(startsAt.getTime() + length * 60_000) };
  }
}
