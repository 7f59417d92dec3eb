import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '../../platform/http/pages.js';
import { Money } from '../../platform/http/fields.js';
import type { TargetUnit } from '../directory/targets/target.entity.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import type { RowType } from './cells.js';
import { Figure, KnownSum, MoneyFigure, PartFigure } from './figures.dto.js';
import { LEAD_GROUPINGS, type Basis, type LeadGrouping } from './report-query.dto.js';

export class ReportNote {
  /** @example "counted_in_each_group" */
  code: string;
  /** In the caller's language. */
  text: string;
}

export class ReportHead {
  /** The local day at whose end the report stands. */
  asOf: string;
  basis: Basis;
  groupBy: string;
  /** The filters that were applied. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  filters: Record<string, string>;
  /** What a reader must know of these figures. */
  notes: ReportNote[];
}

/** What a group stands for in one grouping. */
export class GroupPart {
  /** A code, an id or a month; null for those without. */
  value: string | null;
  label: string;
}

export class LeadGroupHead {
  /** Names the group in `rows`: the kind, its value, the second grouping's. @example "secondary~qualified" */
  key: string;
  kind: LeadKind;
  kindLabel: string;
  /** A code, an id or a month; null for those without. */
  value: string | null;
  label: string;
  /** Of the second grouping; null without one. */
  second: GroupPart | null;
}

export class PipelineFigures {
  count: Figure;
  /** Hectares. */
  areaHa: KnownSum;
  jobsPromised: KnownSum;
  /** What firms say they would invest. */
  committed: MoneyFigure;
  /** What certificates and decisions name. */
  registered: MoneyFigure;
  /** What was spent on the ground. */
  disbursed: MoneyFigure;
}

export class PipelineGroup extends LeadGroupHead {
  figures: PipelineFigures;
}

export class LeadReportHead extends ReportHead {
  /** The second grouping; null without one. */
  @ApiProperty({ type: 'string', nullable: true, enum: LEAD_GROUPINGS })
  thenBy: LeadGrouping | null;
}

export class PipelineReport extends LeadReportHead {
  groups: PipelineGroup[];
  totals: PipelineFigures;
}

/** Days in the present stage. The four spans add up to the count. */
export class AgeingFigures {
  count: Figure;
  days0To7: Figure;
  days8To30: Figure;
  days31To90: Figure;
  /** 91 days and more. */
  days91: Figure;
  /** Of all these: without activity for longer than the stage allows. */
  stale: Figure;
}

export class AgeingGroup extends LeadGroupHead {
  figures: AgeingFigures;
}

export class AgeingReport extends LeadReportHead {
  groups: AgeingGroup[];
  totals: AgeingFigures;
}

/** `onTime` to `cancelled` add up to `planned`; `escalated`, `snoozed` and `answered` are of these. */
export class FollowUpFigures {
  planned: Figure;
  /** Sent or done by the end of the day on which it was due. */
  onTime: Figure;
  late: Figure;
  /** Handed over, not sent yet. */
  delivering: Figure;
  /** Failed, bounced, called off or unknown. */
  notDelivered: Figure;
  /** Not due before today. */
  waiting: Figure;
  /** Due on an earlier day and still open. */
  overdue: Figure;
  /** The same, and a manager was told. */
  missed: Figure;
  skipped: Figure;
  skippedBy: PartFigure[];
  stopped: Figure;
  stoppedBy: PartFigure[];
  cancelled: Figure;
  cancelledBy: PartFigure[];
  /** A manager was told, whatever came after. */
  escalated: Figure;
  /** Put off at least once. */
  snoozed: Figure;
  answered: Figure;
  answers: PartFigure[];
}

export class FollowUpGroup {
  key: string;
  /** Null when the report is not by officer, or nobody owns these; see `ownerLabel`. */
  ownerId: string | null;
  ownerLabel: string | null;
  /** A plan step's key; `manual`, `escalation`, `service`, `wake`, `answer`, `bounce` for what is no step. */
  step: string | null;
  stepLabel: string | null;
  roundId: string | null;
  roundLabel: string | null;
  figures: FollowUpFigures;
}

