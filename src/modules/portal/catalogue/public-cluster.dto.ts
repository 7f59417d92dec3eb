import type { ClustersQueries } from '../../directory/clusters.queries.js';

type ClusterAnswer = Awaited<ReturnType<ClustersQueries['publicList']>>[number];

/** A cluster as anybody may see it. What is not known is null, never 0. */
export class PublicCluster {
  code: string;
  name: string;
  planningDistrict: { code: string; name: string };
  communes: { name: string; validTo: string | null; successor: { name: string } | null }[];
  /** The whole, in hectares. */
  areaHa: number | null;
  status: string;
  /** Since when; null when the source does not say. */
  statusSince: string | null;
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
  source: string;
}

export class PublicClusters {
  items: PublicCluster[];
}

export function toPublicCluster(cluster: ClusterAnswer): PublicCluster {
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
    status,
    statusSince,
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
    source,
  };
}
