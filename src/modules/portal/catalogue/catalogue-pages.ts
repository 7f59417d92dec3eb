import { Injectable } from '@nestjs/common';
import { translate, type Language } from '../../../platform/i18n/i18n.js';
import { ClustersQueries } from '../../directory/clusters.queries.js';
import { PlacesQueries } from '../../directory/places.queries.js';
import { dayIn } from '../site/format.rules.js';
import { pathIn, portalPage } from '../site/portal-page.js';
import { SiteDetails } from '../site/site-details.js';
import { filterQuery, type CatalogueFilter } from './catalogue-filter.rules.js';
import { cataloguePage } from './catalogue-view.js';
import { clusterPage } from './cluster-view.js';
import { CSV_COLUMNS } from './open-data.rules.js';
import { toPublicCluster, type ClusterForPublic } from './public-cluster.dto.js';
import { breadcrumb, dataset, jsonForHtml, organization, place } from './structured-data.rules.js';

/** The pages of the catalogue, from what the directory shows to anybody. */
@Injectable()
export class CataloguePages {
  constructor(
    private readonly clusters: ClustersQueries,
    private readonly places: PlacesQueries,
    private readonly site: SiteDetails,
  ) {}

  async list(filter: CatalogueFilter, language: Language): Promise<string> {
    const [found, districts, host] = await Promise.all([
      this.clusters.publicList(),
      this.places.planningDistricts(),
      this.site.host(language),
    ]);
    const { address } = this.site;
    return portalPage('home', language, {
      path: '',
      query: filterQuery(filter),
      section: 'clusters',
      description: say(language, 'home_description', { count: found.length }),
      structured: [
        organization(host, address),
        dataset(datasetWords(language), { host, address, language }),
      ].map(jsonForHtml),
      ...cataloguePage(found.map(toPublicCluster), districts, filter, language),
    });
  }

  async cluster(found: ClusterForPublic, language: Language): Promise<string> {
    const { address } = this.site;
    const path = `/clusters/${encodeURIComponent(found.code)}`;
    const page = clusterPage(found, language);
    const description = descriptionOf(page, language);
    const trail = [
      { name: say(language, 'home_title'), href: `${address}${pathIn(language, '')}` },
      { name: found.name, href: `${address}${pathIn(language, path)}` },
    ];
    const host = await this.site.host(language);
    return portalPage('cluster', language, {
      path,
      section: 'clusters',
      noindex: found.status === 'dropped',
      description,
      structured: [
        organization(host, address),
        breadcrumb(trail),
        place(toPublicCluster(found), trail[1]!.href, description),
      ].map(jsonForHtml),
      home: pathIn(language, ''),
      enquiry: `${pathIn(language, '/enquiry')}?cluster=${encodeURIComponent(found.code)}`,
      sheet: `${pathIn(language, path)}/sheet.pdf`,
      host,
      ...page,
    });
  }

  async openData(language: Language): Promise<string> {
    const [found, host] = await Promise.all([this.clusters.publicList(), this.site.host(language)]);
    const { address } = this.site;
    const latest =
      found
        .map(({ updatedAt }) => updatedAt)
        .sort()
        .at(-1) ?? null;
    return portalPage('open-data', language, {
      path: '/open-data',
      section: 'open-data',
      description: say(language, 'open_data_description'),
      structured: [
        organization(host, address),
        dataset(datasetWords(language), { host, address, language }),
      ].map(jsonForHtml),
      home: pathIn(language, ''),
      count: found.length,
      updated: dayIn(language, latest),
      columns: CSV_COLUMNS,
      example: `${address}/open-data/clusters.json`,
    });
  }
}

function say(language: Language, key: string, params: Record<string, unknown> = {}): string {
  return translate(language, `pages:${key}`, params);
}

function datasetWords(language: Language): { name: string; description: string } {
  return { name: say(language, 'open_data_name'), description: say(language, 'open_data_description') };
}

function descriptionOf(page: Record<string, unknown>, language: Language): string {
  const area = page.area as string | null;
  return say(language, area === null ? 'cluster_description_no_area' : 'cluster_description', {
    name: page.name,
    district: page.district,
    area: say(language, 'hectares', { n: area }),
    status: say(language, `cluster_${page.status as string}`),
  });
}
