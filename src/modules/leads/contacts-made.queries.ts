import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import type { ContactMade } from './lead-records.dto.js';

/** For so long a colleague's call is something to know of before one's own. */
export const LATELY_DAYS = 30;
const SHOWN = 20;

type Row = Omit<ContactMade, 'happenedAt' | 'booked'> & { happenedAt: Date };

/** Who else speaks with an investor, so that two officers do not call it about the same thing. */
@Injectable()
export class ContactsMadeQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** By anybody but the caller, with the lead's firm, on any of its leads; the booked ones too. Notes reach nobody. */
  async byColleagues(leadId: string): Promise<{ items: ContactMade[] }> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - LATELY_DAYS * 86_400_000);
    const rows = await this.db.query<Row>(BY_COLLEAGUES, [leadId, currentActor()?.id ?? null, since, SHOWN]);
    if (rows.length === 0) {
      const [lead] = await this.db.query(`SELECT 1 FROM lead WHERE id = $1`, [leadId]);
      if (!lead) throw new NotFound('lead_not_found');
    }
    return {
      items: rows.map(({ happenedAt, ...row }) => ({
        ...row,
        happenedAt: happenedAt.toISOString(),
        booked: happenedAt > now,
      })),
    };
  }
}

const BY_COLLEAGUES = `
  SELECT a.id, json_build_object('id', l.id, 'reference', l.reference) AS lead, a.kind, a.happened_at AS "happenedAt", a.subject,
         (SELECT json_build_object('id', c.id, 'name', c.full_name) FROM contact c WHERE c.id = a.contact_id) AS contact,
         json_build_object('id', u.id, 'name', u.name) AS by
    FROM lead here
    JOIN lead l ON l.firm_id = here.firm_id
    JOIN activity a ON a.lead_id = l.id AND a.happened_at >= $3 AND a.kind <> 'note'
    JOIN app_user u ON u.id = a.by_user_id AND u.id IS DISTINCT FROM $2::uuid
   WHERE here.id = $1 ORDER BY a.happened_at DESC, a.id DESC LIMIT $4`;
