import { Injectable } from '@nestjs/common';
import { currentActor, SYSTEM } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { Authenticator } from '../../platform/http/access.guard.js';
import { NotFound } from '../../platform/http/problem.js';
import { assertMayAssign, assertMayChange } from './lead.rules.js';
import type { LeadKind } from './pipelines/pipeline.entity.js';
import type { Stage } from './pipelines/stage.rules.js';

/** What a change needs to know of a lead, read behind its lock. */
export interface LockedLead {
  id: string;
  firmId: string;
  kind: LeadKind;
  stage: string;
  stageBeforeExit: string | null;
  wakeOn: string | null;
  ownerId: string | null;
  primaryContactId: string | null;
  version: number;
  helperIds: string[];
  partnerFirmIds: string[];
  clusters: number;
  lastChangeOn: string;
  proven: string[];
}

const READ = `
  SELECT l.id, l.firm_id AS "firmId", l.kind, l.stage, l.stage_before_exit AS "stageBeforeExit", l.wake_on::text AS "wakeOn",
         l.owner_id AS "ownerId", l.primary_contact_id AS "primaryContactId", l.version,
         ARRAY(SELECT user_id::text FROM lead_helper WHERE lead_id = l.id) AS "helperIds",
         ARRAY(SELECT firm_id::text FROM lead_partner WHERE lead_id = l.id) AS "partnerFirmIds",
         (SELECT count(*)::int FROM lead_cluster WHERE lead_id = l.id) AS clusters,
         (SELECT max(on_day)::text FROM lead_stage_change WHERE lead_id = l.id) AS "lastChangeOn",
         ARRAY(SELECT DISTINCT to_stage FROM lead_stage_change WHERE lead_id = l.id AND evidence IS NOT NULL) AS proven
    FROM lead l WHERE l.id = $1`;

/** Leads to change: locked first, so that what is read of them stays true until the transaction ends. */
@Injectable()
export class LockedLeads {
  constructor(
    private readonly db: Database,
    private readonly authenticator: Authenticator,
  ) {}

  async get(id: string): Promise<LockedLead> {
    const locked = await this.db.execute(`SELECT 1 FROM lead WHERE id = $1 FOR NO KEY UPDATE`, [id]);
    const [lead] = locked === 0 ? [] : await this.db.query<LockedLead>(READ, [id]);
    if (!lead) throw new NotFound('lead_not_found');
    return lead;
  }

  /** Refuses whoever neither owns nor helps with the lead nor may change any. */
  async getForChange(id: string): Promise<LockedLead> {
    const lead = await this.get(id);
    const actor = currentActor() ?? SYSTEM;
    assertMayChange(actor, lead, this.authenticator.may(actor, 'lead.write_any'));
    return lead;
  }

  async getForHandOver(id: string): Promise<LockedLead> {
    const lead = await this.get(id);
    const actor = currentActor() ?? SYSTEM;
    assertMayAssign(actor, lead.ownerId, this.authenticator.may(actor, 'lead.assign'));
    return lead;
  }

  stagesOf(kind: LeadKind): Promise<Stage[]> {
    return this.db.query<Stage>(
      `SELECT code, position, needs_evidence AS "needsEvidence", needs_cluster AS "needsCluster", is_final AS "isFinal"
         FROM pipeline_stage WHERE kind = $1 ORDER BY position`,
      [kind],
    );
  }
}
