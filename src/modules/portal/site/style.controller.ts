import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../platform/http/allow.js';
import { STYLE, STYLE_VERSION } from '../../../platform/pages/render.js';

/** The look of the pages: asked for by its version, it is kept for ever. */
@ApiExcludeController()
@Controller('site.css')
export class StyleController {
  @Public()
  @Get()
  style(@Res() reply: FastifyReply, @Query('v') version?: string): void {
    const known = version === STYLE_VERSION;
    void reply
      .type('text/css; charset=utf-8')
      .header('cache-control', known ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(STYLE);
  }
}
