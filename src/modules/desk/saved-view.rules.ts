import type { Actor } from '../../platform/database/actor.js';
import { Forbidden, NotFound } from '../../platform/http/problem.js';

const MOST_FILTERS = 30;
const MOST_CHARACTERS = 2000;

/** Of one owner on one page. */
export const MOST_VIEWS = 50;

/** What is wrong with a set of filters, as the code of a fault and its words' values; null when nothing is. */
export function filtersFault(query: object): { code: string; params?: Record<string, unknown> } | null {
  const entries = Object.entries(query) as [string, unknown][];
  if (entries.length > MOST_FILTERS) return { code: 'too_many', params: { limit: MOST_FILTERS } };
  if (entries.some(([, value]) => typeof value !== 'string')) return { code: 'must_be_text' };
  if (entries.some(([name]) => !/^[a-z][A-Za-z0-9_]{0,49}$/.test(name))) return { code: 'invalid_format' };
  const characters = entries.reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
  return characters > MOST_CHARACTERS ? { code: 'too_long', params: { limit: MOST_CHARACTERS } } : null;
}

export interface ViewStanding {
  ownerId: string;
  shared: boolean;
}

/** What is private exists only for its owner. */
export function assertMaySee(actor: Actor, view: ViewStanding | undefined): asserts view {
  if (!view || (view.ownerId !== actor.id && !view.shared)) throw new NotFound('view_not_found');
}

/** The owner changes everything; a manager takes back what another shared, and no more. */
export function assertMayChange(
  actor: Actor,
  view: ViewStanding,
  change: { shared?: boolean },
  managesAll: boolean,
): void {
  if (view.ownerId === actor.id) return;
  const onlyUnshares = Object.entries(change).every(
    ([name, value]) => value === undefined || (name === 'shared' && value === false),
  );
  if (!managesAll || !onlyUnshares) throw new Forbidden('not_your_view');
}
