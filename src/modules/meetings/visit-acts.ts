import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { OutsideTasks } from '../follow-up/outside-tasks.service.js';
import { Timeline } from '../leads/timeline/timeline.service.js';
import type { LeadForMeeting } from './meeting-records.js';
import type { MeetingRow } from './meeting-rows.js';
import { taskTitle } from './meeting-tasks.js';
import { MeetingWriter } from './meeting-writer.js';

/** Who books, behind a link of a mail. */
export interface Visitor {
  leadId: string;
  contactId: string;
  language: Language;
}

/** Working days until the officer should have got in touch. */
const REACT_WITHIN = 1;

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
