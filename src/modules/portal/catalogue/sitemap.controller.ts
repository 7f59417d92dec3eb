import { Controller, Get, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/http/allow.js';
import { ClustersQueries } from '../../directory/clusters.queries.js';
import { sendCached } from '../site/cached-answer.js';
import { PUBLIC_LIMIT } from '../site/public-limit.js';
import { SiteDetails } from '../site/site-details.js';
import { robots, sitemap } from './sitemap.rules.js';

/** What search engines ask for. */
@ApiExcludeController()
@Controller()
export class SitemapController {
  constructor(
    private readonly clusters: ClustersQueries,
    private readonly site: SiteDetails,
  ) {}

  @Public()
  @RouteConfig(PUBLIC_LIMIT)
  @Get('sitemap.xml')
  async pages(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.clusters.publicList();
    const body = sitemap(this.site.address, found);
    sendCached(request, reply, { type: 'application/xml; charset=utf-8', body });
  }

  @Public()
  @RouteConfig(PUBLIC_LIMIT)
  @Get('robots.txt')
  rules(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    sendCached(request, reply, { type: 'text/plain; charset=utf-8', body: robots(this.site.address) });
  }
}
