import { Injectable } from '@nestjs/common';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { Database } from '../../platform/database/database.js';
import { NotFound } from '../../platform/http/problem.js';
import { Pages, whereClause, type Page, type PageSpec } from '../../platform/http/pages.js';
import type { ClusterForPublic } from './land/cluster-land.dto.js';
import { ClusterLandQueries, ownedBy } from './land/cluster-land.queries.js';
import { freeLand, investorsWanted, occupancyRate } from './cluster.rules.js';
import type {
  ClusterAnswer,
  ClustersQuery,
  FactAnswer,
  MilestoneAnswer,
  StatusChangeAnswer,
} from './clusters.dto.js';
import { escapeLike } from './search.rules.js';
import type { ClusterState } from './targets/target.rules.js';

const LIST: PageSpec = {
  sorts: {
    planningDistrict: { sql: 'd.position', type: 'int' },
    name: { sql: 'fold(c.name)', type: 'text' },
    code: { sql: 'c.code', type: 'text' },
    status: { sql: 'c.status', type: 'text' },
    areaHa: { sql: 'coalesce(c.area_ha, 0)', type: 'numeric' },
    updatedAt: { sql: 'c.updated_at', type: 'timestamptz' },
  },
  defaultSort: 'planningDistrict,name',
  id: 'c.id',
};

const MILESTONE = `json_build_object('id', m.id, 'kind', m.kind, 'on', m.on_day, 'decisionNumber', m.decision_number,
  'source', m.source, 'note', m.note, 'version', m.version)`;

const FROM = sql`cluster c JOIN planning_district d ON d.id = c.planning_district_id`;

const COLUMNS = sql`
  c.id, c.code, c.name, json_build_object('id', d.id, 'code', d.code, 'name', d.name) AS "planningDistrict",
  (SELECT coalesce(json_agg(json_build_object('id', o.id, 'name', o.name, 'kind', o.kind, 'validTo', o.valid_to,
            'successor', CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'name', s.name) END)
            ORDER BY cc.position), '[]')
     FROM cluster_commune cc JOIN commune o ON o.id = cc.commune_id LEFT JOIN commune s ON s.id = o.successor_id
    WHERE cc.cluster_id = c.id) AS communes,
  c.area_ha::float8 AS "areaHa", c.industrial_land_ha::float8 AS "industrialLandHa", c.occupied_ha::float8 AS "occupiedHa",
  c.leased_ha::float8 AS "leasedHa", c.land_as_of::text AS "landAsOf", c.land_source AS "landSource",
  c.latitude::float8 AS latitude, c.longitude::float8 AS longitude, c.position_source AS "positionSource",
  c.status, c.status_since::text AS "statusSince", c.established_by AS "establishedBy", c.sectors,
  c.summary_vi AS "summaryVi", c.summary_en AS "summaryEn", c.summary_zh AS "summaryZh",
  c.is_public AS "isPublic", c.source,
  (SELECT coalesce(json_agg(${raw(MILESTONE)} ORDER BY m.on_day, m.id), '[]')
     FROM cluster_milestone m WHERE m.cluster_id = c.id) AS milestones,
  c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt"`;

type Derived = 'occupancy' | 'freeHa' | 'freeGap' | 'wants' | 'position' | 'createdAt' | 'updatedAt';

interface ClusterRow extends Omit<ClusterAnswer, Derived> {
  latitude: number | null;
  longitude: number | null;
  positionSource: string | null;
  industrialLandHa: number | null;
  occupiedHa: number | null;
  leasedHa: number | null;
  landAsOf: string | null;
  landSource: string | null;
  createdAt: Date;
  updatedAt: Date;
}

interface StateRow extends Omit<ClusterState, 'land' | 'landKnown'> {
  industrialLandHa: number | null;
  occupiedHa: number | null;
  leasedHa: number | null;
  landKnown: boolean;
}

@Injectable()
export class ClustersQueries {
  constructor(
    private readonly db: Database,
    private readonly pages: Pages,
    private readonly land: ClusterLandQueries,
  ) {}

  list(query: ClustersQuery): Promise<Page<ClusterAnswer>> {
    const where: Sql[] = [];
    if (query.status?.length) where.push(sql`c.status = ANY(${query.status}::text[])`);
    if (query.planningDistrictId?.length)
      where.push(sql`c.planning_district_id = ANY(${query.planningDistrictId}::uuid[])`);
    if (query.isPublic !== undefined) where.push(sql`c.is_public = ${query.isPublic}`);
    if (query.sector)
      where.push(
        sql`EXISTS (SELECT 1 FROM unnest(c.sectors) AS sector WHERE fold(sector) = fold(${query.sector}))`,
      );
    for (const word of query.q?.split(/\s+/).filter(Boolean).slice(0, 8) ?? []) {
      where.push(sql`fold(c.name || ' ' || c.code || ' ' || d.name) LIKE fold(${`%${escapeLike(word)}%`})`);
    }
    return this.pages.read<ClusterRow, ClusterAnswer>(
      LIST,
      { select: COLUMNS, from: FROM, where },
      query,
      show,
    );
  }

  /** @param key the id or the code */
  async get(key: string): Promise<ClusterAnswer> {
    const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(key);
    const [found] = await this.read([isId ? sql`c.id = ${key}` : sql`c.code = ${key}`]);
    if (!found) throw new NotFound('cluster_not_found');
    return found;
  }

  /** In the plan's order; ids that name nothing are left out. */
  async getMany(ids: readonly string[]): Promise<ClusterAnswer[]> {
    return ids.length === 0 ? [] : this.read([sql`c.id = ANY(${ids}::uuid[])`]);
  }

