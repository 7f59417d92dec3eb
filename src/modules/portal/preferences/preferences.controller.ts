import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../../platform/http/allow.js';
import { PageLanguageQuery } from '../answers/answers.dto.js';
import { LinkProblemFilter } from '../site/link-problem.filter.js';
import { PreferencesBody } from './preferences.dto.js';
import { PreferencesPages } from './preferences.service.js';

const LIMIT = { rateLimit: { max: 60, timeWindow: '1 minute' } };
const HTML = ['content-type', 'text/html; charset=utf-8'] as const;

/** Behind a link of a promotion mail. GET changes nothing, since mail scanners open every link; POST keeps the choice at once. */
@ApiExcludeController()
@UseFilters(LinkProblemFilter)
@Controller('p')
export class PreferencesController {
  constructor(private readonly pages: PreferencesPages) {}

  @Public()
  @RouteConfig(LIMIT)
  @Get(':token')
  @Header(...HTML)
  ask(@Param('token') token: string, @Query() { lang }: PageLanguageQuery): Promise<string> {
    return this.pages.ask(token, lang);
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post(':token')
  @HttpCode(200)
  @Header(...HTML)
  choose(
    @Param('token') token: string,
    @Query() { lang }: PageLanguageQuery,
    @Body() body: PreferencesBody,
  ): Promise<string> {
    return this.pages.choose(token, body, lang);
  }
}
