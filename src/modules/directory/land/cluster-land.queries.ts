import { Injectable } from '@nestjs/common';
import sql, { raw } from 'sql-template-tag';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { provenUtilities } from '../cluster.rules.js';
import { UTILITY_KINDS } from './cluster-utility.entity.js';
import type {
  AccessAnswer,
  ClusterLandAnswer,
  ClusterDocumentAnswer,
  IncentiveAnswer,
  UtilityAnswer,
} from './cluster-land.dto.js';
import type { FactAnswer, MilestoneAnswer } from '../clusters.dto.js';

export const ACCESS_COLUMNS = `a.id, a.kind, a.name, a.distance_km::float8 AS "distanceKm", a.note, a.source,
  a.as_of::text AS "asOf", a.position, a.version`;
export const UTILITY_COLUMNS = `u.id, u.kind, u.state, u.capacity, u.note, u.source, u.as_of::text AS "asOf",
  NULL AS milestone, u.version`;
export const DOCUMENT_COLUMNS = `d.id, d.kind, d.title, d.language, d.issued_on::text AS "issuedOn", d.number, d.alt, d.width, d.height,
  json_build_object('name', f.name, 'mediaType', f.media_type, 'size', f.size) AS file,
  d.is_public AS "isPublic", d.position, d.version`;
export const INCENTIVE_COLUMNS = `i.id, i.code, i.title, i.text, i.legal_document AS "legalDocument", i.legal_article AS "legalArticle",
  i.source_url AS "sourceUrl", i.source_grade AS "sourceGrade", i.applies_to AS "appliesTo", i.scope,
  i.planning_district_ids AS "planningDistrictIds", i.cluster_ids AS "clusterIds",
  i.effective_from::text AS "effectiveFrom", i.effective_to::text AS "effectiveTo",
  i.is_public AS "isPublic", i.position, i.version`;

/** As much of a cluster as says what belongs to it. */
export interface LandOwner {
  id: string;
  planningDistrict: { id: string };
  milestones: MilestoneAnswer[];
}

type Owned<T> = T & { clusterId: string };

/** What belongs to clusters, for many at once: a fixed number of statements, however many they are. */
@Injectable()
export class ClusterLandQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** @param publicOnly leaves out documents and incentives that are not published */
  async of(clusters: readonly LandOwner[], publicOnly: boolean): Promise<Map<string, ClusterLandAnswer>> {
    const ids = clusters.map(({ id }) => id);
    const [access, utilities, documents, incentives] = await Promise.all([
      this.db.query<Owned<AccessAnswer>>(sql`
        SELECT a.cluster_id AS "clusterId", ${raw(ACCESS_COLUMNS)} FROM cluster_access a
         WHERE a.cluster_id = ANY(${ids}::uuid[]) ORDER BY a.position, a.id`),
      this.db.query<Owned<UtilityAnswer>>(sql`
        SELECT u.cluster_id AS "clusterId", ${raw(UTILITY_COLUMNS)} FROM cluster_utility u
         WHERE u.cluster_id = ANY(${ids}::uuid[])`),
      this.db.query<Owned<ClusterDocumentAnswer>>(sql`
        SELECT d.cluster_id AS "clusterId", ${raw(DOCUMENT_COLUMNS)}
          FROM cluster_document d JOIN stored_file f ON f.id = d.file_id
         WHERE d.cluster_id = ANY(${ids}::uuid[]) AND (d.is_public OR NOT ${publicOnly}) ORDER BY d.position, d.id`),
      this.incentivesToday(publicOnly),
    ]);
    return new Map(
      clusters.map((cluster) => [
        cluster.id,
        {
          access: ownedBy(cluster.id, access),
          utilities: inOrder([...ownedBy(cluster.id, utilities), ...provenBy(cluster, utilities)]),
          documents: ownedBy(cluster.id, documents),
          incentives: incentives.filter((incentive) => covers(incentive, cluster)),
        },
      ]),
    );
  }

  /** What sources say of clusters and may be shown to anybody. */
  async publicFacts(ids: readonly string[]): Promise<Owned<FactAnswer>[]> {
    return this.db.query<Owned<FactAnswer>>(sql`
      SELECT cluster_id AS "clusterId", id, field, value, source, as_of::text AS "asOf", note, is_public AS "isPublic"
        FROM cluster_fact WHERE cluster_id = ANY(${ids}::uuid[]) AND is_public ORDER BY field, as_of, id`);
  }

  private incentivesToday(publicOnly: boolean): Promise<IncentiveAnswer[]> {
    const today = this.clock.today();
    return this.db.query<IncentiveAnswer>(sql`
      SELECT ${raw(INCENTIVE_COLUMNS)} FROM incentive i
       WHERE i.effective_from <= ${today}::date AND (i.effective_to IS NULL OR i.effective_to >= ${today}::date)
         AND (i.is_public OR NOT ${publicOnly})
       ORDER BY i.position, i.code`);
  }
}

/** The rows of one cluster, without its id. */
export function ownedBy<T>(clusterId: string, rows: readonly Owned<T>[]): T[] {
  return rows
    .filter((row) => row.clusterId === clusterId)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== 'clusterId')) as T);
}

function provenBy(cluster: LandOwner, utilities: readonly Owned<UtilityAnswer>[]): UtilityAnswer[] {
  const said = ownedBy(cluster.id, utilities).map(({ kind }) => kind);
  const reached = cluster.milestones.map(({ kind }) => kind);
  return provenUtilities(said, reached).map(({ kind, milestone }) => {
    const proof = cluster.milestones.findLast((one) => one.kind === milestone)!;
    return {
      id: null,
      kind,
      state: 'available',
      capacity: null,
      note: null,
      source: proof.source,
      asOf: proof.on,
      milestone,
      version: proof.version,
    };
  });
}

function inOrder(utilities: UtilityAnswer[]): UtilityAnswer[] {
  return utilities.toSorted((a, b) => UTILITY_KINDS.indexOf(a.kind) - UTILITY_KINDS.indexOf(b.kind));
}

function covers(incentive: IncentiveAnswer, cluster: LandOwner): boolean {
  if (incentive.scope === 'all') return true;
  return incentive.scope === 'districts'
    ? incentive.planningDistrictIds.includes(cluster.planningDistrict.id)
    : incentive.clusterIds.includes(cluster.id);
}
