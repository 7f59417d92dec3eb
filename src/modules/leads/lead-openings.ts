import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { currentActor, SYSTEM, type Actor } from '../../platform/database/actor.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import { Invalid } from '../../platform/http/problem.js';
import { bulkInsert, type BulkColumns } from './bulk-insert.js';
import { LeadReferences } from './lead-references.js';
import type { LeadSource } from './lead.entity.js';
import type { LeadKind } from './pipelines/pipeline.entity.js';
import { Timeline } from './timeline/timeline.service.js';

/** A decimal string and an ISO 4217 code. */
export interface MoneyGiven {
  amount: string;
  currency: string;
}

export interface CapitalGiven {
  /** What the firm says it would invest. */
  committed?: MoneyGiven | null;
  /** What the certificate or decision names. */
  registered?: MoneyGiven | null;
  /** What was spent on the ground. */
  disbursed?: MoneyGiven | null;
}

export interface NewLead {
  firmId: string;
  kind: LeadKind;
  source: LeadSource;
  sourceRoundId?: string | null;
  /** A stage code; left out: the first of the pipeline. Only an import begins further on. */
  stage?: string;
  ownerId?: string | null;
  primaryContactId?: string | null;
  clusterIds?: readonly string[];
  partnerFirmIds?: readonly string[];
  helperIds?: readonly string[];
  summary?: string | null;
  sector?: string | null;
  areaHa?: number | null;
  capital?: CapitalGiven;
  jobsPromised?: number | null;
  nextAction?: string | null;
  nextActionAt?: Date | null;
  /** Local day, not in the future; left out: now. */
  openedOn?: string;
  sample?: boolean;
}

export interface OpenedLead {
  id: string;
  reference: string;
  firmId: string;
  ownerId: string | null;
}

const LEAD_COLUMNS: BulkColumns = {
  id: 'uuid',
  firm_id: 'uuid',
  kind: 'text',
  stage: 'text',
  owner_id: 'uuid',
  primary_contact_id: 'uuid',
  source: 'text',
  source_round_id: 'uuid',
  summary: 'text',
  sector: 'text',
  area_ha: 'numeric',
  jobs_promised: 'int',
  committed_amount: 'numeric',
  committed_currency: 'text',
  registered_amount: 'numeric',
  registered_currency: 'text',
  disbursed_amount: 'numeric',
  disbursed_currency: 'text',
  next_action: 'text',
  next_action_at: 'timestamptz',
  stage_since: 'timestamptz',
  opened_at: '=t.stage_since',
  last_activity_at: '=t.stage_since',
  sample: 'boolean',
  created_at: 'timestamptz',
  updated_at: '=t.created_at',
};

const CHANGE_COLUMNS: BulkColumns = {
  id: 'uuid',
  lead_id: 'uuid',
  to_stage: 'text',
  on_day: 'date',
  actor_id: 'uuid',
  recorded_at: 'timestamptz',
};

