import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsNumber,
  IsOptional,
  IsUUID,
  Max,
  Min,
} from 'class-validator';
import { Group, IsDay, Line, MayBeAbsent, Nested } from '../../../platform/http/fields.js';
import { ACCESS_KINDS, type AccessKind } from './cluster-access.entity.js';
import { DOCUMENT_KINDS, type DocumentKind } from './cluster-document.entity.js';
import {
  UTILITY_KINDS,
  UTILITY_STATES,
  type UtilityKind,
  type UtilityState,
} from './cluster-utility.entity.js';
import { OptionalLine } from '../directory.fields.js';
import { TranslatedLine, TranslatedText } from '../translated.dto.js';

const DOCUMENT_LANGUAGES = ['vi', 'en', 'zh'] as const;
type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number];

class AccessFields {
  /** Kilometres by road, at most one decimal; null when no source says. @example 42.5 */
  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 1 })
  @Min(0)
  @Max(5000)
  distanceKm?: number | null;

  @IsOptional()
  @Group(() => TranslatedText)
  note?: TranslatedText | null;

  /** The day for which the source says it. */
  @IsOptional()
  @IsDay()
  asOf?: string | null;
}

export class CreateAccess extends AccessFields {
  @IsIn(ACCESS_KINDS)
  kind: AccessKind;

  @Nested(() => TranslatedLine)
  name: TranslatedLine;

  /** Where this is known from. */
  @Line(500)
  source: string;
}

export class ChangeAccess extends AccessFields {
  @MayBeAbsent()
  @IsIn(ACCESS_KINDS)
  kind?: AccessKind;

  @MayBeAbsent()
  @Group(() => TranslatedLine)
  name?: TranslatedLine;

  /** Where this is known from. */
  @MayBeAbsent()
  @Line(500)
  source?: string;
}

class UtilityFields {
  /** As the source has it, with its unit. @example { "vi": "110 kV, 2 × 40 MVA", "en": null, "zh": null } */
  @IsOptional()
  @Group(() => TranslatedLine)
  capacity?: TranslatedLine | null;

  @IsOptional()
  @Group(() => TranslatedText)
  note?: TranslatedText | null;

  /** The day for which the source says it. */
  @IsOptional()
  @IsDay()
  asOf?: string | null;
}

export class CreateUtility extends UtilityFields {
  @IsIn(UTILITY_KINDS)
  kind: UtilityKind;

  @IsIn(UTILITY_STATES)
  state: UtilityState;

  /** Where this is known from. */
  @Line(500)
  source: string;
}

/** The kind stays: another kind is another row. */
export class ChangeUtility extends UtilityFields {
  @MayBeAbsent()
  @IsIn(UTILITY_STATES)
  state?: UtilityState;

  /** Where this is known from. */
  @MayBeAbsent()
  @Line(500)
  source?: string;
}

class DocumentFields {
  /** In which the document itself is written. */
  @IsOptional()
  @IsIn(DOCUMENT_LANGUAGES)
  language?: DocumentLanguage | null;

  @IsOptional()
  @IsDay()
  issuedOn?: string | null;

  /** Number of the decision or of the drawing. */
  @OptionalLine(200)
  number?: string | null;
}

/** The fields of the form that brings a file. The document is not public until it is published. */
export class AddClusterDocument extends DocumentFields {
  @IsIn(DOCUMENT_KINDS)
  kind: DocumentKind;

  /** Vietnamese title, at most 300 characters. */
  @Line(300)
  titleVi: string;

  /** The same in English. */
  @OptionalLine(300)
  titleEn?: string | null;

  /** The same in Chinese. */
  @OptionalLine(300)
  titleZh?: string | null;
}

export class ChangeClusterDocument extends DocumentFields {
  @MayBeAbsent()
  @IsIn(DOCUMENT_KINDS)
  kind?: DocumentKind;

  @MayBeAbsent()
  @Group(() => TranslatedLine)
  title?: TranslatedLine;

  /** What a picture shows, for who cannot see it. */
  @IsOptional()
  @Group(() => TranslatedLine)
  alt?: TranslatedLine | null;

  /** Shown on the cluster's public page, when the cluster is. */
  @MayBeAbsent()
  @IsBoolean()
  isPublic?: boolean;
}

export class LandOrder {
  /** All of them, in the order of the page. */
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}
