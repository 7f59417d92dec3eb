import { Controller, Get, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../../platform/http/allow.js';
import { ClustersQueries } from '../../directory/clusters.queries.js';
import { sendCached } from '../site/cached-answer.js';
import { PUBLIC_LIMIT } from '../site/public-limit.js';
import { SiteDetails } from '../site/site-details.js';
import { toCsv, toGeoJson, toOpenJson, type DataTerms } from './open-data.rules.js';
import { toPublicCluster, type PublicCluster } from './public-cluster.dto.js';

type Write = (clusters: PublicCluster[], terms: DataTerms) => string;

/** The catalogue as files for whoever can use it, from any site. */
@ApiExcludeController()
@Controller('open-data')
export class OpenDataController {
  constructor(
    private readonly clusters: ClustersQueries,
    private readonly site: SiteDetails,
  ) {}

  @Public()
  @RouteConfig(PUBLIC_LIMIT)
  @Get('clusters.csv')
  async csv(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    void reply.header('content-disposition', 'attachment; filename="clusters.csv"');
    await this.send(request, reply, 'text/csv; charset=utf-8; header=present', toCsv);
  }

  @Public()
  @RouteConfig(PUBLIC_LIMIT)
  @Get('clusters.json')
  async json(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(request, reply, 'application/json; charset=utf-8', (clusters, terms) =>
      JSON.stringify(toOpenJson(clusters, terms)),
    );
  }

  @Public()
  @RouteConfig(PUBLIC_LIMIT)
  @Get('clusters.geojson')
  async geojson(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.send(request, reply, 'application/geo+json; charset=utf-8', (clusters, terms) =>
      JSON.stringify(toGeoJson(clusters, terms)),
    );
  }

  private async send(
    request: FastifyRequest,
    reply: FastifyReply,
    type: string,
    write: Write,
  ): Promise<void> {
    const [found, host] = await Promise.all([this.clusters.publicList(), this.site.host('vi')]);
    const terms = { licence: host.licence, publisher: host.name, address: this.site.address };
    void reply
      .header('access-control-allow-origin', '*')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('link', `<${encodeURI(host.licence.url)}>; rel="license"`);
    sendCached(request, reply, { type, body: write(found.map(toPublicCluster), terms) });
  }
}
