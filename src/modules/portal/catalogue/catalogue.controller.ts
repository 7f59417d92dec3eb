import { Controller, Get, Header, Headers, Param, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController, ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/http/allow.js';
import { NotFound } from '../../../platform/http/problem.js';
import { LANGUAGES, preferredLanguage, type Language } from '../../../platform/i18n/i18n.js';
import { ClustersQueries } from '../../directory/clusters.queries.js';
import { LinkProblemFilter } from '../site/link-problem.filter.js';
import { portalPage } from '../site/portal-page.js';
import { toPublicCluster, type PublicCluster, type PublicClusters } from './public-cluster.dto.js';

const HTML = ['content-type', 'text/html; charset=utf-8'] as const;
/** An office shares one address. */
const LIMIT = { rateLimit: { max: 300, timeWindow: '1 minute' } };
/** Vietnamese has no prefix; the others have theirs before the path. */
const PREFIXES = ['', ':lang(en|zh)'];

@ApiTags('public')
@Controller('api/public/v1/clusters')
export class CatalogueController {
  constructor(private readonly clusters: ClustersQueries) {}

  /** Every cluster that the province shows, with its status, area, occupancy and where each is known from. */
  @Public()
  @RouteConfig(LIMIT)
  @Get()
  async list(): Promise<PublicClusters> {
    return { items: (await this.clusters.publicList()).map(toPublicCluster) };
  }
}

/** The same for people. */
@ApiExcludeController()
@UseFilters(LinkProblemFilter)
@Controller(PREFIXES)
export class CataloguePagesController {
  constructor(private readonly clusters: ClustersQueries) {}

  @Public()
  @RouteConfig(LIMIT)
  @Get()
  @Header(...HTML)
  async home(@Param('lang') prefix?: string, @Headers('accept-language') wish?: string): Promise<string> {
    const language = LANGUAGES.find((one) => one === prefix) ?? preferredLanguage(wish, LANGUAGES);
    const clusters = (await this.clusters.publicList()).map(toPublicCluster);
    return portalPage('home', language, {
      path: '',
      prefix: prefixOf(language),
      clusters: clusters.map((cluster) => shown(cluster, language)),
    });
  }

  @Public()
  @RouteConfig(LIMIT)
  @Get('clusters/:code')
  @Header(...HTML)
  async cluster(@Param('code') code: string, @Param('lang') prefix?: string): Promise<string> {
    const found = await this.clusters.findPublic(code);
    if (!found) throw new NotFound('unknown_cluster');
    const language = LANGUAGES.find((one) => one === prefix) ?? 'vi';
    return portalPage('cluster', language, {
      path: `/clusters/${code}`,
      prefix: prefixOf(language),
      ...shown(toPublicCluster(found), language),
    });
  }
}

function prefixOf(language: Language): string {
  return language === 'vi' ? '' : `/${language}`;
}

const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB', zh: 'zh-CN' };

/** Numbers and words as the language writes them; what is not known stays null. */
function shown(cluster: PublicCluster, language: Language): object {
  const number = (value: number | null, options: Intl.NumberFormatOptions): string | null =>
    value === null ? null : new Intl.NumberFormat(LOCALES[language], options).format(value);
  return {
    ...cluster,
    area: number(cluster.areaHa, { maximumFractionDigits: 2 }),
    occupancy: number(cluster.occupancyRate, { style: 'percent', maximumFractionDigits: 1 }),
    words: cluster.summary[language],
  };
}
