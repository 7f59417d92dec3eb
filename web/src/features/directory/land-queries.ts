import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

export type Land = components['schemas']['ClusterLandAnswer'];
export type Access = components['schemas']['AccessAnswer'];
export type Utility = components['schemas']['UtilityAnswer'];
export type LandDocument = components['schemas']['ClusterDocumentAnswer'];

export const ACCESS_KINDS: Access['kind'][] = [
  'border_gate',
  'expressway',
  'national_road',
  'provincial_road',
  'railway_station',
  'port',
  'airport',
  'city',
];
export const UTILITY_KINDS: Utility['kind'][] = [
  'power',
  'water',
  'wastewater',
  'fire_protection',
  'internal_roads',
  'telecom',
  'gas',
];
export const UTILITY_STATES: Utility['state'][] = ['available', 'under_construction', 'planned', 'missing'];
export const DOCUMENT_KINDS: LandDocument['kind'][] = [
  'detailed_plan',
  'establishment_decision',
  'map',
  'brochure',
  'picture',
  'price_list',
  'other',
];

export const landQuery = (id: string) =>
  queryOptions({
    queryKey: ['cluster', id, 'land'],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/clusters/{id}/land', { signal, params: { path: { id } } })),
  });

/** The list with one member moved by one place. */
export function moved<T extends { id: string }>(items: readonly T[], index: number, by: 1 | -1): string[] {
  const ids = items.map(({ id }) => id);
  const [id] = ids.splice(index, 1);
  ids.splice(index + by, 0, id!);
  return ids;
}
