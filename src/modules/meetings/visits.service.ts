import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { Conflict, Invalid } from '../../platform/http/problem.js';
import { RuleError } from '../../platform/http/rule-error.js';
import { FreeTimes } from './hours/free-times.service.js';
import { MeetingRecords, type LeadForMeeting } from './meeting-records.js';
import type { MeetingRow } from './meeting-rows.js';
import { CHANGES_A_DAY } from './meeting.rules.js';
import { VisitActs, type Visitor } from './visit-acts.js';
import { MeetingsQueries } from './meetings.queries.js';

export interface VisitChoice {
  startsAt: Date;
  clusterId?: string;
  note?: string;
}

export type { Visitor } from './visit-acts.js';

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
