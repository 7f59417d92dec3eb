import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MultipartRoute } from '../../../platform/files/uploads.js';
import { readForm } from '../../../platform/files/uploads.js';
import { sendFile } from '../../../platform/files/send-file.js';
import { Public } from '../../../platform/http/allow.js';
import { CaseActs } from './case-acts.service.js';
import { CaseDesk } from './case-desk.js';
import { CaseProblemFilter } from './case-problem.filter.js';
import {
  CaseDocumentForm,
  CaseObstacleForm,
  CasePageQuery,
  CasePersonForm,
  CaseRequestForm,
} from './case.dto.js';

const LIMIT = { rateLimit: { max: 60, timeWindow: '1 minute' } };
const FILES = { ...LIMIT, multipart: 'files' } satisfies MultipartRoute & typeof LIMIT;

/**
 * One investor's view of one lead. Every route asks for the cookie of this very case before it reads anything; whoever
 * lacks it gets the same page as for a case that does not exist.
 */
@ApiExcludeController()
@UseFilters(CaseProblemFilter)
@Controller('case/:caseId')
export class CaseController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly acts: CaseActs,
  ) {}

  @Public()
  @RouteConfig(LIMIT)
  @Get()
  async show(
    @Param('caseId') id: string,
    @Query() query: CasePageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.desk.show(await this.desk.enter(id, request), query, reply);
  }

  @Public()
  @RouteConfig(LIMIT)
  @Get('documents/:documentId')
  async download(
    @Param('caseId') id: string,
    @Param('documentId') documentId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendFile(reply, await this.desk.document(await this.desk.enter(id, request), documentId));
  }

  @Public()
  @RouteConfig(FILES)
  @Post('documents')
  async addDocument(
    @Param('caseId') id: string,
    @Query() query: CasePageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const viewer = await this.desk.enter(id, request);
    await this.desk.attempt(reply, viewer, query, 'document', async () => {
      const { body, file } = await readForm(request, CaseDocumentForm);
      await this.acts.addDocument(viewer, body, file);
    });
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post('obstacles')
  async raise(
    @Param('caseId') id: string,
    @Query() query: CasePageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const viewer = await this.desk.enter(id, request);
    await this.desk.attempt(reply, viewer, query, 'obstacle', async () =>
      this.acts.raiseObstacle(viewer, await this.desk.form(request, CaseObstacleForm)),
    );
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post('data')
  async correct(
    @Param('caseId') id: string,
    @Query() query: CasePageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const viewer = await this.desk.enter(id, request);
    await this.desk.attempt(reply, viewer, query, 'data', async () =>
      this.acts.correct(viewer, await this.desk.form(request, CasePersonForm)),
    );
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post('requests')
  async ask(
    @Param('caseId') id: string,
    @Query() query: CasePageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const viewer = await this.desk.enter(id, request);
    await this.desk.attempt(reply, viewer, query, 'request', async () =>
      this.acts.ask(viewer, await this.desk.form(request, CaseRequestForm)),
    );
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post('sign-out')
  async signOut(
    @Param('caseId') id: string,
    @Query() query: CasePageQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.desk.signOut(await this.desk.enter(id, request), request, query, reply);
  }
}
