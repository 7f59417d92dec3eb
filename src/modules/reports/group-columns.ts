import type { AgeingReport, PipelineReport } from './reports.dto.js';

type Grouped = Pick<PipelineReport | AgeingReport, 'groupBy' | 'thenBy'>;
type Labels = Pick<PipelineReport['groups'][number], 'kindLabel' | 'label' | 'second'>;

/** The columns that name a group: the kind, which is not said twice, and each grouping. */
export function groupColumns({ groupBy, thenBy }: Grouped): string[] {
  const groupings = [groupBy, ...(thenBy === null ? [] : [thenBy])];
  return ['kind', ...groupings.filter((one) => one !== 'kind').map((one) => `group_${one}`)];
}

export function groupCells({ groupBy, thenBy }: Grouped, group: Labels): string[] {
  return [
    group.kindLabel,
    ...(groupBy === 'kind' ? [] : [group.label]),
    ...(group.second === null || thenBy === 'kind' ? [] : [group.second.label]),
  ];
}
