import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { CellReader } from './cell-reader.js';
import { ReportAnswers } from './exports/report-answers.js';
import { ReportPapers } from './exports/report-paper.js';
import { FollowUpReportQueries } from './follow-up-report.queries.js';
import { LeadReportsQueries } from './lead-reports.queries.js';
import { ReportQuestionsQueries } from './report-questions.queries.js';
import { ReportRowsQueries } from './report-rows.queries.js';
import { ReportScopes } from './report-scope.js';
import { ReportTablesQueries } from './report-tables.queries.js';
import { ReportsController } from './reports.controller.js';
import { RoundsReportQueries } from './rounds-report.queries.js';
import { TargetsReportQueries } from './targets-report.queries.js';
import { ConversionQueries } from './way/conversion.queries.js';
import { StageTimesQueries } from './way/stage-times.queries.js';
import { WayReportsController } from './way/way-reports.controller.js';

/** Reads tables, writes nothing. */
@Module({
  imports: [DirectoryModule],
  controllers: [ReportsController, WayReportsController],
  providers: [
    CellReader,
    ReportScopes,
    LeadReportsQueries,
    FollowUpReportQueries,
    RoundsReportQueries,
    TargetsReportQueries,
    ConversionQueries,
    StageTimesQueries,
    ReportRowsQueries,
    ReportTablesQueries,
    ReportQuestionsQueries,
    ReportPapers,
    ReportAnswers,
  ],
  exports: [ReportTablesQueries, ReportQuestionsQueries],
})
export class ReportsModule {}
