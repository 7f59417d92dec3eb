import { queryOptions, useQuery } from '@tanstack/react-query';
import i18n from 'i18next';
import type { components } from '../api/schema';
import { api, take } from './api';

export type Stage = components['schemas']['StageAnswer'];
export type LeadKind = 'infrastructure' | 'secondary';

/** The stages of each kind of lead, with their gates. */
export const pipelinesQuery = queryOptions({
  queryKey: ['pipeline'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/pipelines', { signal })),
  staleTime: 10 * 60_000,
});

/** A stage's or an exit's name in the reader's language; a stage's code until the names have come. */
export function useStageName(): (kind: LeadKind, code: string) => string {
  const { data } = useQuery(pipelinesQuery);
  return (kind, code) => {
    if (code === 'lost' || code === 'dormant') return i18n.t(`outOfPipeline.${code}`);
    const stage = data?.items.find((pipeline) => pipeline.kind === kind)?.stages.find((s) => s.code === code);
    if (!stage) return code;
    return i18n.language === 'en' ? stage.nameEn : stage.nameVi;
  };
}
