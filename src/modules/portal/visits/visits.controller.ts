import { Body, Controller, Get, Header, Param, Post, Query, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../platform/http/allow.js';
import { NotFound } from '../../../platform/http/problem.js';
import { MeetingsQueries } from '../../meetings/meetings.queries.js';
import { CalendarFiles } from '../../meetings/calendar-files.service.js';
import { LinkProblemFilter } from '../site/link-problem.filter.js';
import { PortalVisits } from './portal-visits.service.js';
import { VisitPages } from './visit-pages.js';
import { VisitBody, VisitQuery } from './visits.dto.js';

const LIMIT = { rateLimit: { max: 60, timeWindow: '1 minute' } };
const HTML = ['content-type', 'text/html; charset=utf-8'] as const;

/** The visit of one's own lead, behind the link of a mail. GET changes nothing; POST records, without script or cookie. */
@ApiExcludeController()
@UseFilters(LinkProblemFilter)
@Controller()
export class VisitsController {
  constructor(
    private readonly visits: PortalVisits,
    private readonly pages: VisitPages,
    private readonly meetings: MeetingsQueries,
    private readonly files: CalendarFiles,
  ) {}

  @Public()
  @RouteConfig(LIMIT)
  @Get('r/:token/visit')
  @Header(...HTML)
  async show(@Param('token') token: string, @Query() query: VisitQuery): Promise<string> {
    return this.pages.show(await this.visits.read(token), token, query);
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post('r/:token/visit')
  @Header(...HTML)
  async act(
    @Param('token') token: string,
    @Query() query: VisitQuery,
    @Body() body: VisitBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { status, message, view } = await this.visits.act(token, body, query.lang);
    void reply.status(status);
    return this.pages.show(message, token, view);
  }

  /** For calendars that do not take up invitations by themselves. */
  @Public()
  @RouteConfig(LIMIT)
  @Get('r/:token/visit.ics')
  @Header('content-type', 'text/calendar; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="visit.ics"')
  async calendar(@Param('token') token: string): Promise<string> {
    const { leadId, contactId } = await this.visits.read(token);
    const booked = leadId === null ? null : await this.meetings.visitOf({ leadId, contactId });
    if (!booked) throw new NotFound('visit_not_booked');
    return this.files.of(booked);
  }
}
