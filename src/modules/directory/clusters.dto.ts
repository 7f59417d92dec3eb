import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsPositive,
  IsUUID,
  Matches,
} from 'class-validator';
import {
  CommaList,
  Hectares,
  IsDay,
  Line,
  MayBeAbsent,
  QueryFlag,
  Text,
} from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import type { InvestorKind, OccupancyGap } from './cluster.rules.js';
import { CLUSTER_STATUSES, type ClusterStatus } from './cluster.entity.js';
import { FACT_FIELDS, type FactField } from './cluster-fact.entity.js';
import { MILESTONE_KINDS, type MilestoneKind } from './land/cluster-milestone.entity.js';
import type { CommuneKind } from './commune.entity.js';
import { Degrees, OptionalLine, Sectors } from './directory.fields.js';

class ClusterFields {
  /** Communes it lies in, at most 20, in the order shown. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  communeIds?: string[];

  /** The whole, in hectares; more than 0. @example 74.9 */
  @IsOptional()
  @Hectares()
  @IsPositive()
  areaHa?: number | null;

  /** Industrial land of the approved detailed plan, in hectares; at most the whole. */
  @IsOptional()
  @Hectares()
  industrialLandHa?: number | null;

  /**
   * Industrial land leased or sub-leased, or with an approved investment policy or certificate, in hectares
   * (Decree 32/2024 art. 2.7); at most the industrial land.
   */
  @IsOptional()
  @Hectares()
  occupiedHa?: number | null;

  /** Leased or sub-leased alone, in hectares; at most the occupied land. */
  @IsOptional()
  @Hectares()
  leasedHa?: number | null;

  /** The day for which the land figures hold; required with any of them. */
  @IsOptional()
  @IsDay()
  landAsOf?: string | null;

  /** Where the land figures come from; required with any of them. */
  @OptionalLine(500)
  landSource?: string | null;

  /** Degrees north (WGS 84), 8 to 24; both coordinates or none. @example 21.85 */
  @IsOptional()
  @Degrees(8, 24)
  latitude?: number | null;

  /** Degrees east (WGS 84), 102 to 110. @example 106.76 */
  @IsOptional()
  @Degrees(102, 110)
  longitude?: number | null;

  /** Where the position comes from; required with it. */
  @OptionalLine(500)
  positionSource?: string | null;

  /** The decision that established it. @example "Quyết định 854, 2/6/2023" */
  @OptionalLine(300)
  establishedBy?: string | null;

  /** Industries it is meant for. */
  @MayBeAbsent()
  @Sectors()
  sectors?: string[];

  /** What the public catalogue says, in Vietnamese; at most 5,000 characters. */
  @IsOptional()
  @Text(5000)
  summaryVi?: string | null;

  /** The same in English. */
  @IsOptional()
  @Text(5000)
  summaryEn?: string | null;

  /** The same in Chinese. */
  @IsOptional()
  @Text(5000)
  summaryZh?: string | null;

  /** Shown in the public catalogue; false when left out. */
  @MayBeAbsent()
  @IsBoolean()
  isPublic?: boolean;
}

export class CreateCluster extends ClusterFields {
  /** Stands in public addresses: small letters, digits and single hyphens, at most 60. Never changes. @example "hoa-son-1" */
  @Line(60)
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  code: string;

  /** At most 200 characters. @example "Cụm công nghiệp Hòa Sơn 1" */
  @Line(200)
  name: string;

  @IsUUID()
  planningDistrictId: string;

  /** Where it stands now; `planned` when left out. */
  @MayBeAbsent()
  @IsIn(CLUSTER_STATUSES)
  status?: ClusterStatus;

  /** Since when; null when the source does not say. */
  @IsOptional()
  @IsDay()
  statusSince?: string | null;

  /** Where this is known from. */
  @Line(500)
  source: string;
}

/** The status has a route of its own, with a date and a source. */
export class ChangeCluster extends ClusterFields {
  /** At most 200 characters. */
  @MayBeAbsent()
  @Line(200)
  name?: string;

  @MayBeAbsent()
  @IsUUID()
  planningDistrictId?: string;

  /** Where this is known from. */
  @MayBeAbsent()
  @Line(500)
  source?: string;
}

export class ClustersQuery extends PageQuery {
  /** One or several, separated by commas. */
  @CommaList({ allowed: CLUSTER_STATUSES })
  status?: ClusterStatus[];

  /** One or several, separated by commas. */
  @CommaList({ uuid: true })
  planningDistrictId?: string[];

  /** An industry, accents and case ignored. */
  @IsOptional()
  @Line(100)
  sector?: string;

  @QueryFlag()
  isPublic?: boolean;
}

export class ChangeClusterStatus {
  /** The next step of the legal order, `dropped`, or a step back (which needs a note). */
  @IsIn(CLUSTER_STATUSES)
  to: ClusterStatus;

