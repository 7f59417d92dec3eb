import { groupCells, groupColumns } from '../group-columns.js';
import type { ReportTable, TableColumn, TableValue } from '../report-tables.js';
import type { ConversionFigures, ConversionReport } from './conversion.dto.js';
import type { StageTimesFigures, StageTimesReport } from './stage-times.dto.js';

const text = (key: string): TableColumn => ({ key, numeric: false });
const number = (key: string): TableColumn => ({ key, numeric: true });

/** A row for each cohort and stage; those over all cohorts of a kind stand behind its cohorts. */
export function conversionTable(report: ConversionReport): ReportTable {
  const rowsOf = (kindLabel: string, month: string, { cohort, open, lost, stages }: ConversionFigures) =>
    stages.map(({ label, reached, open: mayReach, ofPrevious, ofCohort, medianDays }): TableValue[] => [
      kindLabel,
      month,
      label,
      cohort.value,
      open.value,
      lost.value,
      reached.value,
      mayReach.value,
      ofPrevious?.value ?? null,
      ofPrevious?.of ?? null,
      ofCohort.value,
      (ofPrevious ?? ofCohort).reason && `reports:reason_${(ofPrevious ?? ofCohort).reason}`,
      medianDays,
    ]);
  return {
    key: 'conversion',
    columns: [
      ...['kind', 'group_month', 'group_stage'].map(text),
      ...['leads', 'still_open', 'lost', 'reached', 'may_reach', 'of_previous', 'previous', 'of_cohort'].map(
        number,
      ),
      text('no_share_because'),
      number('median_days'),
    ],
    rows: report.totals.flatMap(({ kind, kindLabel, figures }) => [
      ...report.groups
        .filter((group) => group.kind === kind)
        .flatMap((group) => rowsOf(group.kindLabel, group.month, group.figures)),
      ...rowsOf(kindLabel, 'reports:all_cohorts', figures),
    ]),
    totals: null,
  };
}

/** A row for each group; those of a whole kind stand behind its groups. */
export function stageTimesTable(report: StageTimesReport): ReportTable {
  const grouped = report.thenBy !== null && report.thenBy !== 'kind';
  const cells = ({ finished, waiting }: StageTimesFigures): TableValue[] =>
    [finished, waiting].flatMap(({ count, median, p90, max }) => [count.value, median, p90, max]);
  return {
    key: 'stage_times',
    columns: [
      ...groupColumns(report).map(text),
      ...['finished', 'waiting'].flatMap((stay) =>
        ['stays', 'median_days', 'p90_days', 'max_days'].map((name) => number(`${stay}_${name}`)),
      ),
    ],
    rows: report.totals.flatMap(({ kind, kindLabel, figures }) => [
      ...report.groups
        .filter((group) => group.kind === kind)
        .map((group): TableValue[] => [...groupCells(report, group), ...cells(group.figures)]),
      [kindLabel, 'reports:all_stages', ...(grouped ? [null] : []), ...cells(figures)],
    ]),
    totals: null,
  };
}
