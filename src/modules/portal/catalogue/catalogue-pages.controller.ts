import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/http/allow.js';
import { NotFound } from '../../../platform/http/problem.js';
import { LANGUAGES, preferredLanguage, type Language } from '../../../platform/i18n/i18n.js';
import { ClustersQueries } from '../../directory/clusters.queries.js';
import { HTML, sendCached } from '../site/cached-answer.js';
import { LinkProblemFilter } from '../site/link-problem.filter.js';
import { LANGUAGE_PREFIXES, PUBLIC_LIMIT } from '../site/public-limit.js';
import { CataloguePages } from './catalogue-pages.js';
import { readFilter } from './catalogue-filter.rules.js';

/** The catalogue for people: no script, no cookie, and the filters in the address. */
@ApiExcludeController()
@UseFilters(LinkProblemFilter)
@Controller(LANGUAGE_PREFIXES)
export class CataloguePagesController {
  constructor(
    private readonly clusters: ClustersQueries,
    private readonly pages: CataloguePages,
  ) {}

  @Public()
  @RouteConfig(PUBLIC_LIMIT)
  @Get()
  async home(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() query: Record<string, unknown>,
    @Param('lang') prefix?: string,
  ): Promise<void> {
    const language = LANGUAGES.find((one) => one === prefix) ?? languageOfFirstPage(request, query);
    void reply.header('vary', 'accept-language, sec-fetch-site');
    sendCached(request, reply, { type: HTML, body: await this.pages.list(readFilter(query), language) });
  }

  @Public()
  @RouteConfig(PUBLIC_LIMIT)
  @Get('clusters/:code')
  async cluster(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('code') code: string,
    @Param('lang') prefix?: string,
  ): Promise<void> {
    const found = await this.clusters.findPublic(code);
    if (!found) throw new NotFound('unknown_cluster');
    const language = LANGUAGES.find((one) => one === prefix) ?? 'vi';
    sendCached(request, reply, { type: HTML, body: await this.pages.cluster(found, language) });
  }

  @Public()
  @RouteConfig(PUBLIC_LIMIT)
  @Get('open-data')
  async openData(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('lang') prefix?: string,
  ): Promise<void> {
    const language = LANGUAGES.find((one) => one === prefix) ?? 'vi';
    sendCached(request, reply, { type: HTML, body: await this.pages.openData(language) });
  }
}

/** Who opens the bare address is met in their own language; who comes from one of our pages has chosen Vietnamese. */
function languageOfFirstPage(request: FastifyRequest, query: Record<string, unknown>): Language {
  const chosen = Object.keys(query).length > 0 || request.headers['sec-fetch-site'] === 'same-origin';
  return chosen ? 'vi' : preferredLanguage(request.headers['accept-language'], LANGUAGES);
}
