import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import { UsersQueries } from '../../identity/users.queries.js';
import { FreeTimes } from './free-times.service.js';
import { toFreeTime, type FreeTimesAnswer, type FreeTimesQuery } from '../meetings.dto.js';

/** What an officer sees of free times, when booking for an investor. */
@Injectable()
export class FreeTimesForStaff {
  constructor(
    private readonly db: Database,
    private readonly users: UsersQueries,
    private readonly times: FreeTimes,
  ) {}

  async read({ leadId, officerId, meetingId }: FreeTimesQuery): Promise<FreeTimesAnswer> {
    const [lead] = await this.db.query<{ ownerId: string | null }>(
      sql`SELECT owner_id AS "ownerId" FROM lead WHERE id = ${leadId}`,
    );
    if (!lead) throw new NotFound('lead_not_found');
    const whose = officerId ?? lead.ownerId;
    if (!whose) return { officer: null, items: [] };
    const { id, name } = await this.users.get(whose);
    const times = await this.times.of(id, meetingId ?? null);
    return { officer: { id, name }, items: times.map(toFreeTime) };
  }
}