/** Hours by the calendar from the enquiry on, nights and weekends included. */
export class ServiceDistribution {
  done: Figure;
  /** Not yet, whether or not there is time left. */
  outstanding: Figure;
  median: number | null;
  p90: number | null;
  max: number | null;
  unit: 'hours';
}

export class ServiceStandard {
  enquiries: Figure;
  /** To the first reaction, be it an automatic mail. */
  acknowledgement: ServiceDistribution;
  /** To an officer's answer in substance. */
  answer: ServiceDistribution;
}

export class FollowUpReport extends ReportHead {
  groups: FollowUpGroup[];
  totals: FollowUpFigures;
  /** Enquiries opened from `from` to `to`. */
  serviceStandard: ServiceStandard;
}

export class AtDay {
  /** Days after the close. */
  day: number;
  /** Null before that day has come. */
  value: number | null;
  rows: string | null;
  /** Why there is no value. */
  reason: 'round_open' | 'not_yet' | null;
}

/** Leads that reached it first on or after the round's first day. */
export class ResultFigure extends Figure {
  /** The same at 30, 60 and 180 days after the close. */
  atDays: AtDay[];
}

export class CostPerLead {
  value: Money | null;
  reason: 'no_budget' | 'no_qualified_leads' | null;
}

export class RoundFigures {
  /** Firms, each once. */
  participants: Figure;
  attended: Figure;
  /** Leads made or joined. */
  leads: Figure;
  qualified: ResultFigure;
  /** No outcome: visits do not foretell investment. */
  siteVisits: ResultFigure;
  dossiers: ResultFigure;
  approvals: ResultFigure;
  /** To investors. */
  mailsSent: Figure;
  answered: Figure;
  answers: PartFigure[];
}

export class RoundGroup {
  key: string;
  roundId: string;
  code: string;
  label: string;
  status: 'planned' | 'running' | 'closed';
  startsOn: string;
  endsOn: string;
  /** Local day of the close. */
  closedOn: string | null;
  budget: Money | null;
  figures: RoundFigures;
  /** Budget ÷ qualified leads. */
  costPerQualifiedLead: CostPerLead;
}

export class RoundsTotals extends RoundFigures {
  /** By currency. */
  budgets: Money[];
  withoutBudget: number;
}

export class RoundsReport extends ReportHead {
  groups: RoundGroup[];
  /** A firm, lead or mail of several rounds counts once. */
  totals: RoundsTotals;
}

export class ReportedValue {
  value: number;
  asOf: string;
  source: string;
  note: string | null;
}

export class TargetFigures {
  /** In the target's unit; null while it is not known. */
  value: number | null;
  /** What a share is part of. */
  of: number | null;
  asOf: string | null;
  /** `clusters`: computed from the clusters' rows; else who reported it. */
  source: string | null;
  reason: 'nothing_reported' | 'no_cluster_established' | null;
  reached: boolean | null;
  /** Clusters that make up the value. */
  counted: Figure;
  /** Clusters that might count, but whose figures are not known. */
  undecided: Figure;
}

export class TargetGroup {
  /** The target's code. */
  key: string;
  label: string;
  unit: TargetUnit;
  unitLabel: string;
  minValue: number;
  maxValue: number | null;
  ofValue: number | null;
  due: string;
  measuredBy: 'clusters' | 'hand';
  /** Where the plan says it. */
  source: string;
  /** What another source says instead. */
  conflict: string | null;
  /** What was entered by hand, newest first: shown beside what the rows say, not mixed with it. */
  reported: ReportedValue[];
  figures: TargetFigures;
}

export class TargetTotals {
  targets: number;
  reached: number;
  notReached: number;
  unknown: number;
}

export class TargetsReport extends ReportHead {
  groups: TargetGroup[];
  totals: TargetTotals;
}

export class ReportRow {
  id: string;
  type: RowType | 'cluster';
  /** A lead's reference, a cluster's code. */
  reference: string | null;
  name: string | null;
  /** The lead it belongs to. */
  leadId: string | null;
  /** What it adds to the figure's sum: a decimal string; null when the figure only counts. */
  value: string | null;
}

export class ReportRowsPage implements Page<ReportRow> {
  items: ReportRow[];
  nextCursor: string | null;
  /** Exact: the figure's value, or the count of the rows behind its sum. */
  total: number;
  /** Exact decimal; null when the figure only counts. */
  sum: string | null;
}
