import { Injectable } from '@nestjs/common';
import { checkedBody } from '../../platform/http/validation.pipe.js';
import type { Language } from '../../platform/i18n/i18n.js';
import { toCsv } from './csv.rules.js';
import { FollowUpReportQueries } from './follow-up-report.queries.js';
import { LeadReportsQueries } from './lead-reports.queries.js';
import {
  FollowUpReportQuery,
  LeadReportQuery,
  RoundsReportQuery,
  TargetsReportQuery,
} from './report-query.dto.js';
import {
  ageingTable,
  followUpTable,
  pipelineTable,
  roundsTable,
  serviceTable,
  targetsTable,
  type ReportTable,
} from './report-tables.js';
import { RoundsReportQueries } from './rounds-report.queries.js';
import { TargetsReportQueries } from './targets-report.queries.js';

export const QUESTION_REPORTS = ['pipeline', 'ageing', 'follow-up', 'rounds', 'targets'] as const;
export type QuestionReport = (typeof QUESTION_REPORTS)[number];

/** A report's name with the names and values of its query string, as one can keep it. */
export interface ReportQuestion {
  report: QuestionReport;
  query: Record<string, string>;
}

const QUERIES = {
  pipeline: LeadReportQuery,
  ageing: LeadReportQuery,
  'follow-up': FollowUpReportQuery,
  rounds: RoundsReportQuery,
  targets: TargetsReportQuery,
} as const;

/** Asks a kept question, exactly as the report's own address would. */
@Injectable()
export class ReportQuestionsQueries {
  constructor(
    private readonly leads: LeadReportsQueries,
    private readonly followUps: FollowUpReportQueries,
    private readonly rounds: RoundsReportQueries,
    private readonly targets: TargetsReportQueries,
  ) {}

  /** Refuses what the report's own address refuses. */
  async check({ report, query }: ReportQuestion): Promise<void> {
    await checkedBody<object>(QUERIES[report], query);
  }

  async csv(question: ReportQuestion, language: Language): Promise<string> {
    return toCsv(await this.table(question, language), language);
  }

  private async table({ report, query }: ReportQuestion, language: Language): Promise<ReportTable> {
    switch (report) {
      case 'pipeline':
        return pipelineTable(await this.leads.pipeline(await checkedBody(LeadReportQuery, query), language));
      case 'ageing':
        return ageingTable(await this.leads.ageing(await checkedBody(LeadReportQuery, query), language));
      case 'follow-up': {
        const asked = await checkedBody(FollowUpReportQuery, query);
        const found = await this.followUps.read(asked, language);
        return asked.table === 'service' ? serviceTable(found) : followUpTable(found);
      }
      case 'rounds':
        return roundsTable(await this.rounds.read(await checkedBody(RoundsReportQuery, query), language));
      case 'targets':
        return targetsTable(await this.targets.read(await checkedBody(TargetsReportQuery, query), language));
    }
  }
}
