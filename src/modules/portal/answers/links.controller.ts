import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { MultipartRoute } from '../../../platform/files/uploads.js';
import { Public } from '../../../platform/http/allow.js';
import { LinkPages } from './link-pages.js';
import { LinkProblemFilter } from '../site/link-problem.filter.js';
import { OptOuts, PortalAnswers } from './portal-answers.service.js';
import { AnswerBody, OptOutBody, PageLanguageQuery } from './answers.dto.js';

const LIMIT = { rateLimit: { max: 60, timeWindow: '1 minute' } };
const HTML = ['content-type', 'text/html; charset=utf-8'] as const;

/**
 * What the links in a mail open. GET changes nothing, since mail scanners open every link; POST records, without
 * account, cookie or script.
 */
@ApiExcludeController()
@UseFilters(LinkProblemFilter)
@Controller()
export class LinksController {
  constructor(
    private readonly answers: PortalAnswers,
    private readonly optOuts: OptOuts,
    private readonly pages: LinkPages,
  ) {}

  @Public()
  @RouteConfig(LIMIT)
  @Get('r/:token')
  @Header(...HTML)
  async ask(@Param('token') token: string, @Query() query: PageLanguageQuery): Promise<string> {
    return this.pages.ask(await this.answers.read(token, 'answer'), token, query);
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post('r/:token')
  @HttpCode(200)
  @Header(...HTML)
  async answer(
    @Param('token') token: string,
    @Query() query: PageLanguageQuery,
    @Body() body: AnswerBody,
  ): Promise<string> {
    return this.pages.thank(await this.answers.answer(token, body), token, { ...query, answer: body.answer });
  }

  @Public()
  @RouteConfig(LIMIT)
  @Get('u/:token')
  @Header(...HTML)
  async askOptOut(@Param('token') token: string, @Query() query: PageLanguageQuery): Promise<string> {
    return this.pages.optOut(await this.answers.read(token, 'opt_out'), token, { ...query, done: false });
  }

  /** A mail program may post either kind of form (RFC 8058, 3.2). */
  @Public()
  @RouteConfig({ ...LIMIT, multipart: 'fields' } satisfies MultipartRoute & typeof LIMIT)
  @Post('u/:token')
  @HttpCode(200)
  @Header(...HTML)
  async optOut(
    @Param('token') token: string,
    @Query() query: PageLanguageQuery,
    @Body() body: OptOutBody,
  ): Promise<string> {
    const message = await this.optOuts.withdraw(token, body.from === 'page' ? 'opt_out_page' : 'one_click');
    return this.pages.optOut(message, token, { ...query, done: true });
  }
}
