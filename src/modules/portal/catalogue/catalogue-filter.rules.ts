import { CLUSTER_STATUSES, type ClusterStatus } from '../../directory/cluster.entity.js';
import type { InvestorKind } from '../../directory/cluster.rules.js';

export const SORTS = ['open', 'area', 'name'] as const;
export type CatalogueSort = (typeof SORTS)[number];

/** Statuses that the public list can show. */
export const SHOWN_STATUSES = CLUSTER_STATUSES.filter((status) => status !== 'dropped');

/** What a reader chose; null is any. */
export interface CatalogueFilter {
  /** Code of the planning district. */
  district: string | null;
  status: ClusterStatus | null;
  wants: InvestorKind | null;
  sector: string | null;
  /** Hectares, of the whole cluster. */
  areaMin: number | null;
  areaMax: number | null;
  sort: CatalogueSort;
}

export interface Filterable {
  name: string;
  planningDistrict: { code: string };
  status: string;
  wants: readonly string[];
  sectors: readonly string[];
  areaHa: number | null;
}

/** Whatever the address carries: what is not understood (a campaign's marks, a typing error) is left out. */
export function readFilter(query: Record<string, unknown>): CatalogueFilter {
  return {
    district: text(query.district, 100),
    status: oneOf(SHOWN_STATUSES, query.status),
    wants: oneOf(['infrastructure', 'secondary'], query.wants),
    sector: text(query.sector, 200),
    areaMin: hectares(query.areaMin),
    areaMax: hectares(query.areaMax),
    sort: oneOf(SORTS, query.sort) ?? 'open',
  };
}

/** The same as an address, in a fixed order; empty when nothing is chosen. @example "?district=cao-loc" */
export function filterQuery(filter: CatalogueFilter, changes: Partial<CatalogueFilter> = {}): string {
  const { sort, ...chosen } = { ...filter, ...changes };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(chosen)) if (value !== null) params.set(name, String(value));
  if (sort !== 'open') params.set('sort', sort);
  return params.size > 0 ? `?${params}` : '';
}

/** A cluster whose area is not known is left out by a range: nobody can say that it fits. */
export function matches(cluster: Filterable, filter: CatalogueFilter): boolean {
  const { district, status, wants, sector, areaMin, areaMax } = filter;
  return (
    (district === null || cluster.planningDistrict.code === district) &&
    (status === null || cluster.status === status) &&
    (wants === null || cluster.wants.includes(wants)) &&
    (sector === null || cluster.sectors.some((one) => sameSector(one, sector))) &&
    (areaMin === null || (cluster.areaHa !== null && cluster.areaHa >= areaMin)) &&
    (areaMax === null || (cluster.areaHa !== null && cluster.areaHa <= areaMax))
  );
}

/** Where an investor can act soonest comes first; equals keep the plan's order. */
const SOONEST: Record<string, number> = {
  calling_for_investor: 0,
  operating: 1,
  under_construction: 2,
  established: 3,
  dossier_filed: 4,
  planned: 5,
};

export function inOrder<T extends Filterable>(clusters: readonly T[], sort: CatalogueSort): T[] {
  const byName = new Intl.Collator('vi', { numeric: true });
  return clusters.toSorted((a, b) => {
    if (sort === 'name') return byName.compare(a.name, b.name);
    if (sort === 'area') return (b.areaHa ?? -1) - (a.areaHa ?? -1);
    return (SOONEST[a.status] ?? 9) - (SOONEST[b.status] ?? 9);
  });
}

/** Every sector that a cluster names, each once. */
export function sectorsOf(clusters: readonly Filterable[]): string[] {
  const found: string[] = [];
  for (const sector of clusters.flatMap(({ sectors }) => sectors))
    if (!found.some((one) => sameSector(one, sector))) found.push(sector);
  return found.sort(new Intl.Collator('vi').compare);
}

function sameSector(a: string, b: string): boolean {
  return a.normalize().toLocaleLowerCase('vi') === b.normalize().toLocaleLowerCase('vi');
}

function text(value: unknown, most: number): string | null {
  return typeof value === 'string' && value.trim() && value.length <= most ? value.trim() : null;
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | null {
  return allowed.find((one) => one === value) ?? null;
}

/** A comma is a decimal point in Vietnamese. */
function hectares(value: unknown): number | null {
  const number =
    typeof value === 'string' && value.trim() ? Number(value.trim().replace(',', '.')) : Number.NaN;
  return Number.isFinite(number) && number >= 0 && number <= 10_000 ? number : null;
}
