import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/http/allow.js';
import { CaseDesk } from './case-desk.js';
import { CaseProblemFilter } from './case-problem.filter.js';
import { CasePageQuery, PressBody } from './case.dto.js';

const LIMIT = { rateLimit: { max: 30, timeWindow: '1 minute' } };

/** Behind the link in a mail. GET changes nothing, since mail scanners open every link; the page's button does. */
@ApiExcludeController()
@UseFilters(CaseProblemFilter)
@Controller('case/open')
export class CaseOpenController {
  constructor(private readonly desk: CaseDesk) {}

  @Public()
  @RouteConfig(LIMIT)
  @Get(':token')
  async ask(
    @Param('token') token: string,
    @Query() query: CasePageQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.desk.ask(token, query, reply);
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post(':token')
  async open(
    @Param('token') token: string,
    @Query() query: CasePageQuery,
    @Body() { press }: PressBody,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.desk.assertOurPage(request);
    await this.desk.open({ token, press, query }, reply);
  }
}
