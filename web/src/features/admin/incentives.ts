import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../api/schema';
import { neededWords, typedWords } from '../../components/translated';
import { api, take } from '../../lib/api';
import { today } from '../../lib/format';

export type Incentive = components['schemas']['IncentiveAnswer'];

export const incentivesQuery = queryOptions({
  queryKey: ['incentive'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/incentives', { signal })),
});

export const districtsQuery = queryOptions({
  queryKey: ['cluster', 'districts'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/planning-districts', { signal })),
  staleTime: 60 * 60_000,
});

/** Against today: not yet, in force, no longer. */
export function forceOf({ effectiveFrom, effectiveTo }: Incentive): 'coming' | 'inForce' | 'past' {
  if (effectiveFrom > today()) return 'coming';
  return effectiveTo !== null && effectiveTo < today() ? 'past' : 'inForce';
}

export function incentiveValues(incentive: Incentive | null) {
  return {
    version: incentive?.version ?? 0,
    code: incentive?.code ?? '',
    title: typedWords(incentive?.title),
    text: typedWords(incentive?.text),
    legalDocument: incentive?.legalDocument ?? '',
    legalArticle: incentive?.legalArticle ?? '',
    sourceUrl: incentive?.sourceUrl ?? '',
    sourceGrade: incentive?.sourceGrade ?? ('law' as Incentive['sourceGrade']),
    appliesTo: incentive?.appliesTo ?? ('both' as Incentive['appliesTo']),
    scope: incentive?.scope ?? ('all' as Incentive['scope']),
    planningDistrictIds: incentive?.planningDistrictIds ?? ([] as string[]),
    clusterIds: incentive?.clusterIds ?? ([] as string[]),
    effectiveFrom: incentive?.effectiveFrom ?? (null as string | null),
    effectiveTo: incentive?.effectiveTo ?? null,
    isPublic: incentive?.isPublic ?? false,
  };
}
export type IncentiveValues = ReturnType<typeof incentiveValues>;

export const incentiveBody = (values: IncentiveValues) => ({
  title: neededWords(values.title),
  text: neededWords(values.text),
  legalDocument: values.legalDocument.trim(),
  legalArticle: values.legalArticle.trim() || null,
  sourceUrl: values.sourceUrl.trim() || null,
  sourceGrade: values.sourceGrade,
  appliesTo: values.appliesTo,
  scope: values.scope,
  planningDistrictIds: values.scope === 'districts' ? values.planningDistrictIds : [],
  clusterIds: values.scope === 'clusters' ? values.clusterIds : [],
  effectiveFrom: values.effectiveFrom ?? today(),
  effectiveTo: values.effectiveTo,
  isPublic: values.isPublic,
});
export type IncentiveBody = ReturnType<typeof incentiveBody>;
