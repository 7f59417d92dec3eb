import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { newId } from '../../platform/database/ids.js';
import type { SeedCluster, SeedCommune, SeedPlan } from './directory-seed.rules.js';
import {
  communesOf,
  districtCode,
  factsOf,
  milestonesOf,
  stepsOf,
  targetUnit,
} from './directory-seed.rules.js';

/** The plan's districts, clusters, targets and figures, each with its source. Nothing in it is made up. */
@Injectable()
export class DirectorySeed {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Adds what is missing; what is there already, edited or not, stays as it is. */
  load(): Promise<void> {
    const { plan, clusters } = JSON.parse(
      readFileSync(new URL('./data/lang-son-plan.json', import.meta.url), 'utf8'),
    ) as SeedPlan;
    return this.db.transaction(async () => {
      await this.addDistricts(plan);
      await this.addCommunes(clusters.flatMap(communesOf));
      await this.addClusters(clusters);
      await this.addTargets(plan);
      await this.addPlanFigures(plan);
      await this.addIncentives();
    });
  }

  private async addDistricts(plan: SeedPlan['plan']): Promise<void> {
    const rows = plan.planning_districts.map((name, index) => ({
      id: newId(),
      code: districtCode(name),
      name,
      position: index + 1,
    }));
    await this.db.execute(sql`
      INSERT INTO planning_district (id, code, name, position, valid_to)
      SELECT id, code, name, position, ${plan.planning_districts_valid_to}
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given (id uuid, code text, name text, position int)
      ON CONFLICT (code) DO NOTHING`);
  }

  private async addCommunes(communes: SeedCommune[]): Promise<void> {
    const rows = JSON.stringify(communes.map((commune) => ({ ...commune, id: newId() })));
    await this.db.execute(sql`
      INSERT INTO commune (id, name, kind, planning_district_id, valid_from, valid_to, source)
      SELECT DISTINCT ON (d.id, given.name) given.id, given.name, given.kind, d.id, given.valid_from, given.valid_to, given.source
        FROM jsonb_to_recordset(${rows}::jsonb)
             AS given (id uuid, name text, kind text, district text, valid_from date, valid_to date, source text)
        JOIN planning_district d ON d.code = given.district
       WHERE NOT EXISTS (SELECT 1 FROM commune o WHERE o.planning_district_id = d.id AND o.name = given.name)
       ORDER BY d.id, given.name`);
    await this.db.execute(sql`
      UPDATE commune o SET successor_id = s.id
        FROM jsonb_to_recordset(${rows}::jsonb) AS given (name text, district text, successor text)
        JOIN planning_district d ON d.code = given.district
        JOIN commune s ON s.planning_district_id = d.id AND s.name = given.successor
       WHERE o.planning_district_id = d.id AND o.name = given.name AND o.successor_id IS NULL`);
  }

  private async addClusters(clusters: SeedCluster[]): Promise<void> {
    const now = this.clock.now();
    const rows = clusters.map((cluster) => {
      const { code, name, area_ha, status, established_by, source_vi } = cluster;
      const since = cluster.history.at(-1)!.on;
      return {
        id: newId(),
        code,
        name,
        district: districtCode(cluster.district),
        area_ha,
        status,
        since,
        established_by,
        source: source_vi,
      };
    });
    const added = await this.db.query<{ id: string; code: string }>(sql`
      INSERT INTO cluster (id, code, name, planning_district_id, area_ha, status, status_since, established_by, sectors, is_public, source,
                           version, created_at, updated_at)
      SELECT given.id, given.code, given.name, d.id, given.area_ha, given.status, given.since, given.established_by, '{}', true, given.source,
             1, ${now}, ${now}
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             AS given (id uuid, code text, name text, district text, area_ha numeric, status text, since date, established_by text, source text)
        JOIN planning_district d ON d.code = given.district
      ON CONFLICT (code) DO NOTHING RETURNING id, code`);
    const idOf = new Map(added.map(({ id, code }) => [code, id]));
    const fresh = clusters.filter(({ code }) => idOf.has(code));
    const withId = <T extends object>(rowsOf: (cluster: SeedCluster) => T[]): string =>
      JSON.stringify(
        fresh.flatMap((cluster) =>
          rowsOf(cluster).map((row) => ({ ...row, id: newId(), cluster_id: idOf.get(cluster.code) })),
        ),
      );
    await this.placeClusters(withId((cluster) => communesOf(cluster).filter(({ named }) => named)));
    await this.addRecords(withId(stepsOf), withId(milestonesOf), withId(factsOf));
  }

