import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min } from 'class-validator';
import { CommaList, IsDay, QueryFlag } from '../../platform/http/fields.js';
import { LEAD_SOURCES, type LeadSource } from '../leads/lead.entity.js';
import { LEAD_KINDS, type LeadKind } from '../leads/pipelines/pipeline.entity.js';

export const LEAD_GROUPINGS = [
  'stage',
  'owner',
  'cluster',
  'planningDistrict',
  'source',
  'round',
  'month',
  'sector',
  'country',
  'kind',
] as const;
export type LeadGrouping = (typeof LEAD_GROUPINGS)[number];

export const FOLLOW_UP_GROUPINGS = ['ownerStep', 'owner', 'step', 'round'] as const;
export type FollowUpGrouping = (typeof FOLLOW_UP_GROUPINGS)[number];

export const BASES = ['recorded', 'happened'] as const;
export type Basis = (typeof BASES)[number];

export const REPORT_FORMATS = ['json', 'csv', 'xlsx', 'pdf'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export const REPORT_NAMES = [
  'pipeline',
  'ageing',
  'conversion',
  'stage-times',
  'follow-up',
  'rounds',
  'targets',
] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

const UUID_OR_WORD = /^(me|none|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** What every report can be narrowed by: the filters of the lead list, and the time. */
export class ReportFilters {
  /** Stage codes, also `lost` and `dormant`, as of `asOf`. @example "qualified,site_visit" */
  @CommaList()
  stage?: string[];

  @IsOptional()
  @IsIn(LEAD_KINDS)
  kind?: LeadKind;

  /** A user's id, `me`, or `none` for what has no owner. */
  @IsOptional()
  @Matches(UUID_OR_WORD)
  ownerId?: string;

  /** Leads about this cluster. */
  @IsOptional()
  @IsUUID()
  clusterId?: string;

  /** Leads about a cluster of this planning district. */
  @IsOptional()
  @IsUUID()
  planningDistrictId?: string;

  @IsOptional()
  @IsUUID()
  firmId?: string;

  @IsOptional()
  @IsIn(LEAD_SOURCES)
  source?: LeadSource;

  /** Of this promotion round: the leads it made; in the follow-up report its reminders; in the rounds' the round. */
  @IsOptional()
  @IsUUID()
  roundId?: string;

  /** First local day on which the lead was entered, included. */
  @IsOptional()
  @IsDay()
  createdFrom?: string;

  /** Last local day on which the lead was entered, included. */
  @IsOptional()
  @IsDay()
  createdTo?: string;

  /** Open leads without activity for longer than their stage allows. */
  @QueryFlag()
  stale?: boolean;

  /** Enquiries that no officer has answered yet. */
  @QueryFlag()
  unanswered?: boolean;

  /** A firm's name or a lead's reference, accents and case ignored. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  /**
   * First local day, included: of opening (pipeline, ageing, conversion, stage times, service standard), of the due time (reminders), of
   * the round's start (rounds), of the target's due day (targets). @example "2026-01-01"
   */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Last local day, included. @example "2026-06-30" */
  @IsOptional()
  @IsDay()
  to?: string;

  /** The report as it stood at the end of this local day, today at the latest; left out: now. @example "2026-03-31" */
  @IsOptional()
  @IsDay()
  asOf?: string;

  /**
   * What a past day knows of stages: `recorded` (left out) counts what had been entered by its end, so that it
   * equals what the report showed on that day; `happened` also counts what was entered later about days before.
   */
  @IsOptional()
  @IsIn(BASES)
  basis?: Basis;
}

export class ReportQuery extends ReportFilters {
  /**
   * A file in the caller's language. `csv`: UTF-8 with a byte order mark, the totals last. `xlsx`: typed cells, totals as
   * formulas where the groups add up, a second sheet that says what it is. `pdf`: A4, to be printed.
   */
  @IsOptional()
  @IsIn(REPORT_FORMATS)
  format?: ReportFormat;
}

export class LeadReportQuery extends ReportQuery {
  /** The groups, always within a kind of lead; `stage` when left out. */
  @IsOptional()
  @IsIn(LEAD_GROUPINGS)
  groupBy?: LeadGrouping;

  /** A second grouping within the first, and another than it. @example "sector" */
  @IsOptional()
  @IsIn(LEAD_GROUPINGS)
  thenBy?: LeadGrouping;
}

export class StageTimesReportQuery extends ReportQuery {
  /** A grouping within the stage. @example "owner" */
  @IsOptional()
  @IsIn(LEAD_GROUPINGS)
  thenBy?: LeadGrouping;
}

export class FollowUpReportQuery extends ReportQuery {
  /** The groups; officer and step when left out. */
  @IsOptional()
  @IsIn(FOLLOW_UP_GROUPINGS)
  groupBy?: FollowUpGrouping;

  /** Which table a file holds: the reminders (left out) or the service standard for enquiries. */
  @IsOptional()
  @IsIn(['reminders', 'service'])
  table?: 'reminders' | 'service';
}

export class RoundsReportQuery extends ReportQuery {
  @IsOptional()
  @IsIn(['round'])
  groupBy?: 'round';
}

export class TargetsReportQuery extends ReportQuery {
  @IsOptional()
  @IsIn(['target'])
  groupBy?: 'target';
}

/** One figure of a report, opened: the same question with the figure's name and its group. */
export class RowsQuery extends ReportFilters {
  /** As the report named it. @example "committed.VND" */
  @IsString()
  @MaxLength(100)
  figure: string;

  /** The group's key; left out: the totals. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  group?: string;

  @IsOptional()
  @IsIn([...LEAD_GROUPINGS, ...FOLLOW_UP_GROUPINGS, 'target'])
  groupBy?: LeadGrouping | FollowUpGrouping | 'target';

  @IsOptional()
  @IsIn(LEAD_GROUPINGS)
  thenBy?: LeadGrouping;

  /** Rows of a page, 1 to 200; 50 when left out. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;

  /** `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string;
}
