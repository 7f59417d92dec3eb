import { Controller, Get, Param, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { sendFile } from '../../../platform/files/send-file.js';
import { Public } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { ClusterDocumentsService } from '../../directory/land/cluster-documents.service.js';
import { LinkProblemFilter } from '../site/link-problem.filter.js';

/** An hour: what is taken off the page is soon gone elsewhere too. */
const KEPT_SECONDS = 3600;

/** Published files of published clusters; everything else is not there. */
@ApiExcludeController()
@UseFilters(LinkProblemFilter)
@Controller(['', ':lang(en|zh)'])
export class PublicDocumentsController {
  constructor(private readonly documents: ClusterDocumentsService) {}

  @Public()
  @RouteConfig({ rateLimit: { max: 300, timeWindow: '1 minute' } })
  @Get('clusters/:code/documents/:id')
  async download(@Param('code') code: string, @Id() id: string, @Res() reply: FastifyReply): Promise<void> {
    await sendFile(reply, await this.documents.openPublic(code, id), KEPT_SECONDS);
  }
}
