import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../platform/database/actor.js';
import { ActorParam, Allow, Public } from '../../platform/http/allow.js';
import { Id } from '../../platform/http/fields.js';
import { NeverKept } from '../../platform/http/idempotency.interceptor.js';
import { CreatedReportFeed, CreateReportFeed, ReportFeedList } from './report-feeds.dto.js';
import { ReportFeedsQueries } from './report-feeds.queries.js';
import { ReportFeedsService } from './report-feeds.service.js';

/** Addresses that a spreadsheet reads by itself, since most of them cannot send a key. */
@ApiTags('reports')
@Controller('api/v1/report-feeds')
@Allow('report.share')
export class ReportFeedsController {
  constructor(
    private readonly feeds: ReportFeedsService,
    private readonly queries: ReportFeedsQueries,
  ) {}

  /** Of the whole agency. */
  @Get()
  list(): Promise<ReportFeedList> {
    return this.queries.list();
  }

  /** At most 50 of one person. The address is told only in this answer. */
  @Post()
  @NeverKept()
  async create(@Body() body: CreateReportFeed, @ActorParam() actor: Actor): Promise<CreatedReportFeed> {
    const { id, address } = await this.feeds.create(body, actor);
    return { ...(await this.queries.get(id)), address };
  }

  /** Revoked: the address answers nobody from now on. */
  @Delete(':id')
  @HttpCode(204)
  remove(@Id() id: string): Promise<void> {
    return this.feeds.revoke(id);
  }
}

@ApiTags('reports')
@Controller('api/public/v1/report-feeds')
export class OpenFeedsController {
  constructor(private readonly feeds: ReportFeedsService) {}

  /** The figures of this moment as CSV, for `IMPORTDATA`, `WEBSERVICE` or Power Query; the token in it is the key. */
  @Public()
  @RouteConfig({ rateLimit: { max: 30, timeWindow: '1 minute' } })
  @Get(':token.csv')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Header('x-robots-tag', 'noindex')
  @ApiProduces('text/csv')
  @ApiOkResponse({ type: String })
  csv(@Param('token') token: string): Promise<string> {
    return this.feeds.csv(token);
  }
}
