import type { Language } from '../../../platform/i18n/i18n.js';
import { districtIn, numberIn } from '../site/format.rules.js';
import { pathIn } from '../site/portal-page.js';
import {
  filterQuery,
  inOrder,
  matches,
  sectorsOf,
  SHOWN_STATUSES,
  SORTS,
  type CatalogueFilter,
} from './catalogue-filter.rules.js';
import { clusterRow } from './cluster-view.js';
import { MAP_HEIGHT, MAP_TILES, MAP_WIDTH, tileLines } from './district-map.rules.js';
import type { PublicCluster } from './public-cluster.dto.js';

export interface District {
  code: string;
  name: string;
}

/** What the list shows: the clusters that the filter leaves, and what else can be chosen. */
export function cataloguePage(
  clusters: readonly PublicCluster[],
  districts: readonly District[],
  filter: CatalogueFilter,
  language: Language,
): Record<string, unknown> {
  const shown = inOrder(
    clusters.filter((cluster) => matches(cluster, filter)),
    filter.sort,
  );
  const home = pathIn(language, '');
  const named = districts.map(({ code, name }) => ({ code, name: districtIn(language, name) }));
  return {
    filter,
    home,
    filtered: filterQuery({ ...filter, sort: 'open' }) !== '',
    total: clusters.length,
    count: shown.length,
    clusters: shown.map((cluster) => clusterRow(cluster, language)),
    glance: glanceOf(clusters, language),
    choices: choicesOf(clusters, named),
    map: mapOf(clusters, named, filter, home),
  };
}

function glanceOf(clusters: readonly PublicCluster[], language: Language): Record<string, unknown> {
  const wanted = (kind: string): number => clusters.filter(({ wants }) => wants.includes(kind)).length;
  const measured = clusters.filter(({ areaHa }) => areaHa !== null);
  const area = measured.reduce((sum, { areaHa }) => sum + areaHa!, 0);
  return {
    clusters: clusters.length,
    infrastructure: wanted('infrastructure'),
    secondary: wanted('secondary'),
    area: measured.length > 0 ? numberIn(language, area) : null,
    measured: measured.length,
    unmeasured: clusters.length - measured.length,
  };
}

function choicesOf(
  clusters: readonly PublicCluster[],
  districts: readonly District[],
): Record<string, unknown> {
  const count = (code: string): number =>
    clusters.filter(({ planningDistrict }) => planningDistrict.code === code).length;
  return {
    districts: districts.map(({ code, name }) => ({ code, name, count: count(code) })),
    statuses: SHOWN_STATUSES.filter((status) => clusters.some((cluster) => cluster.status === status)),
    sectors: sectorsOf(clusters),
    sorts: SORTS,
  };
}

/** The map shows what the other filters leave, so that a number on it is what its link will list. */
function mapOf(
  clusters: readonly PublicCluster[],
  districts: readonly District[],
  filter: CatalogueFilter,
  home: string,
): Record<string, unknown> {
  const elsewhere = { ...filter, district: null };
  const left = clusters.filter((cluster) => matches(cluster, elsewhere));
  const tiles = MAP_TILES.flatMap((tile) => {
    const district = districts.find(({ code }) => code === tile.code);
    if (!district) return [];
    const inside = left.filter(({ planningDistrict }) => planningDistrict.code === tile.code);
    const chosen = filter.district === tile.code;
    return [
      {
        ...tile,
        name: district.name,
        lines: tileLines(district.name),
        count: inside.length,
        open: inside.filter(({ wants }) => wants.length > 0).length,
        chosen,
        href: `${home}${filterQuery(filter, { district: chosen ? null : tile.code })}` || home,
      },
    ];
  });
  return { width: MAP_WIDTH, height: MAP_HEIGHT, tiles };
}
