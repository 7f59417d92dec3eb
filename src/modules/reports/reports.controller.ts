import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../platform/http/allow.js';
import { preferredLanguage } from '../../platform/i18n/i18n.js';
import { PRODUCED, ReportAnswers } from './exports/report-answers.js';
import { FollowUpReportQueries } from './follow-up-report.queries.js';
import { LeadReportsQueries } from './lead-reports.queries.js';
import {
  FollowUpReportQuery,
  LeadReportQuery,
  RoundsReportQuery,
  RowsQuery,
  TargetsReportQuery,
} from './report-query.dto.js';
import { ReportRowsQueries } from './report-rows.queries.js';
import { ReportNamePipe } from './report-name.pipe.js';
import type { ReportName } from './report-query.dto.js';
import {
  ageingTable,
  followUpTable,
  pipelineTable,
  roundsTable,
  serviceTable,
  targetsTable,
} from './report-tables.js';
import {
  AgeingReport,
  FollowUpReport,
  PipelineReport,
  ReportRowsPage,
  RoundsReport,
  TargetsReport,
} from './reports.dto.js';
import { RoundsReportQueries } from './rounds-report.queries.js';
import { TargetsReportQueries } from './targets-report.queries.js';

/** Figures that carry the address of their rows. Texts are in the language of `Accept-Language`. */
@ApiTags('reports')
@Controller('api/v1/reports')
@Allow('report.read')
export class ReportsController {
  constructor(
    private readonly leads: LeadReportsQueries,
    private readonly followUps: FollowUpReportQueries,
    private readonly roundReports: RoundsReportQueries,
    private readonly targetReports: TargetsReportQueries,
    private readonly reportRows: ReportRowsQueries,
    private readonly answers: ReportAnswers,
  ) {}

  /** What stands where: leads, land, capital and jobs by kind and stage, or by another grouping. */
  @Get('pipeline')
  @ApiProduces(...PRODUCED)
  @ApiOkResponse({ type: PipelineReport })
  async pipeline(
    @Query() query: LeadReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') wish?: string,
  ) {
    return this.answers.give(await this.leads.pipeline(query, preferredLanguage(wish)), pipelineTable, {
      query,
      reply,
      wish,
    });
  }

  /** How long open leads have stood in their stage, and which are neglected. */
  @Get('ageing')
  @ApiProduces(...PRODUCED)
  @ApiOkResponse({ type: AgeingReport })
  async ageing(
    @Query() query: LeadReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') wish?: string,
  ) {
    return this.answers.give(await this.leads.ageing(query, preferredLanguage(wish)), ageingTable, {
      query,
      reply,
      wish,
    });
  }

  /** What came of the reminders, by officer and step, and the service standard for enquiries. */
  @Get('follow-up')
  @ApiProduces(...PRODUCED)
  @ApiOkResponse({ type: FollowUpReport })
  async followUp(
    @Query() query: FollowUpReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') wish?: string,
  ) {
    const table = query.table === 'service' ? serviceTable : followUpTable;
    return this.answers.give(await this.followUps.read(query, preferredLanguage(wish)), table, {
      query,
      reply,
      wish,
    });
  }

  /** What each promotion round cost and brought. */
  @Get('rounds')
  @ApiProduces(...PRODUCED)
  @ApiOkResponse({ type: RoundsReport })
  async rounds(
    @Query() query: RoundsReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') wish?: string,
  ) {
    return this.answers.give(await this.roundReports.read(query, preferredLanguage(wish)), roundsTable, {
      query,
      reply,
      wish,
    });
  }

  /** The plan's targets against what is measured. */
  @Get('targets')
  @ApiProduces(...PRODUCED)
  @ApiOkResponse({ type: TargetsReport })
  async targets(
    @Query() query: TargetsReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') wish?: string,
  ) {
    return this.answers.give(await this.targetReports.read(query, preferredLanguage(wish)), targetsTable, {
      query,
      reply,
      wish,
    });
  }

  /** The rows behind one figure; every figure carries this address, filled in. */
  @Get(':report/rows')
  rows(
    @Param('report', ReportNamePipe) report: ReportName,
    @Query() query: RowsQuery,
    @Headers('accept-language') wish?: string,
  ): Promise<ReportRowsPage> {
    return this.reportRows.read(report, query, preferredLanguage(wish));
  }
}
