import { Controller, Get, Header, Headers, Query } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import { Public } from '../../platform/http/allow.js';
import { LANGUAGES, preferredLanguage } from '../../platform/i18n/i18n.js';
import { ClustersQueries } from '../directory/clusters.queries.js';
import { toPublicCluster, type PublicClusters } from './public-cluster.dto.js';
import { PageLanguageQuery } from './portal.dto.js';
import { portalPage } from './portal-page.js';

@ApiTags('public')
@Controller()
export class CatalogueController {
  constructor(private readonly clusters: ClustersQueries) {}

  /** Every cluster that the province shows, with its status, area, occupancy and where each is known from. */
  @Public()
  @Get('api/public/v1/clusters')
  async list(): Promise<PublicClusters> {
    return { items: (await this.clusters.publicList()).map(toPublicCluster) };
  }

  @Public()
  @Get()
  @ApiExcludeEndpoint()
  @Header('content-type', 'text/html; charset=utf-8')
  async home(@Query() { lang }: PageLanguageQuery, @Headers('accept-language') wish?: string): Promise<string> {
    const language = lang ?? preferredLanguage(wish, LANGUAGES);
    const clusters = (await this.clusters.publicList()).map(toPublicCluster);
    return portalPage('home', language, { clusters: clusters.map((cluster) => ({ ...cluster, area: hectares(cluster.areaHa, language) })) });
  }
}

function hectares(areaHa: number | null, language: string): string | null {
  return areaHa === null ? null : new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 2 }).format(areaHa);
}
