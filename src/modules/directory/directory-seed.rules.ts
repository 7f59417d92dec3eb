import type { ClusterStatus } from './cluster.entity.js';
import type { FactField } from './cluster-fact.entity.js';
import type { MilestoneKind } from './land/cluster-milestone.entity.js';
import type { CommuneKind } from './commune.entity.js';
import { fold } from './search.rules.js';
import type { TargetUnit } from './targets/target.entity.js';

/** The shape of `data/lang-son-plan.json`. `source_vi` is what the program shows; `source` is the data's own remark. */
export interface SeedPlan {
  plan: {
    planning_districts: string[];
    planning_districts_valid_to: string;
    targets: { code: string; unit: string; measured_by: string }[];
    totals: Record<string, object>;
  };
  clusters: SeedCluster[];
}

interface NamedCommune {
  name: string;
  kind: CommuneKind;
  valid_to?: string;
  now?: { name: string; kind: CommuneKind; valid_from: string };
}

export interface SeedCluster {
  code: string;
  name: string;
  district: string;
  area_ha: number | null;
  status: ClusterStatus;
  established_by?: string;
  source_vi: string;
  /** Oldest first; the last one is where the cluster stands. */
  history: { to: ClusterStatus; on: string | null; decision_number?: string; source?: string }[];
  milestones?: { kind: MilestoneKind; on: string | null; source: string }[];
  facts?: { field: FactField; value: string; source: string; note?: string }[];
  communes_named?: NamedCommune[];
}

export interface SeedCommune {
  name: string;
  kind: CommuneKind;
  /** Code of the planning district. */
  district: string;
  valid_from: string | null;
  valid_to: string | null;
  successor: string | null;
  source: string;
  /** The cluster's source names it; otherwise it only took the place of one that is named. */
  named: boolean;
}

const UNITS: Record<string, TargetUnit> = {
  '%/year': 'percent_per_year',
  '%': 'percent',
  clusters: 'clusters',
  'planning districts': 'planning_districts',
  '% of clusters': 'percent_of_clusters',
};

export function targetUnit(text: string): TargetUnit {
  const unit = UNITS[text];
  if (!unit) throw new Error(`The plan's data has the unit "${text}", which is not known.`);
  return unit;
}

export function districtCode(name: string): string {
  return fold(name).replaceAll(' ', '-');
}

export function communesOf({ district, source_vi: source, communes_named = [] }: SeedCluster): SeedCommune[] {
  const place = { district: districtCode(district), source };
  return communes_named.flatMap(({ name, kind, valid_to = null, now }): SeedCommune[] => [
    { ...place, name, kind, valid_from: null, valid_to, successor: now?.name ?? null, named: true },
    ...(now ? [{ ...place, ...now, valid_to: null, successor: null, named: false }] : []),
  ]);
}

export function stepsOf({ history, source_vi }: SeedCluster) {
  return history.map(({ to, on, decision_number = null, source = source_vi }, index) => ({
    from_status: history[index - 1]?.to ?? null,
    to_status: to,
    on_day: on,
    decision_number,
    source,
  }));
}

export function milestonesOf({ milestones = [] }: SeedCluster) {
  return milestones.map(({ kind, on, source }) => ({ kind, on_day: on, source }));
}

export function factsOf({ facts = [] }: SeedCluster) {
  return facts.map(({ field, value, source, note = null }) => ({ field, value, source, note }));
}
