import { Injectable } from '@nestjs/common';
import type { Language } from '../../platform/i18n/i18n.js';
import { bodyOf, headings } from './csv.rules.js';
import { FollowUpReportQueries } from './follow-up-report.queries.js';
import { LeadReportsQueries } from './lead-reports.queries.js';
import type { FollowUpReportQuery, LeadReportQuery } from './report-query.dto.js';
import {
  followUpTable,
  pipelineTable,
  serviceTable,
  type ReportTable,
  type TableValue,
} from './report-tables.js';
import { words } from './report-words.js';

/** A table in words, the totals apart: for whoever prints it. */
export interface PrintedTable {
  title: string;
  columns: { label: string; numeric: boolean }[];
  rows: TableValue[][];
  /** As long as the columns. */
  totals: TableValue[] | null;
}

/** The reports as tables for a terminal, the same as their CSV. */
@Injectable()
export class ReportTablesQueries {
  constructor(
    private readonly leads: LeadReportsQueries,
    private readonly followUp: FollowUpReportQueries,
  ) {}

  async pipeline(language: Language, query: LeadReportQuery = {}): Promise<PrintedTable> {
    return print(pipelineTable(await this.leads.pipeline(query, language)), language);
  }

  /** The reminders, then the service standard. */
  async followUpTables(language: Language, query: FollowUpReportQuery = {}): Promise<PrintedTable[]> {
    const report = await this.followUp.read(query, language);
    return [followUpTable(report), serviceTable(report)].map((table) => print(table, language));
  }
}

function print(table: ReportTable, language: Language): PrintedTable {
  const labels = headings(table, language);
  const body = bodyOf(table, language);
  return {
    title: words(language, `title_${table.key}`),
    columns: table.columns.map(({ numeric }, index) => ({ label: labels[index]!, numeric })),
    rows: table.totals ? body.slice(0, -1) : body,
    totals: table.totals ? body.at(-1)! : null,
  };
}
