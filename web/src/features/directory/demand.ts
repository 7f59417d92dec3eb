import { useQuery } from '@tanstack/react-query';
import { api, take } from '../../lib/api';
import { pipelinesQuery } from '../../lib/pipelines';
import { spoken } from './directory-queries';

export interface Demand {
  openLeads: number;
  infrastructure: number;
  secondary: number;
  /** Hectares that secondary investors ask for, where they say. */
  secondaryHa: number;
  /** Secondary investors who have not said how much. */
  secondaryUnknown: number;
}

const NOBODY: Demand = { openLeads: 0, infrastructure: 0, secondary: 0, secondaryHa: 0, secondaryUnknown: 0 };

/**
 * Who wants each cluster: its open leads, that is in a stage which is neither the last nor an exit. A lead about
 * several clusters counts in each. Answers undefined until it is known.
 */
export function useDemand(clusterId?: string): ((id: string) => Demand) | undefined {
  const { data: pipelines } = useQuery(pipelinesQuery);
  const stages = [
    ...new Set(
      pipelines?.items.flatMap((pipeline) =>
        pipeline.stages.filter(({ isFinal }) => !isFinal).map(({ code }) => code),
      ),
    ),
  ].sort();
  const { data } = useQuery({
    queryKey: ['report', 'demand', clusterId, stages],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/reports/pipeline', {
          signal,
          params: {
            header: spoken(),
            query: { groupBy: 'cluster', stage: stages, ...(clusterId && { clusterId }) },
          },
        }),
      ),
    enabled: stages.length > 0,
  });
  if (!data) return undefined;
  const found = new Map<string, Demand>();
  for (const { kind, value, figures } of data.groups) {
    if (!value) continue;
    const demand = { ...(found.get(value) ?? NOBODY) };
    demand.openLeads += figures.count.value;
    demand[kind] += figures.count.value;
    if (kind === 'secondary') {
      demand.secondaryHa += figures.areaHa.value;
      demand.secondaryUnknown += figures.areaHa.unknown.value;
    }
    found.set(value, demand);
  }
  return (id) => found.get(id) ?? NOBODY;
}
