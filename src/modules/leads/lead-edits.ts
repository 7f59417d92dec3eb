import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { assertVersion } from '../../platform/http/if-match.js';
import { capitalColumns, type CapitalGiven } from './lead-openings.js';
import { LeadReferences } from './lead-references.js';
import { LockedLeads, type LockedLead } from './locked-leads.js';
import { Timeline } from './timeline/timeline.service.js';

/** Left out: unchanged. Null: emptied. */
export interface LeadEdit {
  primaryContactId?: string | null;
  clusterIds?: string[];
  partnerFirmIds?: string[];
  helperIds?: string[];
  summary?: string | null;
  sector?: string | null;
  areaHa?: number | null;
  capital?: CapitalGiven;
  jobsPromised?: number | null;
  jobsDelivered?: number | null;
  nextAction?: string | null;
  nextActionAt?: Date | null;
}

const PLAIN = {
  primaryContactId: 'primary_contact_id',
  summary: 'summary',
  sector: 'sector',
  areaHa: 'area_ha',
  jobsPromised: 'jobs_promised',
  jobsDelivered: 'jobs_delivered',
  nextAction: 'next_action',
  nextActionAt: 'next_action_at',
} as const satisfies Partial<Record<keyof LeadEdit, string>>;

const LINKS = {
  clusterIds: ['lead_cluster', 'cluster_id'],
  partnerFirmIds: ['lead_partner', 'firm_id'],
  helperIds: ['lead_helper', 'user_id'],
} as const;

/** Everything of a lead that is neither its stage nor its owner. */
@Injectable()
export class LeadEdits {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly leads: LockedLeads,
    private readonly references: LeadReferences,
    private readonly timeline: Timeline,
  ) {}

  change(id: string, edit: LeadEdit, seenVersion: number): Promise<void> {
    return this.db.transaction(async () => {
      const lead = await this.leads.getForChange(id);
      assertVersion(lead.version, seenVersion);
      await this.references.check(edit, [lead.firmId, ...(edit.partnerFirmIds ?? lead.partnerFirmIds)]);
      await this.write(id, edit);
      for (const name of Object.keys(LINKS) as (keyof typeof LINKS)[]) {
        if (edit[name] !== undefined) await this.relink(lead, name, edit[name]);
      }
      const fields = Object.entries(edit).flatMap(([name, value]) => (value === undefined ? [] : name));
      if (fields.length > 0)
        await this.timeline.append([
          { leadId: id, kind: 'details_changed', data: { fields: fields.join(', ') } },
        ]);
    });
  }

  private async write(id: string, edit: LeadEdit): Promise<void> {
    const columns: Record<string, unknown> = capitalColumns(edit.capital ?? {});
    for (const [name, column] of Object.entries(PLAIN)) {
      const value = edit[name as keyof typeof PLAIN];
      if (value !== undefined) columns[column] = value;
    }
    const names = Object.keys(columns);
    const settings = [
      ...names.map((name, index) => `${name} = $${index + 3}`),
      'version = version + 1',
      'updated_at = $2',
    ];
    await this.db.execute(`UPDATE lead SET ${settings.join(', ')} WHERE id = $1`, [
      id,
      this.clock.now(),
      ...Object.values(columns),
    ]);
  }

  private async relink(lead: LockedLead, name: keyof typeof LINKS, wanted: readonly string[]): Promise<void> {
    const [table, column] = LINKS[name];
    const itself = name === 'helperIds' ? lead.ownerId : lead.firmId;
    const ids = [...new Set(wanted)].filter((id) => id !== itself);
    await this.db.execute(`DELETE FROM ${table} WHERE lead_id = $1 AND NOT ${column} = ANY($2::uuid[])`, [
      lead.id,
      ids,
    ]);
    const positions =
      name === 'clusterIds'
        ? {
            into: ', position',
            from: ', n - 1',
            conflict: '(lead_id, cluster_id) DO UPDATE SET position = excluded.position',
          }
        : null;
    await this.db.execute(
      `INSERT INTO ${table} (lead_id, ${column}${positions?.into ?? ''})
       SELECT $1, id${positions?.from ?? ''} FROM unnest($2::uuid[]) WITH ORDINALITY AS t (id, n)
       ON CONFLICT ${positions?.conflict ?? 'DO NOTHING'}`,
      [lead.id, ids],
    );
  }

  /** What comes next, where nothing is noted yet: a task that someone set. */
  async noteNextAction(id: string, action: string, at: Date): Promise<void> {
    await this.db.execute(
      `UPDATE lead SET next_action = $2, next_action_at = $3, version = version + 1, updated_at = $4 WHERE id = $1 AND next_action IS NULL`,
      [id, action, at, this.clock.now()],
    );
  }

  /** What was noted under one of these names has another time now, or none: it is done, or called off. */
  async moveNextAction(id: string, names: readonly string[], at: Date | null): Promise<void> {
    await this.db.execute(
      `UPDATE lead SET next_action = CASE WHEN $3::timestamptz IS NULL THEN NULL ELSE next_action END, next_action_at = $3, version = version + 1, updated_at = $4
        WHERE id = $1 AND next_action = ANY($2)`,
      [id, names, at, this.clock.now()],
    );
  }
}
