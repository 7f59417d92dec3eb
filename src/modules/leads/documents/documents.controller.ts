import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFile } from '../../../platform/files/send-file.js';
import { readForm, type MultipartRoute } from '../../../platform/files/uploads.js';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { AddDocument, ChangeDocument, DocumentAnswer, DocumentList } from './documents.dto.js';
import { DocumentsQueries } from './documents.queries.js';
import { DocumentsService } from './documents.service.js';

const FORM = {
  type: 'object',
  required: ['file', 'direction', 'title'],
  properties: {
    file: {
      type: 'string',
      format: 'binary',
      description: 'PDF, picture or office document, at most 20 MB.',
    },
    direction: { type: 'string', enum: ['from_investor', 'to_investor'] },
    title: { type: 'string', maxLength: 200 },
    note: { type: 'string', maxLength: 2000 },
    contactId: { type: 'string', format: 'uuid' },
    sharedWithInvestor: { type: 'string', enum: ['true', 'false'] },
  },
};

@ApiTags('leads')
@Controller('api/v1/leads')
export class DocumentsController {
  constructor(
    private readonly documents: DocumentsService,
    private readonly queries: DocumentsQueries,
  ) {}

  /** The papers exchanged with the investor. */
  @Get(':id/documents')
  @Allow('lead.read')
  list(@Id() id: string): Promise<DocumentList> {
    return this.queries.list(id);
  }

  /** What the file is, is read from its content. */
  @Post(':id/documents')
  @Allow('lead.write')
  @RouteConfig({ multipart: 'files' } satisfies MultipartRoute)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FORM as object })
  async add(@Id() id: string, @Req() request: FastifyRequest): Promise<DocumentAnswer> {
    await this.documents.assertMayAdd(id);
    const { body, file } = await readForm(request, AddDocument);
    return this.queries.get(id, await this.documents.add(id, body, file));
  }

  @Patch(':id/documents/:documentId')
  @Allow('lead.write')
  async change(
    @Id() id: string,
    @Id('documentId') documentId: string,
    @IfMatch() version: number,
    @Body() body: ChangeDocument,
  ): Promise<DocumentAnswer> {
    await this.documents.change(id, documentId, version, body);
    return this.queries.get(id, documentId);
  }

  @Get(':id/documents/:documentId/file')
  @Allow('lead.read')
  @ApiOkResponse({
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  })
  async download(
    @Id() id: string,
    @Id('documentId') documentId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendFile(reply, await this.queries.open(id, documentId));
  }

  /** Nobody sees it any more; `restore` brings it back. */
  @Delete(':id/documents/:documentId')
  @Allow('lead.write')
  @HttpCode(204)
  remove(@Id() id: string, @Id('documentId') documentId: string): Promise<void> {
    return this.documents.remove(id, documentId);
  }

  @Post(':id/documents/:documentId/restore')
  @Allow('lead.write')
  @HttpCode(200)
  async restore(@Id() id: string, @Id('documentId') documentId: string): Promise<DocumentAnswer> {
    await this.documents.restore(id, documentId);
    return this.queries.get(id, documentId);
  }
}
