import type { ClustersQueries } from '../../directory/clusters.queries.js';

export type ClusterForPublic = Awaited<ReturnType<ClustersQueries['publicList']>>[number];

/** In the investor's languages; null where nobody has written it yet. */
export class PublicWords {
  vi: string;
  en: string | null;
  zh: string | null;
}

export class PublicAccess {
  /** `border_gate`, `expressway`, `national_road`, `provincial_road`, `railway_station`, `port`, `airport` or `city`. */
  kind: string;
  name: PublicWords;
  /** Kilometres by road; null when no source says. */
  distanceKm: number | null;
  note: PublicWords | null;
  source: string;
  asOf: string | null;
}

export class PublicUtility {
  /** `power`, `water`, `wastewater`, `fire_protection`, `internal_roads`, `telecom` or `gas`. */
  kind: string;
  /** `available`, `under_construction`, `planned` or `missing`. */
  state: string;
  capacity: PublicWords | null;
  note: PublicWords | null;
  source: string;
  asOf: string | null;
}

export class PublicIncentive {
  title: PublicWords;
  text: PublicWords;
  /** @example "Nghị định 32/2024/NĐ-CP" */
  legalDocument: string;
  legalArticle: string | null;
  sourceUrl: string | null;
  /** `law`: read in the legal text; `secondary`: known from somebody who reports it. */
  sourceGrade: string;
  /** `infrastructure`, `secondary` or `both`. */
  appliesTo: string;
  effectiveFrom: string;
  effectiveTo: string | null;
}

/** A cluster as anybody may see it. What is not known is null, never 0. */
export class PublicCluster {
  code: string;
  name: string;
  planningDistrict: { code: string; name: string };
  communes: { name: string; validTo: string | null; successor: { name: string } | null }[];
  /** The whole, in hectares. */
  areaHa: number | null;
  /** Industrial land still free, in hectares; null when it is undefined or unknown. */
  freeHa: number | null;
  /** Why `freeHa` is null. */
  freeGap: string | null;
  status: string;
  /** Since when; null when the source does not say. */
  statusSince: string | null;
  /** Kinds of investor that it is open for: `infrastructure` builds the cluster, `secondary` a factory in it. */
  wants: string[];
  /** Share of the industrial land taken (Decree 32/2024 art. 2.7), 0 to 1; null before there is industrial land by an approved detailed plan. */
  occupancyRate: number | null;
  /** Why the rate is null. */
  occupancyGap: string | null;
  /** The day for which the land figures hold. */
  landAsOf: string | null;
  landSource: string | null;
  establishedBy: string | null;
  sectors: string[];
  summary: { vi: string | null; en: string | null; zh: string | null };
  milestones: { kind: string; on: string | null; decisionNumber: string | null; source: string }[];
  /** In degrees (WGS 84); null when no source gives it. */
  position: { latitude: number; longitude: number; source: string } | null;
  access: PublicAccess[];
  /** A kind that is not here is not known, which is not the same as missing. */
  utilities: PublicUtility[];
  /** In force today. */
  incentives: PublicIncentive[];
  source: string;
  updatedAt: string;
}

export class PublicClusters {
  items: PublicCluster[];
}

export function toPublicCluster(cluster: ClusterForPublic): PublicCluster {
  const { code, name, areaHa, status, statusSince, establishedBy, sectors, source, occupancy } = cluster;
  return {
    code,
    name,
    planningDistrict: { code: cluster.planningDistrict.code, name: cluster.planningDistrict.name },
    communes: cluster.communes.map((commune) => ({
      name: commune.name,
      validTo: commune.validTo,
      successor: commune.successor ? { name: commune.successor.name } : null,
    })),
    areaHa,
    freeHa: cluster.freeHa,
    freeGap: cluster.freeGap,
    status,
    statusSince,
    wants: cluster.wants,
    occupancyRate: occupancy.rate,
    occupancyGap: occupancy.reason,
    landAsOf: occupancy.asOf,
    landSource: occupancy.source,
    establishedBy,
    sectors,
    summary: { vi: cluster.summaryVi, en: cluster.summaryEn, zh: cluster.summaryZh },
    milestones: cluster.milestones.map((milestone) => ({
      kind: milestone.kind,
      on: milestone.on,
      decisionNumber: milestone.decisionNumber,
      source: milestone.source,
    })),
    position: cluster.position,
    ...landOf(cluster),
    source,
    updatedAt: cluster.updatedAt,
  };
}

function landOf(cluster: ClusterForPublic): Pick<PublicCluster, 'access' | 'utilities' | 'incentives'> {
  return {
    access: cluster.access.map(({ kind, name, distanceKm, note, source, asOf }) => ({
      kind,
      name,
      distanceKm,
      note,
      source,
      asOf,
    })),
    utilities: cluster.utilities.map(({ kind, state, capacity, note, source, asOf }) => ({
      kind,
      state,
      capacity,
      note,
      source,
      asOf,
    })),
    incentives: cluster.incentives.map((one) => ({
      title: one.title,
      text: one.text,
      legalDocument: one.legalDocument,
      legalArticle: one.legalArticle,
      sourceUrl: one.sourceUrl,
      sourceGrade: one.sourceGrade,
      appliesTo: one.appliesTo,
      effectiveFrom: one.effectiveFrom,
      effectiveTo: one.effectiveTo,
    })),
  };
}
