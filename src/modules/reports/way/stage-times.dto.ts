import type { LeadKind } from '../../leads/pipelines/pipeline.entity.js';
import { Figure } from '../figures.dto.js';
import { LeadGroupHead, LeadReportHead } from '../reports.dto.js';

/** How long stays took; null without any. */
export class StayFigures {
  /** Its rows carry the days of each stay. */
  count: Figure;
  /** Days. */
  median: number | null;
  /** Nine of ten took at most so many days. */
  p90: number | null;
  max: number | null;
}

export class StageTimesFigures {
  /** Stays that are over: the lead moved on, back or out. */
  finished: StayFigures;
  /** Leads that are in the stage still, with the days so far: no measure of how long it takes. */
  waiting: StayFigures;
}

/** One stage, or a part of it by `second`. */
export class StageTimesGroup extends LeadGroupHead {
  figures: StageTimesFigures;
}

/** All stays of leads of one kind. */
export class StageTimesTotal {
  kind: LeadKind;
  kindLabel: string;
  figures: StageTimesFigures;
}

export class StageTimesReport extends LeadReportHead {
  /** By kind, in the order of the way. */
  groups: StageTimesGroup[];
  totals: StageTimesTotal[];
}
