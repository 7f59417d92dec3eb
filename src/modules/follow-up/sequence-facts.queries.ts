import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { ConsentQueries } from '../directory/consent.queries.js';
import type { InvestorAnswer } from '../leads/lead.entity.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import type { EmailState } from './sequence.rules.js';
import type { StopFacts } from './stop.rules.js';

/** A lead and the person of its firm who is written to. */
export interface LeadAndContact {
  leadId: string;
  contactId: string | null;
}

/** What planning and dispatch must know of a lead now. */
export interface SequenceFacts extends Omit<StopFacts, 'stopPosition'> {
  kind: LeadKind;
  ownerId: string | null;
  email: EmailState;
}

interface FactsRow {
  leadId: string;
  contactId: string | null;
  kind: LeadKind;
  stage: string;
  stagePosition: number | null;
  stageSince: Date;
  ownerId: string | null;
  lastAnswer: InvestorAnswer | null;
  lastAnswerAt: Date | null;
  lastMailAt: Date | null;
  lastMeetingAt: Date | null;
  hasEmail: boolean;
  emailState: string | null;
  bouncedAt: Date | null;
}

/** Facts of many leads at once: three statements, however many there are. */
@Injectable()
export class SequenceFactsQueries {
  constructor(
    private readonly db: Database,
    private readonly consents: ConsentQueries,
  ) {}

  /** By `factsKey`. Leads that do not exist are left out. */
  async read(pairs: readonly LeadAndContact[]): Promise<Map<string, SequenceFacts>> {
    if (pairs.length === 0) return new Map();
    const rows = await this.db.query<FactsRow>(FACTS, [
      pairs.map((pair) => pair.leadId),
      pairs.map((pair) => pair.contactId),
    ]);
    const contactIds = [...new Set(rows.flatMap((row) => row.contactId ?? []))];
    const consents = await this.consents.current(contactIds);
    return new Map(
      rows.map(({ hasEmail, emailState, leadId, contactId, ...facts }) => [
        factsKey({ leadId, contactId }),
        {
          ...facts,
          email: !hasEmail ? 'none' : emailState === 'bounced' ? 'bounced' : 'ok',
          consent: (contactId === null ? undefined : consents.get(contactId)) ?? 'none',
        },
      ]),
    );
  }

  /** The position of each plan version's stop stage, by kind of lead. */
  async stopPositions(versionIds: readonly string[]): Promise<Map<string, Record<LeadKind, number | null>>> {
    const rows = await this.db.query<{ id: string; infrastructure: number | null; secondary: number | null }>(
      `SELECT v.id, i.position AS infrastructure, s.position AS secondary
         FROM follow_up_plan_version v
         LEFT JOIN pipeline_stage i ON i.kind = 'infrastructure' AND i.code = v.stop_stages ->> 'infrastructure'
         LEFT JOIN pipeline_stage s ON s.kind = 'secondary' AND s.code = v.stop_stages ->> 'secondary'
        WHERE v.id = ANY($1::uuid[])`,
      [[...new Set(versionIds)]],
    );
    return new Map(rows.map(({ id, infrastructure, secondary }) => [id, { infrastructure, secondary }]));
  }
}

export function factsKey(pair: LeadAndContact): string {
  return `${pair.leadId} ${pair.contactId ?? '-'}`;
}

/** A meeting counts from when it was noted or held, whichever came first: one held before the close stops nothing. */
const FACTS = `
  SELECT l.id AS "leadId", f.contact_id AS "contactId", l.kind, l.stage, p.position AS "stagePosition",
         l.stage_since AS "stageSince", l.owner_id AS "ownerId", l.last_answer AS "lastAnswer",
         l.last_answer_at AS "lastAnswerAt", m.at AS "lastMeetingAt", w.at AS "lastMailAt",
         coalesce(c.email <> '' AND c.erased_at IS NULL, false) AS "hasEmail", c.email_state AS "emailState",
         c.bounced_at AS "bouncedAt"
    FROM unnest($1::uuid[], $2::uuid[]) AS f (lead_id, contact_id)
    JOIN lead l ON l.id = f.lead_id
    LEFT JOIN pipeline_stage p ON p.kind = l.kind AND p.code = l.stage
    LEFT JOIN contact c ON c.id = f.contact_id
    LEFT JOIN LATERAL (
      SELECT max(least(a.happened_at, a.created_at)) AS at FROM activity a
       WHERE a.lead_id = l.id AND a.kind IN ('meeting', 'visit')) m ON true
    LEFT JOIN LATERAL (
      SELECT max(a.happened_at) AS at FROM activity a WHERE a.lead_id = l.id AND a.incoming) w ON true`;
