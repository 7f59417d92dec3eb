import { Injectable } from '@nestjs/common';
import { Calendar } from '../../platform/calendar/calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, type Page } from '../../platform/http/pages.js';
import {
  LEAD_FROM_FIRM,
  LEAD_LIST,
  leadConditions,
  needsFirm,
  ROW_COLUMNS,
  LEAD_FROM,
  type LeadFilter,
} from './lead-list.js';
import { DETAIL, SNAPSHOTS, toLead, toLeadRow, type LeadDetailRow, type LeadListRow } from './lead-rows.js';
import type { LeadAnswer, LeadRowAnswer } from './leads.dto.js';
import type { InvestorAnswer } from './lead.entity.js';
import type { LeadKind } from './pipelines/pipeline.entity.js';

/** What a re-check at dispatch needs, read fresh. */
export interface LeadSnapshot {
  id: string;
  reference: string;
  firmId: string;
  firmName: string;
  kind: LeadKind;
  /** A stage code, `lost` or `dormant`. */
  stage: string;
  /** Position in its pipeline; of the stage before while lost or dormant. */
  stagePosition: number;
  isFinal: boolean;
  ownerId: string | null;
  primaryContactId: string | null;
  clusterIds: string[];
  lastAnswer: InvestorAnswer | null;
  lastAnswerAt: Date | null;
  lastActivityAt: Date;
  nextActionAt: Date | null;
  sample: boolean;
}

@Injectable()
export class LeadsQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
  ) {}

  list(filter: LeadFilter): Promise<Page<LeadRowAnswer>> {
    const now = this.clock.now();
    const where = leadConditions(filter, {
      now,
      userId: currentActor()?.id ?? null,
      startOf: (day) => this.clock.startOf(day),
    });
    const from = needsFirm(filter) ? LEAD_FROM_FIRM : LEAD_FROM;
    return this.pages.read(LEAD_LIST, { select: ROW_COLUMNS, from, where }, filter, (row: LeadListRow) =>
      toLeadRow(row, now),
    );
  }

  async get(id: string): Promise<LeadAnswer> {
    const [row] = await this.db.query<LeadDetailRow>(DETAIL, [id]);
    if (!row) throw new NotFound('lead_not_found');
    return toLead(row, await this.calendar.view(), this.clock.now());
  }

  /** In no order; ids that name no lead are left out. */
  async snapshots(leadIds: readonly string[]): Promise<LeadSnapshot[]> {
    return leadIds.length === 0 ? [] : this.db.query<LeadSnapshot>(SNAPSHOTS, [leadIds]);
  }

  /** Of these firms: whose open leads exist, to preview what a round would join. */
  async openLeadsOf(
    firmIds: readonly string[],
  ): Promise<{ id: string; firmId: string; kind: LeadKind; reference: string }[]> {
    return this.db.query(
      `SELECT l.id, l.firm_id AS "firmId", l.kind, l.reference FROM lead l JOIN pipeline_stage s
           ON s.kind = l.kind AND s.code = coalesce(l.stage_before_exit, l.stage)
        WHERE l.firm_id = ANY($1::uuid[]) AND l.stage <> 'lost' AND NOT s.is_final`,
      [firmIds],
    );
  }
}
