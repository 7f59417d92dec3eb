import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { Group, IsDay, Line, MayBeAbsent, Nested } from '../../../platform/http/fields.js';
import { IncentiveAnswer } from './cluster-land.dto.js';
import { OptionalLine, Website } from '../directory.fields.js';
import {
  INCENTIVE_APPLIES_TO,
  INCENTIVE_SCOPES,
  SOURCE_GRADES,
  type IncentiveAppliesTo,
  type IncentiveScope,
  type SourceGrade,
} from './incentive.entity.js';
import { TranslatedLine, TranslatedText } from '../translated.dto.js';

class IncentiveFields {
  /** Article, clause, point. @example "Điều 25 khoản 1" */
  @OptionalLine(200)
  legalArticle?: string | null;

  /** Where it can be read. */
  @IsOptional()
  @Website()
  sourceUrl?: string | null;

  /** With the scope `districts`: which. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  planningDistrictIds?: string[];

  /** With the scope `clusters`: which. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  clusterIds?: string[];

  /** The last day in force; null when no end is known. */
  @IsOptional()
  @IsDay()
  effectiveTo?: string | null;

  /** Shown on public pages while in force; false when left out. */
  @MayBeAbsent()
  @IsBoolean()
  isPublic?: boolean;

  /** The order in which pages show them. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(1000)
  position?: number;
}

export class CreateIncentive extends IncentiveFields {
  /** Small letters, digits and single hyphens, at most 60. Never changes. */
  @Line(60)
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  code: string;

  @Nested(() => TranslatedLine)
  title: TranslatedLine;

  @Nested(() => TranslatedText)
  text: TranslatedText;

  /** @example "Nghị định 32/2024/NĐ-CP" */
  @Line(300)
  legalDocument: string;

  /** `law`: read in the legal text; `secondary`: somebody reports it. */
  @IsIn(SOURCE_GRADES)
  sourceGrade: SourceGrade;

  @IsIn(INCENTIVE_APPLIES_TO)
  appliesTo: IncentiveAppliesTo;

  @IsIn(INCENTIVE_SCOPES)
  scope: IncentiveScope;

  @IsDay()
  effectiveFrom: string;
}

export class ChangeIncentive extends IncentiveFields {
  @MayBeAbsent()
  @Group(() => TranslatedLine)
  title?: TranslatedLine;

  @MayBeAbsent()
  @Group(() => TranslatedText)
  text?: TranslatedText;

  @MayBeAbsent()
  @Line(300)
  legalDocument?: string;

  @MayBeAbsent()
  @IsIn(SOURCE_GRADES)
  sourceGrade?: SourceGrade;

  @MayBeAbsent()
  @IsIn(INCENTIVE_APPLIES_TO)
  appliesTo?: IncentiveAppliesTo;

  @MayBeAbsent()
  @IsIn(INCENTIVE_SCOPES)
  scope?: IncentiveScope;

  @MayBeAbsent()
  @IsDay()
  effectiveFrom?: string;
}

export class IncentiveList {
  /** In force, past and to come. */
  items: IncentiveAnswer[];
}