  /** What the public catalogue shows, in the plan's order. */
  async publicList(): Promise<ClusterForPublic[]> {
    return this.withPublicLand(await this.read([sql`c.is_public`, sql`c.status <> 'dropped'`]));
  }

  /** Null when there is none, or when it is not public. */
  async findPublic(code: string): Promise<ClusterForPublic | null> {
    const [found] = await this.withPublicLand(await this.read([sql`c.is_public`, sql`c.code = ${code}`]));
    return found ?? null;
  }

  /** Ids among these that name no cluster. */
  async missing(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.db.query<{ id: string }>(sql`
      SELECT given.id FROM unnest(${ids}::uuid[]) AS given (id) WHERE NOT EXISTS (SELECT 1 FROM cluster c WHERE c.id = given.id)`);
    return rows.map(({ id }) => id);
  }

  async milestones(clusterId: string): Promise<MilestoneAnswer[]> {
    return (await this.get(clusterId)).milestones;
  }

  /** Oldest first. */
  async statusHistory(clusterId: string): Promise<StatusChangeAnswer[]> {
    await this.assertExists(clusterId);
    const rows = await this.db.query<Omit<StatusChangeAnswer, 'recordedAt'> & { recordedAt: Date }>(sql`
      SELECT id, from_status AS "from", to_status AS "to", on_day::text AS "on", decision_number AS "decisionNumber", source, note,
             json_build_object('id', actor_id, 'name', actor_name) AS "by", recorded_at AS "recordedAt"
        FROM cluster_status_change WHERE cluster_id = ${clusterId} ORDER BY id`);
    return rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() }));
  }

  /** What sources say, side by side: by field, then by day. */
  async facts(clusterId: string): Promise<FactAnswer[]> {
    await this.assertExists(clusterId);
    return this.db.query<FactAnswer>(sql`
      SELECT id, field, value, source, as_of::text AS "asOf", note, is_public AS "isPublic" FROM cluster_fact
       WHERE cluster_id = ${clusterId} ORDER BY field, as_of, id`);
  }

  /**
   * Every cluster as it was at the end of a day: its last step by then (an undated step counts from the dated one before it), the
   * milestones reached by then (undated ones too). Clusters that had no step yet are left out.
   */
  async statesOn(day: string): Promise<ClusterState[]> {
    const rows = await this.db.query<StateRow>(sql`
      SELECT c.id, c.planning_district_id AS "planningDistrictId", step.to_status AS status,
             c.industrial_land_ha::float8 AS "industrialLandHa", c.occupied_ha::float8 AS "occupiedHa",
             c.leased_ha::float8 AS "leasedHa", coalesce(c.land_as_of <= ${day}::date, true) AS "landKnown",
             ARRAY(SELECT DISTINCT m.kind FROM cluster_milestone m
                    WHERE m.cluster_id = c.id AND (m.on_day IS NULL OR m.on_day <= ${day}::date) ORDER BY m.kind) AS milestones
        FROM cluster c
        JOIN LATERAL (SELECT s.to_status
                        FROM (SELECT id, to_status, max(on_day) OVER (ORDER BY id) AS since
                                FROM cluster_status_change WHERE cluster_id = c.id) AS s
                       WHERE s.since IS NULL OR s.since <= ${day}::date
                       ORDER BY s.id DESC LIMIT 1) AS step ON true
       ORDER BY c.code`);
    return rows.map(({ industrialLandHa, occupiedHa, leasedHa, ...row }) => ({
      ...row,
      land: { industrialLandHa, occupiedHa, leasedHa },
    }));
  }

  private async withPublicLand(clusters: ClusterAnswer[]): Promise<ClusterForPublic[]> {
    const [land, facts] = await Promise.all([
      this.land.of(clusters, true),
      this.land.publicFacts(clusters.map(({ id }) => id)),
    ]);
    return clusters.map((cluster) => ({
      ...cluster,
      ...land.get(cluster.id)!,
      facts: ownedBy(cluster.id, facts),
    }));
  }

  private async assertExists(id: string): Promise<void> {
    const [missing] = await this.missing([id]);
    if (missing) throw new NotFound('cluster_not_found');
  }

  private async read(where: Sql[]): Promise<ClusterAnswer[]> {
    const rows = await this.db.query<ClusterRow>(
      sql`SELECT ${COLUMNS} FROM ${FROM} ${whereClause(where)} ORDER BY ${join([raw('d.position'), raw('fold(c.name)'), raw('c.id')])}`,
    );
    return rows.map(show);
  }
}

function show(row: ClusterRow): ClusterAnswer {
  const land = { industrialLandHa: row.industrialLandHa, occupiedHa: row.occupiedHa, leasedHa: row.leasedHa };
  const kinds = row.milestones.map(({ kind }) => kind);
  const free = freeLand(land, kinds);
  const { latitude, longitude, positionSource } = row;
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    planningDistrict: row.planningDistrict,
    communes: row.communes,
    areaHa: row.areaHa,
    occupancy: { ...occupancyRate(land, kinds), ...land, asOf: row.landAsOf, source: row.landSource },
    ...free,
    wants: investorsWanted(row.status, free.freeHa),
    position:
      latitude === null || longitude === null ? null : { latitude, longitude, source: positionSource ?? '' },
    status: row.status,
    statusSince: row.statusSince,
    establishedBy: row.establishedBy,
    sectors: row.sectors,
    summaryVi: row.summaryVi,
    summaryEn: row.summaryEn,
    summaryZh: row.summaryZh,
    isPublic: row.isPublic,
    source: row.source,
    milestones: row.milestones,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
