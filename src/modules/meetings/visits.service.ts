import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Conflict, Invalid } from '../../platform/http/problem.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { OutsideTasks } from '../follow-up/outside-tasks.service.js';
import { Timeline } from '../leads/timeline.service.js';
import { FreeTimes } from './free-times.service.js';
import { MeetingRecords, type LeadForMeeting } from './meeting-records.js';
import type { MeetingRow } from './meeting-rows.js';
import { MeetingWriter } from './meeting-writer.js';
import { CHANGES_A_DAY } from './meeting.rules.js';
import { MeetingsQueries } from './meetings.queries.js';
import { taskTitle } from './meeting-tasks.js';

/** Who books, behind a link of a mail. */
export interface Visitor {
  leadId: string;
  contactId: string;
  language: Language;
}

export interface VisitChoice {
  startsAt: Date;
  clusterId?: string;
  note?: string;
}

/** Working days until the officer should have got in touch. */
const REACT_WITHIN = 1;

/** What an investor does with the visit of its own lead. The same again is harmless. */
@Injectable()
export class VisitsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly records: MeetingRecords,
    private readonly queries: MeetingsQueries,
    private readonly times: FreeTimes,
    private readonly acts: VisitActs,
  ) {}

  /** Books, or moves what this person has booked before. 409 `visit_time_taken` when somebody was faster. */
  book(visitor: Visitor, choice: VisitChoice): Promise<void> {
    return this.db.transaction(async () => {
      const lead = await this.records.lockLead(visitor.leadId);
      if (lead.stage === 'lost' || !lead.ownerId) throw new Conflict('visit_not_offered');
      const current = await this.queries.visitOf(visitor);
      const clusterId = clusterOf(choice, current, lead);
      const note = choice.note ?? current?.note ?? null;
      if (current && isSame(current, { ...choice, clusterId, note })) return;
      await this.assertNotTooOften(lead.id);
      const officerId = current?.officerId ?? lead.ownerId;
      await this.records.lockTime(officerId);
      const wished = choice.startsAt.getTime();
      const free = await this.times.of(officerId, current?.id ?? null);
      const slot =
        current?.startsAt.getTime() === wished
          ? current
          : free.find(({ startsAt }) => startsAt.getTime() === wished);
      if (!slot) throw new Conflict('visit_time_taken');
      const { startsAt, endsAt } = slot;
      await this.acts.book(lead, visitor, current, { startsAt, endsAt, officerId, clusterId, note });
    });
  }

  /** Nothing to cancel: nothing happens. */
  cancel(visitor: Visitor): Promise<void> {
    return this.db.transaction(async () => {
      const lead = await this.records.lockLead(visitor.leadId);
      const current = await this.queries.visitOf(visitor);
      if (!current) return;
      await this.assertNotTooOften(lead.id);
      await this.acts.cancel(lead, current);
    });
  }

  /** No time is offered: the officer is asked to propose one. */
  ask(visitor: Visitor, note?: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.acts.ask(await this.records.lockLead(visitor.leadId), visitor, note ?? null);
    });
  }

  private async assertNotTooOften(leadId: string): Promise<void> {
    const since = new Date(this.clock.now().getTime() - 24 * 3_600_000);
    const [row] = await this.db.query<{ changes: number }>(
      sql`SELECT coalesce(sum(ics_sequence + 1), 0)::int AS changes FROM meeting
           WHERE lead_id = ${leadId} AND booked_by = 'investor' AND updated_at > ${since}`,
    );
    if (row!.changes >= CHANGES_A_DAY) throw new RuleError('visit_too_many_changes');
  }
}

function clusterOf(choice: VisitChoice, current: MeetingRow | null, lead: LeadForMeeting): string | null {
  if (choice.clusterId && !lead.clusterIds.includes(choice.clusterId))
    throw new Invalid('clusterId', 'unknown_cluster');
  return choice.clusterId ?? current?.clusterId ?? lead.clusterIds[0] ?? null;
}

function isSame(
  current: MeetingRow,
  wished: { startsAt: Date; clusterId: string | null; note: string | null },
) {
  return (
    current.startsAt.getTime() === wished.startsAt.getTime() &&
    current.clusterId === wished.clusterId &&
    current.note === wished.note
  );
}

interface Slot {
  startsAt: Date;
  endsAt: Date;
  officerId: string;
  clusterId: string | null;
  note: string | null;
}

/** What follows from it for the meeting and for the officer's tasks. */
@Injectable()
export class VisitActs {
  constructor(
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly writer: MeetingWriter,
    private readonly timeline: Timeline,
    private readonly tasks: OutsideTasks,
  ) {}

  async book(lead: LeadForMeeting, visitor: Visitor, current: MeetingRow | null, slot: Slot): Promise<void> {
    if (current) return this.writer.move(current, { ...slot, place: current.place });
    await this.writer.book({ ...slot, ...visitor, kind: 'site_visit', place: null, bookedBy: 'investor' });
    await this.tasks.settleAnswer(lead.id, 'visit', 'meeting_agreed');
  }

  async cancel(lead: LeadForMeeting, current: MeetingRow): Promise<void> {
    await this.writer.cancel(current, { by: 'investor', reason: null });
    await this.open(lead, current.contactId, `visit:cancelled:${current.id}`, 'visit_cancelled');
  }

  async ask(lead: LeadForMeeting, { contactId }: Visitor, note: string | null): Promise<void> {
    const isNew = await this.open(lead, contactId, `visit:asked:${this.clock.today()}`, 'visit_asked');
    if (isNew)
      await this.timeline.append([{ leadId: lead.id, kind: 'visit_asked', data: { note } }], { touch: true });
  }

  private async open(
    lead: LeadForMeeting,
    contactId: string | null,
    key: string,
    title: string,
  ): Promise<boolean> {
    const dueAt = await this.calendar.addWorkingDays(this.clock.now(), REACT_WITHIN);
    const task = { ...taskTitle(title), leadId: lead.id, key, contactId };
    return this.tasks.open({ ...task, ownerId: lead.ownerId, dueAt });
  }
}
