import { IsNumber, IsOptional, Max, Min } from 'class-validator';
import { IsDay, Line, MayBeAbsent, Text } from '../../../platform/http/fields.js';
import { OptionalLine } from '../directory.fields.js';
import type { MeasuredBy, TargetUnit } from './target.entity.js';

const LIMIT = 1_000_000_000;

export class TargetsQuery {
  /** Measured as of the end of this day; today when left out. */
  @IsOptional()
  @IsDay()
  asOf?: string;
}

export class ChangeTarget {
  /** At least this; at most two decimals. */
  @MayBeAbsent()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(LIMIT)
  minValue?: number;

  /** The upper end where the plan gives a range. */
  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(LIMIT)
  maxValue?: number | null;

  /** The whole that the value is part of. */
  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(LIMIT)
  ofValue?: number | null;

  @MayBeAbsent()
  @IsDay()
  due?: string;

  /** At most 500 characters. */
  @MayBeAbsent()
  @Line(500)
  nameVi?: string;

  /** At most 500 characters. */
  @MayBeAbsent()
  @Line(500)
  nameEn?: string;

  /** Where the target comes from. */
  @MayBeAbsent()
  @Line(500)
  source?: string;

  /** What another source says instead. */
  @OptionalLine(1000)
  conflict?: string | null;
}

export class EnterTargetValue {
  /** In the target's unit, at most two decimals; growth may be negative. */
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(-LIMIT)
  @Max(LIMIT)
  value: number;

  /** The day for which it holds, not in the future. */
  @IsDay()
  asOf: string;

  /** Who says so. */
  @Line(500)
  source: string;

  /** At most 2,000 characters. */
  @IsOptional()
  @Text(2000)
  note?: string | null;
}

export class TargetValueAnswer {
  id: string;
  value: number;
  asOf: string;
  source: string;
  note: string | null;
}

export class MeasuredValue {
  /** Null when it is unknown. */
  value: number | null;
  /** What a share is part of. */
  of: number | null;
  asOf: string | null;
  /** Who says so; for `clusters` the rows named below. */
  source: string | null;
  /** The clusters that make up the value. */
  clusterIds: string[];
  /** Clusters that might count, but whose figures are not known. */
  undecidedClusterIds: string[];
}

export class TargetAnswer {
  id: string;
  code: string;
  nameVi: string;
  nameEn: string;
  unit: TargetUnit;
  minValue: number;
  maxValue: number | null;
  ofValue: number | null;
  due: string;
  /** `clusters`: computed from the clusters' rows; `hand`: unknown until a value is entered. */
  measuredBy: MeasuredBy;
  source: string;
  conflict: string | null;
  measured: MeasuredValue;
  /** Is the least value reached? Null when the value is unknown. */
  reached: boolean | null;
  /** What sources reported, newest first. */
  values: TargetValueAnswer[];
  version: number;
}

export class PlanFigureAnswer {
  id: string;
  code: string;
  nameVi: string;
  nameEn: string;
  count: number | null;
  ofCount: number | null;
  areaHa: number | null;
  /** The source says "about". */
  approximate: boolean;
  source: string;
  conflict: string | null;
}

export class TargetList {
  asOf: string;
  items: TargetAnswer[];
  /** What the plan's source states of the whole; shown beside our own counts. */
  planFigures: PlanFigureAnswer[];
}
