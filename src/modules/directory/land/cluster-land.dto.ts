import type { MilestoneKind } from './cluster-milestone.entity.js';
import type { AccessKind } from './cluster-access.entity.js';
import type { DocumentKind } from './cluster-document.entity.js';
import type { UtilityKind, UtilityState } from './cluster-utility.entity.js';
import { ClusterAnswer, FactAnswer } from '../clusters.dto.js';
import type { IncentiveAppliesTo, IncentiveScope, SourceGrade } from './incentive.entity.js';
import { TranslatedLine, TranslatedText } from '../translated.dto.js';

/** A road or place by which a cluster is reached. */
export class AccessAnswer {
  id: string;
  kind: AccessKind;
  name: TranslatedLine;
  /** Kilometres by road; null when no source says. */
  distanceKm: number | null;
  note: TranslatedText | null;
  source: string;
  asOf: string | null;
  position: number;
  version: number;
}

export class UtilityAnswer {
  /** Null when only a milestone says it. */
  id: string | null;
  kind: UtilityKind;
  state: UtilityState;
  /** As the source has it, with its unit. */
  capacity: TranslatedLine | null;
  note: TranslatedText | null;
  source: string;
  asOf: string | null;
  /** The milestone that proves it when nobody entered more. */
  milestone: MilestoneKind | null;
  version: number;
}

export class ClusterDocumentAnswer {
  id: string;
  kind: DocumentKind;
  title: TranslatedLine;
  /** In which the document itself is written. */
  language: 'vi' | 'en' | 'zh' | null;
  issuedOn: string | null;
  /** Number of the decision or of the drawing. */
  number: string | null;
  /** What a picture shows, for who cannot see it. */
  alt: TranslatedLine | null;
  /** Pixels; null for what is no picture. */
  width: number | null;
  height: number | null;
  file: ClusterDocumentFile;
  isPublic: boolean;
  position: number;
  version: number;
}

export class ClusterDocumentFile {
  /** As it is offered for saving. */
  name: string;
  /** Read from the content. */
  mediaType: string;
  /** Bytes. */
  size: number;
}

export class IncentiveAnswer {
  id: string;
  code: string;
  title: TranslatedLine;
  text: TranslatedText;
  legalDocument: string;
  legalArticle: string | null;
  /** Where it can be read. */
  sourceUrl: string | null;
  /** `law`: read in the legal text; `secondary`: somebody reports it. */
  sourceGrade: SourceGrade;
  appliesTo: IncentiveAppliesTo;
  scope: IncentiveScope;
  /** With the scope `districts`. */
  planningDistrictIds: string[];
  /** With the scope `clusters`. */
  clusterIds: string[];
  effectiveFrom: string;
  /** The last day in force; null when no end is known. */
  effectiveTo: string | null;
  isPublic: boolean;
  position: number;
  version: number;
}

/** What is known of a cluster's land beside the cluster itself. */
export class ClusterLandAnswer {
  /** In the order of the page. */
  access: AccessAnswer[];
  /** In a fixed order of kinds; a kind that is not here is not known. */
  utilities: UtilityAnswer[];
  documents: ClusterDocumentAnswer[];
  /** In force today. */
  incentives: IncentiveAnswer[];
}

/** A cluster with all that its public page shows: only what is public, and incentives in force today. */
export interface ClusterForPublic extends ClusterAnswer, ClusterLandAnswer {
  /** What sources say, published ones only. */
  facts: FactAnswer[];
}
