import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import {
  CommaList,
  Count,
  Group,
  IsDay,
  IsMoney,
  Line,
  MayBeAbsent,
  Money,
  Text,
} from '../../platform/http/fields.js';
import { PageQuery, type Page } from '../../platform/http/pages.js';
import { ROUND_KINDS, ROUND_STATUSES, type RoundKind, type RoundStatus } from './promotion-round.entity.js';

export class GoalsField {
  /** Firms to be reached. */
  @IsOptional()
  @Count()
  firms?: number | null;

  /** Leads to be opened. */
  @IsOptional()
  @Count()
  leads?: number | null;

  @IsOptional()
  @Count()
  meetings?: number | null;

  /** At most 2,000 characters. */
  @IsOptional()
  @Text(2000)
  note?: string | null;
}

class RoundFields {
  @IsOptional()
  @IsIn(ROUND_KINDS)
  kind?: RoundKind | null;

  @IsMoney()
  budget?: Money | null;

  @MayBeAbsent()
  @Group(() => GoalsField)
  goals?: GoalsField;

  /** Clusters that it promotes, at most 100. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  clusterIds?: string[];

  /** The plan to close it with; may still be chosen then. */
  @IsOptional()
  @IsUUID()
  followUpPlanId?: string | null;

  /** An active user; left out on creation: yourself. Owns the leads that the round makes, unless a participation says otherwise. */
  @IsOptional()
  @IsUUID()
  ownerId?: string | null;
}

const CODE = /^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,38}[A-Za-z0-9])?$/;

export class CreateRound extends RoundFields {
  /** Short and unique: letters, digits, `.`, `_`, `/`, `-`; at most 40. @example "2026-XT-01" */
  @Matches(CODE)
  code: string;

  @Line(300)
  name: string;

  /** @example "2026-03-01" */
  @IsDay()
  startsOn: string;

  /** Not before `startsOn`. */
  @IsDay()
  endsOn: string;
}

export class ChangeRound extends RoundFields {
  @MayBeAbsent()
  @Matches(CODE)
  code?: string;

  @MayBeAbsent()
  @Line(300)
  name?: string;

  @MayBeAbsent()
  @IsDay()
  startsOn?: string;

  @MayBeAbsent()
  @IsDay()
  endsOn?: string;

  /** `planned` or `running`; closing and reopening have their own routes. */
  @MayBeAbsent()
  @IsIn(ROUND_STATUSES)
  status?: RoundStatus;

  @IsOptional()
  @Text(10_000)
  outcome?: string | null;
}

export class RoundsQuery extends PageQuery {
  /** @example "planned,running" */
  @CommaList({ allowed: ROUND_STATUSES })
  status?: string[];

  /** A user's id, `me` or `none`. */
  @IsOptional()
  @Matches(/^(me|none|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i)
  ownerId?: string;

  /** Rounds that promote this cluster. */
  @IsOptional()
  @IsUUID()
  clusterId?: string;

  @IsOptional()
  @IsIn(ROUND_KINDS)
  kind?: RoundKind;

  /** Ending on or after this day. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Beginning on or before this day. */
  @IsOptional()
  @IsDay()
  to?: string;
}

export class RoundRef {
  id: string;
  name: string;
}

export class RoundCluster {
  id: string;
  code: string;
  name: string;
}

export class RoundGoals {
  firms: number | null;
  leads: number | null;
  meetings: number | null;
  note: string | null;
}

export class RoundCounts {
  events: number;
  participations: number;
  /** Firms that took part, each once. */
  firms: number;
  attended: number;
  leads: number;
}

export class RoundAnswer {
  id: string;
  code: string;
  name: string;
  kind: RoundKind | null;
  /** `YYYY-MM-DD` */
  startsOn: string;
  endsOn: string;
  budget: Money | null;
  goals: RoundGoals;
  clusters: RoundCluster[];
  status: RoundStatus;
  outcome: string | null;
  followUpPlan: RoundRef | null;
  followUpPlanId: string | null;
  owner: RoundRef | null;
  closedAt: string | null;
  closedBy: RoundRef | null;
  counts: RoundCounts;
  /** Made up for the demo. */
  sample: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export class RoundPage implements Page<RoundAnswer> {
  items: RoundAnswer[];
  nextCursor: string | null;
  /** Exact up to 10,000. */
  total: number;
  totalIsEstimate?: true;
}
