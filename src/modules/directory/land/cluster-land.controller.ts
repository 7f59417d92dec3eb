import { Body, Controller, Delete, Get, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFile } from '../../../platform/files/send-file.js';
import { readForm, type MultipartRoute } from '../../../platform/files/uploads.js';
import { Allow } from '../../../platform/http/allow.js';
import { Id } from '../../../platform/http/fields.js';
import { NeverKept } from '../../../platform/http/idempotency.interceptor.js';
import { IfMatch } from '../../../platform/http/if-match.js';
import { ClusterAccess } from './cluster-access.entity.js';
import { DOCUMENT_KINDS } from './cluster-document.entity.js';
import { ClusterDocumentsService } from './cluster-documents.service.js';
import { ClusterLandAnswer } from './cluster-land.dto.js';
import { ClusterLandQueries } from './cluster-land.queries.js';
import { ClusterLandService } from './cluster-land.service.js';
import { ClusterUtility } from './cluster-utility.entity.js';
import { ClustersQueries } from '../clusters.queries.js';
import {
  ChangeAccess,
  ChangeClusterDocument,
  ChangeUtility,
  CreateAccess,
  CreateUtility,
  LandOrder,
  AddClusterDocument,
} from './land-input.dto.js';

const FORM = {
  type: 'object',
  required: ['file', 'kind', 'titleVi'],
  properties: {
    file: {
      type: 'string',
      format: 'binary',
      description: 'PDF, JPEG, PNG, WebP, Word, Excel or PowerPoint, at most 20 MB.',
    },
    kind: { type: 'string', enum: DOCUMENT_KINDS },
    titleVi: { type: 'string', maxLength: 300 },
    titleEn: { type: 'string', maxLength: 300 },
    titleZh: { type: 'string', maxLength: 300 },
    language: { type: 'string', enum: ['vi', 'en', 'zh'] },
    issuedOn: { type: 'string', format: 'date' },
    number: { type: 'string', maxLength: 200 },
  },
};

/** What the public page says of a cluster's land. Each change answers with all of it. */
@ApiTags('clusters')
@Controller('api/v1/clusters/:id')
export class ClusterLandController {
  constructor(
    private readonly service: ClusterLandService,
    private readonly documents: ClusterDocumentsService,
    private readonly clusters: ClustersQueries,
    private readonly queries: ClusterLandQueries,
  ) {}

  /** Published or not; incentives that are in force today. */
  @Get('land')
  @Allow('cluster.read')
  async land(@Id() id: string): Promise<ClusterLandAnswer> {
    const cluster = await this.clusters.get(id);
    return (await this.queries.of([cluster], false)).get(cluster.id)!;
  }

  @Post('access')
  @Allow('cluster.write')
  async addAccess(@Id() id: string, @Body() body: CreateAccess): Promise<ClusterLandAnswer> {
    await this.service.addAccess(id, body);
    return this.land(id);
  }

  @Put('access-order')
  @Allow('cluster.write')
  async orderAccess(@Id() id: string, @Body() { ids }: LandOrder): Promise<ClusterLandAnswer> {
    await this.service.order('cluster_access', id, ids);
    return this.land(id);
  }

  @Patch('access/:accessId')
  @Allow('cluster.write')
  async changeAccess(
    @Id() clusterId: string,
    @Id('accessId') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeAccess,
  ): Promise<ClusterLandAnswer> {
    await this.service.changeAccess({ clusterId, id }, version, body);
    return this.land(clusterId);
  }

  @Delete('access/:accessId')
  @Allow('cluster.write')
  async removeAccess(
    @Id() clusterId: string,
    @Id('accessId') id: string,
    @IfMatch() version: number,
  ): Promise<ClusterLandAnswer> {
    await this.service.remove(ClusterAccess, { clusterId, id }, version);
    return this.land(clusterId);
  }

  @Post('utilities')
  @Allow('cluster.write')
  async addUtility(@Id() id: string, @Body() body: CreateUtility): Promise<ClusterLandAnswer> {
    await this.service.addUtility(id, body);
    return this.land(id);
  }

  @Patch('utilities/:utilityId')
  @Allow('cluster.write')
  async changeUtility(
    @Id() clusterId: string,
    @Id('utilityId') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeUtility,
  ): Promise<ClusterLandAnswer> {
    await this.service.changeUtility({ clusterId, id }, version, body);
    return this.land(clusterId);
  }

  /** From then on it is not known again. */
  @Delete('utilities/:utilityId')
  @Allow('cluster.write')
  async removeUtility(
    @Id() clusterId: string,
    @Id('utilityId') id: string,
    @IfMatch() version: number,
  ): Promise<ClusterLandAnswer> {
    await this.service.remove(ClusterUtility, { clusterId, id }, version);
    return this.land(clusterId);
  }

  /** What the file is, is read from its content. It is not public before it is published. */
  @Post('documents')
  @NeverKept()
  @RouteConfig({ multipart: 'files' } satisfies MultipartRoute)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: FORM as object })
  @Allow('cluster.write')
  async addDocument(@Id() id: string, @Req() request: FastifyRequest): Promise<ClusterLandAnswer> {
    const { body, file } = await readForm(request, AddClusterDocument);
    await this.documents.add(id, file, body);
    return this.land(id);
  }

  @Put('documents-order')
  @Allow('cluster.write')
  async orderDocuments(@Id() id: string, @Body() { ids }: LandOrder): Promise<ClusterLandAnswer> {
    await this.service.order('cluster_document', id, ids);
    return this.land(id);
  }

  /** Its words, its kind, and whether the public page shows it. */
  @Patch('documents/:documentId')
  @Allow('cluster.write')
  async changeDocument(
    @Id() clusterId: string,
    @Id('documentId') id: string,
    @IfMatch() version: number,
    @Body() body: ChangeClusterDocument,
  ): Promise<ClusterLandAnswer> {
    await this.documents.change({ clusterId, id }, version, body);
    return this.land(clusterId);
  }

  @Delete('documents/:documentId')
  @Allow('cluster.write')
  async removeDocument(
    @Id() clusterId: string,
    @Id('documentId') id: string,
    @IfMatch() version: number,
  ): Promise<ClusterLandAnswer> {
    await this.documents.remove({ clusterId, id }, version);
    return this.land(clusterId);
  }

  @Get('documents/:documentId/file')
  @Allow('cluster.read')
  @ApiOkResponse({
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  })
  async download(
    @Id() clusterId: string,
    @Id('documentId') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendFile(reply, await this.documents.open({ clusterId, id }));
  }
}