/** Every lead of the product begins here, be it one or ten thousand. */
@Injectable()
export class LeadOpenings {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly references: LeadReferences,
    private readonly timeline: Timeline,
  ) {}

  /** Checks what the lead points at, then opens it. */
  async openOne(lead: NewLead): Promise<OpenedLead> {
    if (lead.openedOn !== undefined && lead.openedOn > this.clock.today())
      throw new Invalid('openedOn', 'date_in_future');
    return this.db.transaction(async () => {
      await this.references.check(lead, [lead.firmId, ...(lead.partnerFirmIds ?? [])]);
      const [opened] = await this.openMany([lead]);
      return opened!;
    });
  }

  /** Opens them in the given order, set by set; whoever calls has checked what they point at. */
  async openMany(leads: readonly NewLead[]): Promise<OpenedLead[]> {
    if (leads.length === 0) return [];
    return this.db.transaction(async () => {
      const rows = await this.prepare(leads);
      await this.insert(rows);
      await this.link(rows);
      await this.record(rows);
      const references = await this.db.query<{ id: string; reference: string }>(
        `SELECT id, reference FROM lead WHERE id = ANY($1::uuid[])`,
        [rows.map(({ id }) => id)],
      );
      const byId = new Map(references.map(({ id, reference }) => [id, reference]));
      return rows.map(({ id, lead }) => ({
        id,
        reference: byId.get(id)!,
        firmId: lead.firmId,
        ownerId: lead.ownerId ?? null,
      }));
    });
  }

  private async prepare(leads: readonly NewLead[]): Promise<Prepared[]> {
    const stages = await this.db.query<{ kind: LeadKind; code: string }>(
      `SELECT kind, code FROM pipeline_stage ORDER BY kind, position`,
    );
    const now = this.clock.now();
    const today = this.clock.dayOf(now);
    return leads.map((lead) => {
      const stage = lead.stage ?? stages.find(({ kind }) => kind === lead.kind)?.code;
      if (stage === undefined || !stages.some(({ kind, code }) => kind === lead.kind && code === stage)) {
        throw new Invalid('stage', 'unknown_stage', { stage });
      }
      const onDay = lead.openedOn ?? today;
      return {
        id: newId(),
        lead,
        stage,
        onDay,
        since: onDay === today ? now : this.clock.startOf(onDay),
        now,
      };
    });
  }

  private insert(rows: readonly Prepared[]): Promise<void> {
    const year = Number(this.clock.today().slice(0, 4));
    const columns = { ...LEAD_COLUMNS, reference: `=next_lead_reference(${year})` };
    return bulkInsert(this.db, 'lead', columns, rows.map(toColumns));
  }

  private async link(rows: readonly Prepared[]): Promise<void> {
    const pairs = <K extends string>(column: K, ids: (lead: NewLead) => readonly string[] | undefined) =>
      rows.flatMap(({ id, lead }) =>
        [...new Set(ids(lead))].map((other, position) => ({ lead_id: id, [column]: other, position })),
      );
    const clusters = pairs('cluster_id', (lead) => lead.clusterIds);
    const partners = pairs('firm_id', (lead) => lead.partnerFirmIds?.filter((id) => id !== lead.firmId));
    const helpers = pairs('user_id', (lead) => lead.helperIds?.filter((id) => id !== lead.ownerId));
    await bulkInsert(
      this.db,
      'lead_cluster',
      { lead_id: 'uuid', cluster_id: 'uuid', position: 'int' },
      clusters,
    );
    await bulkInsert(this.db, 'lead_partner', { lead_id: 'uuid', firm_id: 'uuid' }, partners);
    await bulkInsert(this.db, 'lead_helper', { lead_id: 'uuid', user_id: 'uuid' }, helpers);
  }

  private async record(rows: readonly Prepared[]): Promise<void> {
    const actor = currentActor() ?? SYSTEM;
    await bulkInsert(
      this.db,
      'lead_stage_change',
      CHANGE_COLUMNS,
      rows.map(({ id, stage, onDay, now }) => ({
        id: newId(),
        lead_id: id,
        to_stage: stage,
        on_day: onDay,
        actor_id: userIdOf(actor),
        recorded_at: now,
      })),
    );
    await this.timeline.append(
      rows.map(({ id, lead, stage, since }) => ({
        leadId: id,
        kind: 'lead_opened',
        at: since,
        actor,
        ...(lead.sourceRoundId && { refType: 'promotion_round', refId: lead.sourceRoundId }),
        data: { source: lead.source, stage },
      })),
    );
  }
}

interface Prepared {
  id: string;
  lead: NewLead;
  stage: string;
  onDay: string;
  since: Date;
  now: Date;
}

function toColumns({ id, lead, stage, since, now }: Prepared): Record<string, unknown> {
  return {
    id,
    firm_id: lead.firmId,
    kind: lead.kind,
    stage,
    owner_id: lead.ownerId,
    primary_contact_id: lead.primaryContactId,
    source: lead.source,
    source_round_id: lead.sourceRoundId,
    summary: lead.summary,
    sector: lead.sector,
    area_ha: lead.areaHa,
    jobs_promised: lead.jobsPromised,
    ...capitalColumns(lead.capital ?? {}),
    next_action: lead.nextAction,
    next_action_at: lead.nextActionAt,
    stage_since: since,
    sample: lead.sample ?? false,
    created_at: now,
  };
}

/** Only the sums that are named, null included. */
export function capitalColumns(capital: CapitalGiven): Record<string, string | null> {
  const columns: Record<string, string | null> = {};
  for (const kind of ['committed', 'registered', 'disbursed'] as const) {
    if (capital[kind] === undefined) continue;
    columns[`${kind}_amount`] = capital[kind]?.amount ?? null;
    columns[`${kind}_currency`] = capital[kind]?.currency ?? null;
  }
  return columns;
}

/** Columns that refer to `app_user` take nobody else. */
export function userIdOf(actor: Actor): string | null {
  return actor.kind === 'user' ? actor.id : null;
}
