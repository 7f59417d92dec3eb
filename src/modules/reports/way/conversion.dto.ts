import { ApiProperty } from '@nestjs/swagger';
import type { LeadKind } from '../../leads/pipelines/pipeline.entity.js';
import { Figure } from '../figures.dto.js';
import { ReportHead } from '../reports.dto.js';

/** A percentage with what it is of. */
export class Share {
  /** In percent, one decimal; null under ten cases. */
  value: number | null;
  /** How many leads it is of. */
  of: number;
  /** Why there is no value. */
  @ApiProperty({ type: 'string', nullable: true, enum: ['fewer_than_ten'] })
  reason: 'fewer_than_ten' | null;
}

/** One stage and how many of a cohort ever reached it. */
export class ConversionStage {
  code: string;
  label: string;
  /** Leads that ever reached it or a later stage, wherever they are now. */
  reached: Figure;
  /** Leads that have not, and are still under way: they may. */
  open: Figure;
  /** Of those that reached the stage before; null for the first stage. */
  ofPrevious: Share | null;
  ofCohort: Share;
  /** Days from opening, half of those that reached it needed at most; null when nobody did. */
  medianDays: number | null;
}

/** `open`, `finished` and `lost` add up to `cohort`. */
export class ConversionFigures {
  /** All leads opened in the month. */
  cohort: Figure;
  /** Neither lost nor at the end of their way: a young cohort's percentages still rise by them. */
  open: Figure;
  /** Ever reached the end of their way. */
  finished: Figure;
  lost: Figure;
  /** In the order of the way. */
  stages: ConversionStage[];
}

export class ConversionGroup {
  /** Names the cohort in `rows`. @example "secondary~2026-03" */
  key: string;
  kind: LeadKind;
  kindLabel: string;
  /** Local month of opening. @example "2026-03" */
  month: string;
  figures: ConversionFigures;
}

/** All cohorts of one kind. */
export class ConversionTotal {
  kind: LeadKind;
  kindLabel: string;
  figures: ConversionFigures;
}

export class ConversionReport extends ReportHead {
  /** By kind, the oldest cohort first. */
  groups: ConversionGroup[];
  /** By kind: the stages of two kinds are not the same. */
  totals: ConversionTotal[];
}