  /** The day it happened: not in the future, not before the step before. */
  @IsDay()
  on: string;

  /** Number of the decision. @example "1586/QĐ-UBND" */
  @OptionalLine(200)
  decisionNumber?: string | null;

  /** Where this is known from. */
  @Line(500)
  source: string;

  /** Why; at most 2,000 characters. */
  @IsOptional()
  @Text(2000)
  note?: string | null;
}

class MilestoneFields {
  /** The day it happened, not in the future; null when the source does not say. */
  @IsOptional()
  @IsDay()
  on?: string | null;

  /** Number of the decision or certificate. */
  @OptionalLine(200)
  decisionNumber?: string | null;

  /** At most 2,000 characters. */
  @IsOptional()
  @Text(2000)
  note?: string | null;
}

export class CreateMilestone extends MilestoneFields {
  @IsIn(MILESTONE_KINDS)
  kind: MilestoneKind;

  /** Where this is known from. */
  @Line(500)
  source: string;
}

export class ChangeMilestone extends MilestoneFields {
  @MayBeAbsent()
  @IsIn(MILESTONE_KINDS)
  kind?: MilestoneKind;

  /** Where this is known from. */
  @MayBeAbsent()
  @Line(500)
  source?: string;
}

export class CreateFact {
  /** What it speaks of. */
  @IsIn(FACT_FIELDS)
  field: FactField;

  /** As the source has it, with its unit; at most 500 characters. @example "814 tỷ đồng" */
  @Line(500)
  value: string;

  /** Who says so. */
  @Line(500)
  source: string;

  /** The day for which the source says it. */
  @IsOptional()
  @IsDay()
  asOf?: string | null;

  /** At most 2,000 characters. */
  @IsOptional()
  @Text(2000)
  note?: string | null;

  /** Shown on the cluster's public page; false when left out. */
  @MayBeAbsent()
  @IsBoolean()
  isPublic?: boolean;
}

export class ChangeFact {
  @IsBoolean()
  isPublic: boolean;
}

export class PlanningDistrictRef {
  id: string;
  code: string;
  name: string;
}

export class CommuneRef {
  id: string;
  name: string;
  kind: CommuneKind;
  /** The last day under this name; null when no end is known. */
  validTo: string | null;
  /** What took its place. */
  successor: { id: string; name: string } | null;
}

export class OccupancyAnswer {
  /** From 0 to 1; null when it is undefined (`no_detailed_plan`, `no_industrial_land`) or not known (`not_reported`). */
  rate: number | null;
  reason: OccupancyGap | null;
  /** Hectares. */
  occupiedHa: number | null;
  /** Hectares leased or sub-leased alone. */
  leasedHa: number | null;
  /** Hectares. */
  industrialLandHa: number | null;
  /** The day for which the areas hold. */
  asOf: string | null;
  source: string | null;
}

export class MilestoneAnswer {
  id: string;
  kind: MilestoneKind;
  on: string | null;
  decisionNumber: string | null;
  source: string;
  note: string | null;
  version: number;
}

export class FactAnswer {
  id: string;
  field: FactField;
  value: string;
  source: string;
  asOf: string | null;
  note: string | null;
  isPublic: boolean;
}

export class StatusChangeAnswer {
  id: string;
  from: ClusterStatus | null;
  to: ClusterStatus;
  on: string | null;
  decisionNumber: string | null;
  source: string;
  note: string | null;
  /** Who recorded it. */
  by: { id: string | null; name: string };
  recordedAt: string;
}

/** A point on the map (WGS 84), in degrees. */
export class PositionAnswer {
  latitude: number;
  longitude: number;
  source: string;
}

export class ClusterAnswer {
  id: string;
  code: string;
  name: string;
  planningDistrict: PlanningDistrictRef;
  communes: CommuneRef[];
  /** Hectares; null when no source gives it. */
  areaHa: number | null;
  occupancy: OccupancyAnswer;
  /** Industrial land still free, in hectares; null when it is undefined or unknown. */
  freeHa: number | null;
  /** Why `freeHa` is null. */
  freeGap: OccupancyGap | null;
  /** Kinds of investor that it is open for. */
  wants: InvestorKind[];
  /** Null when no source gives it. */
  position: PositionAnswer | null;
  status: ClusterStatus;
  /** Null when no source dates it. */
  statusSince: string | null;
  establishedBy: string | null;
  sectors: string[];
  summaryVi: string | null;
  summaryEn: string | null;
  summaryZh: string | null;
  isPublic: boolean;
  source: string;
  /** By day, undated ones last. */
  milestones: MilestoneAnswer[];
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class ClusterPage implements Page<ClusterAnswer> {
  items: ClusterAnswer[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}

export class MilestoneList {
  items: MilestoneAnswer[];
}

export class FactList {
  items: FactAnswer[];
}

export class StatusHistory {
  /** Oldest first. */
  items: StatusChangeAnswer[];
}
