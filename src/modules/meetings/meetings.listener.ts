import { Injectable } from '@nestjs/common';
import { On } from '../../platform/events/events.js';
import { UserDeactivated } from '../identity/identity.events.js';
import { LeadReassigned, LeadStageChanged } from '../leads/leads.events.js';
import { MeetingHandOvers } from './meeting-hand-overs.js';
import { MeetingWriter } from './meeting-writer.js';
import { MeetingsQueries } from './meetings.queries.js';

/** What becomes of agreed hours when something changes below. */
@Injectable()
export class MeetingsListener {
  constructor(
    private readonly queries: MeetingsQueries,
    private readonly writer: MeetingWriter,
    private readonly handOvers: MeetingHandOvers,
  ) {}

  /** Nobody is expected any more. A lead that sleeps keeps its meeting: whoever agreed on it decides. */
  @On(LeadStageChanged)
  async onStage({ leadId, to }: LeadStageChanged): Promise<void> {
    if (to !== 'lost') return;
    for (const meeting of await this.queries.booked({ leadId }))
      await this.writer.cancel(meeting, { by: 'system', reason: null });
  }

  @On(LeadReassigned)
  async onReassigned({ leadId, from, to }: LeadReassigned): Promise<void> {
    if (from === null) return;
    for (const meeting of await this.queries.booked({ leadId, officerId: from }))
      await this.handOvers.give(meeting, to);
  }

  /** Those on leads of others: what was on their own went with the leads. */
  @On(UserDeactivated)
  async onDeactivated({ userId, handOverTo }: UserDeactivated): Promise<void> {
    for (const meeting of await this.queries.booked({ officerId: userId }))
      await this.handOvers.give(meeting, handOverTo);
  }
}
