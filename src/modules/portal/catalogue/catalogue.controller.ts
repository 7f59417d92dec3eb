import { Controller, Get } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/http/allow.js';
import { ClustersQueries } from '../../directory/clusters.queries.js';
import { PUBLIC_LIMIT } from '../site/public-limit.js';
import { toPublicCluster, type PublicClusters } from './public-cluster.dto.js';

@ApiTags('public')
@Controller('api/public/v1/clusters')
export class CatalogueController {
  constructor(private readonly clusters: ClustersQueries) {}

  /** Every cluster that the province shows, with its status, area, occupancy and where each is known from. */
  @Public()
  @RouteConfig(PUBLIC_LIMIT)
  @Get()
  async list(): Promise<PublicClusters> {
    return { items: (await this.clusters.publicList()).map(toPublicCluster) };
  }
}
