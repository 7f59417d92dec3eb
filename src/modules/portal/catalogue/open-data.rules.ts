import { stringify } from 'csv-stringify/sync';
import { safeCell } from '../../../platform/http/safe-cell.rules.js';
import { UTILITY_KINDS } from '../../directory/land/cluster-utility.entity.js';
import type { PublicCluster } from './public-cluster.dto.js';

/** Excel reads UTF-8 only with it. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface DataTerms {
  licence: { name: string; url: string };
  /** Who is to be named. */
  publisher: string;
  /** Where the site is, without a slash at its end. */
  address: string;
}

/** In the order of the file; each has its words in `open_data_field_…`. */
export const CSV_COLUMNS = [
  'code',
  'name',
  'planning_district_code',
  'planning_district',
  'communes',
  'communes_today',
  'status',
  'status_since',
  'established_by',
  'investors_wanted',
  'sectors',
  'area_ha',
  'free_ha',
  'free_gap',
  'occupancy_rate',
  'land_as_of',
  'land_source',
  'latitude',
  'longitude',
  'position_source',
  ...UTILITY_KINDS,
  'source',
  'updated_at',
  'url',
  'licence',
] as const;

type Row = Record<(typeof CSV_COLUMNS)[number], string | number | null>;

/** One row a cluster; what is not known is an empty cell, never 0. Several values of a cell stand apart by "; ". */
export function toCsv(clusters: readonly PublicCluster[], terms: DataTerms): string {
  const rows = clusters.map((cluster) => {
    const row = rowOf(cluster, terms);
    return CSV_COLUMNS.map((column) => {
      const value = row[column];
      return typeof value === 'string' ? safeCell(value) : value;
    });
  });
  return BYTE_ORDER_MARK + stringify([[...CSV_COLUMNS], ...rows], { record_delimiter: 'windows' });
}

function rowOf(cluster: PublicCluster, terms: DataTerms): Row {
  const { position, communes } = cluster;
  const states = Object.fromEntries(
    UTILITY_KINDS.map((kind) => [kind, cluster.utilities.find((one) => one.kind === kind)?.state ?? null]),
  ) as Record<(typeof UTILITY_KINDS)[number], string | null>;
  return {
    code: cluster.code,
    name: cluster.name,
    planning_district_code: cluster.planningDistrict.code,
    planning_district: cluster.planningDistrict.name,
    communes: communes.map(({ name }) => name).join('; '),
    communes_today: communes.map(({ name, successor }) => successor?.name ?? name).join('; '),
    status: cluster.status,
    status_since: cluster.statusSince,
    established_by: cluster.establishedBy,
    investors_wanted: cluster.wants.join('; '),
    sectors: cluster.sectors.join('; '),
    area_ha: cluster.areaHa,
    free_ha: cluster.freeHa,
    free_gap: cluster.freeGap,
    occupancy_rate: cluster.occupancyRate,
    land_as_of: cluster.landAsOf,
    land_source: cluster.landSource,
    latitude: position?.latitude ?? null,
    longitude: position?.longitude ?? null,
    position_source: position?.source ?? null,
    ...states,
    source: cluster.source,
    updated_at: cluster.updatedAt,
    url: urlOf(cluster, terms),
    licence: terms.licence.url,
  };
}

export function toOpenJson(clusters: readonly PublicCluster[], terms: DataTerms): object {
  return {
    licence: terms.licence,
    publisher: terms.publisher,
    documentation: `${terms.address}/open-data`,
    items: clusters.map((cluster) => ({ ...cluster, url: urlOf(cluster, terms) })),
  };
}

/** RFC 7946: longitude before latitude; a cluster without a known position has no geometry. */
export function toGeoJson(clusters: readonly PublicCluster[], terms: DataTerms): object {
  return {
    type: 'FeatureCollection',
    licence: terms.licence,
    publisher: terms.publisher,
    documentation: `${terms.address}/open-data`,
    features: clusters.map((cluster) => ({
      type: 'Feature',
      id: cluster.code,
      geometry: cluster.position && {
        type: 'Point',
        coordinates: [cluster.position.longitude, cluster.position.latitude],
      },
      properties: rowOf(cluster, terms),
    })),
  };
}

function urlOf({ code }: PublicCluster, { address }: DataTerms): string {
  return `${address}/clusters/${encodeURIComponent(code)}`;
}
