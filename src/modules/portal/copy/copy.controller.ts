import { Body, Controller, Get, Header, HttpCode, Param, Post, Query, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { disposition } from '../../../platform/files/file-kinds.rules.js';
import { Public } from '../../../platform/http/allow.js';
import { CopyLinks } from '../../privacy/copy-links.service.js';
import { LinkProblemFilter } from '../site/link-problem.filter.js';
import { portalPage } from '../site/portal-page.js';
import { CopyBody, CopyPageQuery } from './copy.dto.js';

const LIMIT = { rateLimit: { max: 30, timeWindow: '1 minute' } };

/** The copy of one's own data: looking takes nothing, since mail scanners open every link; each button takes its file, once. */
@ApiExcludeController()
@UseFilters(LinkProblemFilter)
@Controller('copy')
export class CopyController {
  constructor(private readonly links: CopyLinks) {}

  @Public()
  @RouteConfig(LIMIT)
  @Get(':token')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'private, no-store')
  async show(@Param('token') token: string, @Query() query: CopyPageQuery): Promise<string> {
    const { language, reference, left } = await this.links.read(token);
    return portalPage('copy', query.lang ?? language, { self: `/copy/${token}`, token, reference, left });
  }

  @Public()
  @RouteConfig(LIMIT)
  @Post(':token')
  @HttpCode(200)
  async take(
    @Param('token') token: string,
    @Query() _query: CopyPageQuery,
    @Body() body: CopyBody,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { content, mediaType, name } = await this.links.take(token, body.format);
    await reply
      .header('content-type', mediaType)
      .header('content-disposition', disposition('attachment', name))
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store')
      .send(content);
  }
}
