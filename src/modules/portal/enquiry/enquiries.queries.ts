import { Injectable } from '@nestjs/common';
import { Calendar } from '../../../platform/calendar/calendar.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { NotFound } from '../../../platform/http/problem.js';
import { ACKNOWLEDGE_WITHIN, ANSWER_WITHIN } from '../../leads/lead.rules.js';
import type { LeadEnquiry } from './lead-enquiries.dto.js';

const SHOWN = 50;

type Row = Omit<
  LeadEnquiry,
  'receivedAt' | 'acknowledgeBy' | 'acknowledgedAt' | 'answerBy' | 'answeredAt'
> & {
  receivedAt: Date;
  acknowledgedAt: Date | null;
  answeredAt: Date | null;
};

@Injectable()
export class EnquiriesQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {}

  /** Newest first, the last fifty. */
  async ofLead(leadId: string): Promise<LeadEnquiry[]> {
    const rows = await this.db.query<Row>(OF_LEAD, [leadId, SHOWN, this.clock.now()]);
    if (rows.length === 0) {
      const [lead] = await this.db.query(`SELECT 1 FROM lead WHERE id = $1`, [leadId]);
      if (!lead) throw new NotFound('lead_not_found');
    }
    const calendar = await this.calendar.view();
    return rows.map((row) => ({
      ...row,
      receivedAt: row.receivedAt.toISOString(),
      acknowledgeBy: calendar.addWorkingDays(row.receivedAt, ACKNOWLEDGE_WITHIN).toISOString(),
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
      answerBy: calendar.addWorkingDays(row.receivedAt, ANSWER_WITHIN).toISOString(),
      answeredAt: row.answeredAt?.toISOString() ?? null,
    }));
  }
}

/** A note reaches nobody; what is booked has not been. The confirmation acknowledges, and so does any answer. */
const OF_LEAD = `
  SELECT e.id, e.reference, e.received_at AS "receivedAt", e.via, e.language, e.kind, e.message,
         e.erased_at IS NOT NULL AS erased, e.promotion_mail AS "promotionMail",
         (SELECT json_build_object('id', c.id, 'name', c.full_name) FROM contact c WHERE c.id = e.contact_id) AS contact,
         coalesce((SELECT json_agg(json_build_object('code', asked.code, 'id', k.id, 'name', coalesce(k.name, asked.code)) ORDER BY asked.n)
                     FROM unnest(e.cluster_codes) WITH ORDINALITY AS asked (code, n) LEFT JOIN cluster k ON k.code = asked.code), '[]') AS clusters,
         least((SELECT m.sent_at FROM message m WHERE m.dedupe_key = 'enquiry:' || e.id), answer.at) AS "acknowledgedAt",
         answer.at AS "answeredAt"
    FROM enquiry e JOIN lead l ON l.id = e.lead_id
    LEFT JOIN LATERAL (
      SELECT least(CASE WHEN l.answered_at >= e.received_at THEN l.answered_at END,
                   (SELECT min(a.happened_at) FROM activity a
                     WHERE a.lead_id = e.lead_id AND a.kind <> 'note' AND NOT a.incoming AND a.happened_at BETWEEN e.received_at AND $3)) AS at) answer ON true
   WHERE e.lead_id = $1 ORDER BY e.received_at DESC, e.id DESC LIMIT $2`;