  private async placeClusters(communes: string): Promise<void> {
    await this.db.execute(sql`
      INSERT INTO cluster_commune (cluster_id, commune_id, position)
      SELECT given.cluster_id, o.id, row_number() OVER (PARTITION BY given.cluster_id ORDER BY given.id)
        FROM jsonb_to_recordset(${communes}::jsonb) AS given (id uuid, cluster_id uuid, name text, district text)
        JOIN planning_district d ON d.code = given.district
        JOIN commune o ON o.planning_district_id = d.id AND o.name = given.name`);
  }

  private async addRecords(steps: string, milestones: string, facts: string): Promise<void> {
    const now = this.clock.now();
    await this.db.execute(sql`
      INSERT INTO cluster_status_change (id, cluster_id, from_status, to_status, on_day, decision_number, source, actor_name, recorded_at)
      SELECT id, cluster_id, from_status, to_status, on_day, decision_number, source, 'system', ${now}
        FROM jsonb_to_recordset(${steps}::jsonb)
             AS given (id uuid, cluster_id uuid, from_status text, to_status text, on_day date, decision_number text, source text)`);
    await this.db.execute(sql`
      INSERT INTO cluster_milestone (id, cluster_id, kind, on_day, source, version, created_at, updated_at)
      SELECT id, cluster_id, kind, on_day, source, 1, ${now}, ${now}
        FROM jsonb_to_recordset(${milestones}::jsonb) AS given (id uuid, cluster_id uuid, kind text, on_day date, source text)`);
    await this.db.execute(sql`
      INSERT INTO cluster_fact (id, cluster_id, field, value, source, note, created_at)
      SELECT id, cluster_id, field, value, source, note, ${now}
        FROM jsonb_to_recordset(${facts}::jsonb) AS given (id uuid, cluster_id uuid, field text, value text, source text, note text)`);
  }

  private async addTargets({ targets }: SeedPlan['plan']): Promise<void> {
    const now = this.clock.now();
    const rows = targets.map((target, index) => ({
      ...target,
      id: newId(),
      position: index + 1,
      unit: targetUnit(target.unit),
      measured_by: target.measured_by === 'clusters' ? 'clusters' : 'hand',
    }));
    await this.db.execute(sql`
      INSERT INTO target (id, code, position, name_vi, name_en, unit, min_value, max_value, of_value, due, measured_by, source, conflict,
                          version, created_at, updated_at)
      SELECT id, code, position, name_vi, name_en, unit, "min", "max", "of", due, measured_by, source_vi, conflict_vi, 1, ${now}, ${now}
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             AS given (id uuid, code text, position int, name_vi text, name_en text, unit text, "min" numeric, "max" numeric, "of" numeric,
                       due date, measured_by text, source_vi text, conflict_vi text)
      ON CONFLICT (code) DO NOTHING`);
  }

  private async addPlanFigures({ totals }: SeedPlan['plan']): Promise<void> {
    const rows = Object.entries(totals).map(([code, figure], index) => ({
      ...figure,
      id: newId(),
      position: index + 1,
      code: code.replaceAll('_', '-'),
    }));
    await this.db.execute(sql`
      INSERT INTO plan_figure (id, code, position, name_vi, name_en, count, of_count, area_ha, approximate, source, conflict)
      SELECT id, code, position, name_vi, name_en, count, "of", area_ha, coalesce(approximate, false), source_vi, conflict_vi
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             AS given (id uuid, code text, position int, name_vi text, name_en text, count int, "of" int, area_ha numeric,
                       approximate boolean, source_vi text, conflict_vi text)
      ON CONFLICT (code) DO NOTHING`);
  }

  /** Only what was read in the legal text; its dates and words are the staff's to change. */
  private async addIncentives(): Promise<void> {
    const now = this.clock.now();
    const given = readFileSync(new URL('./data/incentives.json', import.meta.url), 'utf8');
    const rows = (JSON.parse(given) as object[]).map((row, index) => ({
      ...row,
      id: newId(),
      position: index + 1,
    }));
    await this.db.execute(sql`
      INSERT INTO incentive (id, code, title, text, legal_document, legal_article, source_url, source_grade, applies_to, scope,
                             planning_district_ids, cluster_ids, effective_from, is_public, position, version, created_at, updated_at)
      SELECT id, code, title, text, legal_document, legal_article, source_url, source_grade, applies_to, 'all',
             '{}', '{}', effective_from, true, position, 1, ${now}, ${now}
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             AS given (id uuid, code text, title jsonb, text jsonb, legal_document text, legal_article text, source_url text,
                       source_grade text, applies_to text, effective_from date, position int)
      ON CONFLICT (code) DO NOTHING`);
  }
}
