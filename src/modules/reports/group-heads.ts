import { EXITS } from '../leads/lead.entity.js';
import type { LeadKind } from '../leads/pipelines/pipeline.entity.js';
import type { ReportScope } from './report-scope.js';
import { codeWords, countryName, words } from './report-words.js';
import type { TalliedGroup } from './tally.rules.js';

const LAST = Number.MAX_SAFE_INTEGER;

/** By kind, then by each grouping: in the order of the way, the exits behind it, those without at the end. */
export function inOrder(groups: readonly TalliedGroup[], scope: ReportScope): TalliedGroup[] {
  return [...groups].sort(
    (a, b) => a.keys[0]!.localeCompare(b.keys[0]!) || compareAt(0, a, b, scope) || compareAt(1, a, b, scope),
  );
}

function compareAt(at: number, a: TalliedGroup, b: TalliedGroup, scope: ReportScope): number {
  if (a.keys.length < at + 2) return 0;
  return (
    placeOf(a, at) - placeOf(b, at) ||
    labelOf(a, at, scope).localeCompare(labelOf(b, at, scope), scope.language)
  );
}

function placeOf({ places, keys }: TalliedGroup, at: number): number {
  const value = keys[at + 1];
  return places[at] ?? (value === null ? LAST : LAST - 10 + EXITS.findIndex((exit) => exit === value));
}

/** @param at 0 for the first grouping, 1 for the second */
function labelOf({ keys, labels }: TalliedGroup, at: number, scope: ReportScope): string {
  const grouping = at === 0 ? scope.groupBy : scope.thenBy!;
  const value = keys[at + 1] ?? null;
  if (value === null) return words(scope.language, `none_${grouping}`);
  if (grouping === 'country') return countryName(scope.language, value);
  return labels[at + 1] ?? codeWords(scope.language, grouping, value);
}

export function headOf(group: TalliedGroup, scope: ReportScope) {
  const kind = group.keys[0] as LeadKind;
  return {
    key: group.key,
    kind,
    kindLabel: codeWords(scope.language, 'kind', kind),
    value: group.keys[1] ?? null,
    label: labelOf(group, 0, scope),
    second: scope.thenBy === null ? null : { value: group.keys[2] ?? null, label: labelOf(group, 1, scope) },
  };
}
