import { RuleError } from '../../platform/http/rule-error.js';
import { Word } from '../../platform/i18n/word.js';
import type { ClusterStatus } from './cluster.entity.js';
import type { MilestoneKind } from './land/cluster-milestone.entity.js';
import type { UtilityKind } from './land/cluster-utility.entity.js';

export type OccupancyGap = 'no_detailed_plan' | 'no_industrial_land' | 'not_reported';

export interface Land {
  industrialLandHa: number | null;
  occupiedHa: number | null;
  leasedHa: number | null;
}

export interface OccupancyRate {
  /** From 0 to 1, four decimals; null when it is undefined or unknown. */
  rate: number | null;
  /** Why there is no rate. */
  reason: OccupancyGap | null;
}

/**
 * Occupied ÷ industrial land (Decree 32/2024 art. 2.7). Industrial land exists only once the detailed plan is
 * approved: before that the rate is undefined, which is not 0 %.
 */
export function occupancyRate(land: Land, milestones: readonly MilestoneKind[]): OccupancyRate {
  if (!milestones.includes('detailed_plan_approved')) return { rate: null, reason: 'no_detailed_plan' };
  if (!land.industrialLandHa) return { rate: null, reason: 'no_industrial_land' };
  if (land.occupiedHa === null) return { rate: null, reason: 'not_reported' };
  return { rate: Math.round((land.occupiedHa / land.industrialLandHa) * 10_000) / 10_000, reason: null };
}

export interface FreeLand {
  /** Industrial land that nobody has taken yet, in hectares; null when it is undefined or unknown. */
  freeHa: number | null;
  /** Why it is null. */
  freeGap: OccupancyGap | null;
}

/** Defined under the same conditions as the occupancy, of which it is the other side. */
export function freeLand(land: Land, milestones: readonly MilestoneKind[]): FreeLand {
  const { reason } = occupancyRate(land, milestones);
  if (reason !== null) return { freeHa: null, freeGap: reason };
  return { freeHa: Math.round((land.industrialLandHa! - land.occupiedHa!) * 100) / 100, freeGap: null };
}

/** `infrastructure` builds and runs the whole cluster, `secondary` builds a factory in it. */
export type InvestorKind = 'infrastructure' | 'secondary';

/** Kinds of investor that a cluster is open for. Free land that is not known may be there: only a full one turns away. */
export function investorsWanted(status: ClusterStatus, freeHa: number | null): InvestorKind[] {
  if (status === 'dropped') return [];
  if (status === 'planned' || status === 'calling_for_investor' || status === 'dossier_filed')
    return ['infrastructure'];
  return freeHa === 0 ? [] : ['secondary'];
}

/** Works whose milestone means that they are there. */
const WORKS: Partial<Record<MilestoneKind, UtilityKind>> = {
  wastewater_works: 'wastewater',
  fire_protection_works: 'fire_protection',
};

/** Kinds that a recorded milestone proves and of which no row says anything. */
export function provenUtilities(
  said: readonly UtilityKind[],
  milestones: readonly MilestoneKind[],
): { kind: UtilityKind; milestone: MilestoneKind }[] {
  return (Object.entries(WORKS) as [MilestoneKind, UtilityKind][])
    .filter(([milestone, kind]) => milestones.includes(milestone) && !said.includes(kind))
    .map(([milestone, kind]) => ({ kind, milestone }));
}

export interface LandFault {
  path: 'areaHa' | 'industrialLandHa' | 'occupiedHa' | 'leasedHa';
  code:
    | 'more_than_area'
    | 'more_than_industrial_land'
    | 'more_than_occupied'
    | 'needs_area'
    | 'needs_industrial_land'
    | 'needs_occupied';
}

/** Leased land is part of the occupied, that of the industrial, that of the whole. */
export function landFaults(land: Land & { areaHa: number | null }): LandFault[] {
  const faults: LandFault[] = [];
  const { areaHa, industrialLandHa, occupiedHa, leasedHa } = land;
  if (industrialLandHa !== null && areaHa === null) faults.push({ path: 'areaHa', code: 'needs_area' });
  if (occupiedHa !== null && industrialLandHa === null)
    faults.push({ path: 'industrialLandHa', code: 'needs_industrial_land' });
  if (leasedHa !== null && occupiedHa === null) faults.push({ path: 'occupiedHa', code: 'needs_occupied' });
  if (exceeds(industrialLandHa, areaHa)) faults.push({ path: 'industrialLandHa', code: 'more_than_area' });
  if (exceeds(occupiedHa, industrialLandHa))
    faults.push({ path: 'occupiedHa', code: 'more_than_industrial_land' });
  if (exceeds(leasedHa, occupiedHa)) faults.push({ path: 'leasedHa', code: 'more_than_occupied' });
  return faults;
}

interface PositionFault {
  path: 'latitude' | 'longitude' | 'positionSource';
  code: 'required' | 'needs_position';
}

/** Both coordinates and their source, or none of the three. */
export function positionFaults(given: {
  latitude: number | null;
  longitude: number | null;
  positionSource: string | null;
}): PositionFault[] {
  const { latitude, longitude, positionSource } = given;
  if (latitude === null && longitude === null)
    return positionSource === null ? [] : [{ path: 'positionSource', code: 'needs_position' }];
  const faults: PositionFault[] = [];
  if (latitude === null) faults.push({ path: 'latitude', code: 'required' });
  if (longitude === null) faults.push({ path: 'longitude', code: 'required' });
  if (positionSource === null) faults.push({ path: 'positionSource', code: 'required' });
  return faults;
}

function exceeds(part: number | null, whole: number | null): boolean {
  return part !== null && whole !== null && part > whole;
}

interface Moves {
  /** The next step of the legal order, or the way out. */
  forward: readonly ClusterStatus[];
  /** Undoes a step: a decision withdrawn, a developer gone. The note must say why. */
  back: readonly ClusterStatus[];
}

export const CLUSTER_MOVES: Record<ClusterStatus, Moves> = {
  planned: { forward: ['calling_for_investor', 'dropped'], back: [] },
  calling_for_investor: { forward: ['dossier_filed', 'dropped'], back: ['planned'] },
  dossier_filed: { forward: ['established', 'dropped'], back: ['calling_for_investor'] },
  established: {
    forward: ['under_construction', 'dropped'],
    back: ['dossier_filed', 'calling_for_investor'],
  },
  under_construction: { forward: ['operating', 'dropped'], back: ['established', 'calling_for_investor'] },
  operating: { forward: [], back: ['under_construction'] },
  dropped: { forward: [], back: ['planned'] },
};

export interface StatusMove {
  from: ClusterStatus;
  to: ClusterStatus;
  /** The day it happened. */
  on: string;
  note: string | null;
  /** The day of the latest dated step before. */
  since: string | null;
  today: string;
}

export function assertStatusMove(move: StatusMove): void {
  const { forward, back } = CLUSTER_MOVES[move.from];
  if (move.from === move.to) throw new RuleError('cluster_status_unchanged');
  if (!forward.includes(move.to) && !back.includes(move.to))
    throw new RuleError('cluster_status_not_allowed', {
      from: statusWord(move.from),
      to: statusWord(move.to),
      allowed: [...forward, ...back].map(statusWord),
    });
  if (back.includes(move.to) && !move.note) throw new RuleError('cluster_status_back_needs_note');
  if (move.on > move.today) throw new RuleError('cluster_status_in_future', { today: move.today });
  if (move.since !== null && move.on < move.since)
    throw new RuleError('cluster_status_out_of_order', { since: move.since });
}

function statusWord(status: ClusterStatus): Word {
  return new Word(`directory:status_${status}`);
}
