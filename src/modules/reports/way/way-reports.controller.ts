import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../../platform/http/allow.js';
import { preferredLanguage } from '../../../platform/i18n/i18n.js';
import { FILE_TYPES, ReportAnswers } from '../exports/report-answers.js';
import { ReportQuery, StageTimesReportQuery } from '../report-query.dto.js';
import { ConversionReport } from './conversion.dto.js';
import { ConversionQueries } from './conversion.queries.js';
import { StageTimesReport } from './stage-times.dto.js';
import { StageTimesQueries } from './stage-times.queries.js';
import { conversionTable, stageTimesTable } from './way-tables.js';

const PRODUCED = ['application/json', ...Object.values(FILE_TYPES).map((type) => type.split(';')[0]!)];

/** How far leads come, and how long it takes them. */
@ApiTags('reports')
@Controller('api/v1/reports')
@Allow('report.read')
export class WayReportsController {
  constructor(
    private readonly conversions: ConversionQueries,
    private readonly times: StageTimesQueries,
    private readonly answers: ReportAnswers,
  ) {}

  /** Of the leads opened in a month, how many ever reached each stage, and how soon. Whoever skips a stage has reached it. */
  @Get('conversion')
  @ApiProduces(...PRODUCED)
  @ApiOkResponse({ type: ConversionReport })
  async conversion(
    @Query() query: ReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') wish?: string,
  ) {
    const report = await this.conversions.read(query, preferredLanguage(wish));
    return this.answers.give(report, conversionTable, { query, reply, wish });
  }

  /** How many days leads stayed in each stage; those that are in it still stand apart. */
  @Get('stage-times')
  @ApiProduces(...PRODUCED)
  @ApiOkResponse({ type: StageTimesReport })
  async stageTimes(
    @Query() query: StageTimesReportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('accept-language') wish?: string,
  ) {
    const report = await this.times.read(query, preferredLanguage(wish));
    return this.answers.give(report, stageTimesTable, { query, reply, wish });
  }
}
