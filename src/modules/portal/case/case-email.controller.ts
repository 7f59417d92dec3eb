import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/http/allow.js';
import { CaseDesk } from './case-desk.js';
import { CaseEmails } from './case-emails.service.js';
import { CaseProblemFilter } from './case-problem.filter.js';
import { CaseEmailForm, CasePageQuery } from './case.dto.js';

const LIMIT = { rateLimit: { max: 30, timeWindow: '1 minute' } };

/** Another mailbox of one's own: named in the case, confirmed from the mailbox. */
@ApiExcludeController()
@UseFilters(CaseProblemFilter)
@Controller('case')
export class CaseEmailController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly emails: CaseEmails,
  ) {}

  @Public()
  @RouteConfig(LIMIT)
  @Get('email/:token')
  async ask(
    @Param('token') token: string,
    @Query() query: CasePageQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.desk.showEmailChange(token, await this.emails.read(token), { query, done: false }, reply);
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post('email/:token')
  async confirm(
    @Param('token') token: string,
    @Query() query: CasePageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.desk.assertOurPage(request);
    await this.desk.showEmailChange(token, await this.emails.confirm(token), { query, done: true }, reply);
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post(':caseId/email')
  async name(
    @Param('caseId') id: string,
    @Query() query: CasePageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const viewer = await this.desk.enter(id, request);
    await this.desk.attempt(reply, viewer, query, 'email', async () => {
      const { email } = await this.desk.form(request, CaseEmailForm);
      await this.emails.ask(viewer, email);
    });
  }
}
