import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { api, take } from '../../lib/api';

export type Hit = components['schemas']['SearchHit'];

const SHORTEST = 2;

/** What the server finds; the former findings stay while new ones are on their way. */
export function useFound(q: string) {
  const query = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => take(api.GET('/api/v1/search', { signal, params: { query: { q, limit: 6 } } })),
    enabled: q.length >= SHORTEST,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { ...query, groups: q.length >= SHORTEST ? (query.data?.groups ?? []) : [] };
}

/** The page of what was found; a person is on the page of their firm. */
export function placeOf({ type, id, firmId }: Hit): string {
  switch (type) {
    case 'firm':
      return `/firms/${id}`;
    case 'contact':
      return `/firms/${firmId}`;
    case 'lead':
      return `/leads/${id}`;
    case 'cluster':
      return `/clusters/${id}`;
    case 'round':
      return `/rounds/${id}`;
  }
}

const KEY = 'draft:recently-found';
const KEPT = 6;

/** What was opened from here lately, in this tab; forgotten at signing out like drafts. */
export function recentHits(): Hit[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as Hit[];
  } catch {
    return [];
  }
}

export function remember(hit: Hit): void {
  const others = recentHits().filter(({ type, id }) => type !== hit.type || id !== hit.id);
  try {
    sessionStorage.setItem(KEY, JSON.stringify([hit, ...others].slice(0, KEPT)));
  } catch {
    // nothing is remembered where nothing may be kept
  }
}
