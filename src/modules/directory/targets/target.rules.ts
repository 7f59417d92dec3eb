import { occupancyRate, type Land } from '../cluster.rules.js';
import type { ClusterStatus } from '../cluster.entity.js';
import type { MilestoneKind } from '../land/cluster-milestone.entity.js';

/** A cluster as it was on a day. */
export interface ClusterState {
  id: string;
  planningDistrictId: string;
  status: ClusterStatus;
  land: Land;
  /** The land figures are of that day or before, or undated. */
  landKnown: boolean;
  milestones: MilestoneKind[];
}

export interface Measured {
  value: number | null;
  /** What a share is part of. */
  of: number | null;
  /** The clusters that make up the value. */
  counted: string[];
  /** Clusters that might count, but whose figures are not known. */
  undecided: string[];
}

type Verdict = 'yes' | 'no' | 'unknown';

/** Established by decision, or further: somebody invests in its infrastructure. */
const INVESTED: readonly ClusterStatus[] = ['established', 'under_construction', 'operating'];

function occupiedMoreThan(cluster: ClusterState, share: number): Verdict {
  const { rate } = occupancyRate(cluster.land, cluster.milestones);
  if (rate === null || !cluster.landKnown) return 'unknown';
  return rate > share ? 'yes' : 'no';
}

function judge(clusters: ClusterState[], verdict: (cluster: ClusterState) => Verdict): Measured {
  const of = (wanted: Verdict) =>
    clusters.filter((cluster) => verdict(cluster) === wanted).map(({ id }) => id);
  const counted = of('yes');
  return { value: counted.length, of: null, counted, undecided: of('unknown') };
}

/** Its infrastructure is complete, it operates, and more than 30 % is occupied. */
function operatingAndOccupied(clusters: ClusterState[]): Measured {
  return judge(clusters, (cluster) => {
    if (cluster.status !== 'operating') return 'no';
    const occupied = occupiedMoreThan(cluster, 0.3);
    if (occupied === 'no') return 'no';
    return cluster.milestones.includes('infrastructure_complete') ? occupied : 'unknown';
  });
}

/** Planning districts with at least one operating cluster that is more than 50 % occupied. */
function districtsServed(clusters: ClusterState[]): Measured {
  const judged = judge(clusters, (cluster) =>
    cluster.status === 'operating' ? occupiedMoreThan(cluster, 0.5) : 'no',
  );
  const districts = new Set(
    clusters.filter(({ id }) => judged.counted.includes(id)).map((cluster) => cluster.planningDistrictId),
  );
  return { ...judged, value: districts.size };
}

/** Per cent, one decimal, of the clusters that are established or further; unknown while there are none. */
function shareWith(kind: MilestoneKind, clusters: ClusterState[]): Measured {
  const invested = clusters.filter((cluster) => INVESTED.includes(cluster.status));
  const judged = judge(invested, (cluster) => (cluster.milestones.includes(kind) ? 'yes' : 'no'));
  if (invested.length === 0) return { ...judged, value: null, of: 0 };
  return {
    ...judged,
    value: Math.round((judged.counted.length / invested.length) * 1000) / 10,
    of: invested.length,
  };
}

const RULES: Record<string, (clusters: ClusterState[]) => Measured> = {
  'operating-2025': operatingAndOccupied,
  'every-district-2030': districtsServed,
  'wastewater-100': (clusters) => shareWith('wastewater_works', clusters),
  'fire-100': (clusters) => shareWith('fire_protection_works', clusters),
  'invested-2030': (clusters) => judge(clusters, ({ status }) => (INVESTED.includes(status) ? 'yes' : 'no')),
};

export function hasRule(code: string): boolean {
  return Object.hasOwn(RULES, code);
}

/** What the clusters' rows say of a target; null when no rule measures it. */
export function measureTarget(code: string, clusters: ClusterState[]): Measured | null {
  return hasRule(code) ? RULES[code]!(clusters) : null;
}
