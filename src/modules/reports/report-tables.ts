import { translate, type Language } from '../../platform/i18n/i18n.js';
import { addDecimals } from './decimals.rules.js';
import { CAPITAL } from './pipeline.section.js';
import { AGE_BUCKETS } from './ageing.section.js';
import { groupCells, groupColumns } from './group-columns.js';
import { REMINDER_STATES, SERVICE_CLOCKS } from './follow-up.section.js';
import { CHECK_DAYS, RESULTS } from './rounds.sections.js';
import type { KnownSum, MoneyFigure, PartFigure } from './figures.dto.js';
import type {
  AgeingReport,
  FollowUpReport,
  PipelineFigures,
  PipelineReport,
  RoundFigures,
  RoundsReport,
  TargetsReport,
} from './reports.dto.js';

export type TableValue = string | number | null;

export interface TableColumn {
  /** Words in `reports:column_<key>`, filled with `params`. @example "committed" */
  key: string;
  params?: Record<string, string | number>;
  /** Set to the right and never taken for a formula. */
  numeric: boolean;
  /** Its values are days, `YYYY-MM-DD`. */
  day?: true;
  /** The whole is the sum of the rows; where a row's things stand in other rows too, it is not. */
  adds?: true;
  /** What is missing in it is not known; elsewhere a missing value is nothing to say. */
  unknown?: true;
}

/** A report as a plain table: what a CSV holds and a terminal prints. */
export interface ReportTable {
  /** Words in `reports:title_<key>`. */
  key: string;
  columns: TableColumn[];
  rows: TableValue[][];
  /** As long as the columns; null where the report has no whole. */
  totals: TableValue[] | null;
}

/** Cells that are codes of ours become words. */
export function valueWords(value: TableValue, language: Language): string {
  const said = String(value ?? '');
  return said.startsWith('reports:') ? translate(language, said) : said;
}

const text = (key: string): TableColumn => ({ key, numeric: false });
const number = (key: string, params?: TableColumn['params']): TableColumn => ({
  key,
  numeric: true,
  ...(params && { params }),
});

const day = (key: string): TableColumn => ({ key, numeric: false, day: true });
const unknown = (column: TableColumn): TableColumn => ({ ...column, unknown: true });
const adding = (column: TableColumn): TableColumn => (column.numeric ? { ...column, adds: true } : column);

/** Groupings in which a lead may stand several times. */
const OVERLAPPING = ['cluster', 'planningDistrict'];

const addingUnlessOverlapping = (
  columns: TableColumn[],
  { groupBy, thenBy }: PipelineReport | AgeingReport,
): TableColumn[] =>
  OVERLAPPING.some((one) => one === groupBy || one === thenBy) ? columns : columns.map(adding);

/** A sum of nothing known is no zero. */
const knownOrNull = ({ value, known, unknown: missing }: KnownSum): number | null =>
  known === 0 && missing.value > 0 ? null : value;

export function pipelineTable(report: PipelineReport): ReportTable {
  const money = CAPITAL.map((kind) => ({
    kind,
    currencies: report.totals[kind].sums.map(({ value }) => value.currency),
  }));
  const cells = (figures: PipelineFigures): TableValue[] => [
    figures.count.value,
    knownOrNull(figures.areaHa),
    figures.areaHa.unknown.value,
    knownOrNull(figures.jobsPromised),
    figures.jobsPromised.unknown.value,
    ...money.flatMap(({ kind, currencies }) => [
      ...currencies.map((currency) => amountIn(figures[kind], currency)),
      figures[kind].unknown.value,
    ]),
  ];
  return {
    key: 'pipeline',
    columns: addingUnlessOverlapping(
      [
        ...groupColumns(report).map(text),
        number('leads'),
        unknown(number('area_ha')),
        number('area_unknown'),
        unknown(number('jobs')),
        number('jobs_unknown'),
        ...money.flatMap(({ kind, currencies }) => [
          ...currencies.map((currency) => unknown(number(kind, { currency }))),
          number(`${kind}_unknown`),
        ]),
      ],
      report,
    ),
    rows: report.groups.map((group) => [...groupCells(report, group), ...cells(group.figures)]),
    totals: [...groupColumns(report).map(() => null), ...cells(report.totals)],
  };
}

function amountIn({ sums, unknown: missing }: MoneyFigure, currency: string): string | null {
  if (sums.length === 0 && missing.value > 0) return null;
  return sums.find(({ value }) => value.currency === currency)?.value.amount ?? '0';
}

export function ageingTable(report: AgeingReport): ReportTable {
  const figures = ['count', ...AGE_BUCKETS.map(({ figure }) => figure), 'stale'] as const;
  return {
    key: 'ageing',
    columns: addingUnlessOverlapping(
      [
        ...groupColumns(report).map(text),
        ...figures.map((figure) => number(figure === 'count' ? 'leads' : figure)),
      ],
      report,
    ),
    rows: report.groups.map((group) => [
      ...groupCells(report, group),
      ...figures.map((figure) => group.figures[figure].value),
    ]),
    totals: [
      ...groupColumns(report).map(() => null),
      ...figures.map((figure) => report.totals[figure].value),
    ],
  };
}

const listed = (parts: readonly PartFigure[]): string | null =>
  parts.map(({ label, value }) => `${label}: ${value}`).join('; ') || null;

export function followUpTable(report: FollowUpReport): ReportTable {
  const names =
    report.groupBy === 'ownerStep'
      ? (['owner', 'step'] as const)
      : ([report.groupBy as 'owner' | 'step' | 'round'] as const);
  const counts = ['planned', ...REMINDER_STATES, 'escalated', 'snoozed', 'answered'] as const;
  const lists = ['skippedBy', 'stoppedBy', 'cancelledBy', 'answers'] as const;
  return {
    key: 'follow_up',
    columns: [
      ...names.map((name) => text(`group_${name}`)),
      ...counts.map((name) => adding(number(name))),
      ...lists.map((name) => text(name)),
    ],
    rows: report.groups.map((group) => [
      ...names.map((name) => group[`${name}Label`]),
      ...counts.map((name) => group.figures[name].value),
      ...lists.map((name) => listed(group.figures[name])),
    ]),
    totals: [
      ...names.map(() => null),
      ...counts.map((name) => report.totals[name].value),
      ...lists.map((name) => listed(report.totals[name])),
    ],
  };
}

/** Its rows are the two clocks of every enquiry. */
export function serviceTable({ serviceStandard }: FollowUpReport): ReportTable {
  return {
    key: 'service',
    columns: [
      { key: 'clock', numeric: false },
      ...['enquiries', 'done', 'outstanding', 'median_hours', 'p90_hours', 'max_hours'].map((key) =>
        number(key),
      ),
    ],
    rows: SERVICE_CLOCKS.map((name) => {
      const { done, outstanding, median, p90, max } = serviceStandard[name];
      return [
        `reports:clock_${name}`,
        serviceStandard.enquiries.value,
        done.value,
        outstanding.value,
        median,
        p90,
        max,
      ];
    }),
    totals: null,
  };
}

export function roundsTable(report: RoundsReport): ReportTable {
  const currencies = report.totals.budgets.map(({ currency }) => currency);
  const cells = (figures: RoundFigures): TableValue[] => [
    figures.participants.value,
    figures.attended.value,
    figures.leads.value,
    ...RESULTS.flatMap((result) => [
      figures[result].value,
      ...figures[result].atDays.map(({ value }) => value),
    ]),
    figures.mailsSent.value,
    figures.answered.value,
  ];
  const inCurrency = (money: { amount: string; currency: string } | null, currency: string) =>
    money?.currency === currency ? money.amount : null;
  return {
    key: 'rounds',
    columns: [
      ...['code', 'group_round'].map(text),
      ...['starts_on', 'closed_on'].map(day),
      ...currencies.map((currency) => adding(number('budget', { currency }))),
      ...['participants', 'attended', 'leads'].map((key) => number(key)),
      ...RESULTS.flatMap((result) => [
        number(result),
        ...CHECK_DAYS.map((day) => number(`${result}_at_day`, { day })),
      ]),
      ...['mails_sent', 'answered'].map((key) => number(key)),
      ...currencies.map((currency) => number('cost_per_qualified', { currency })),
    ],
    rows: report.groups.map((group) => [
      group.code,
      group.label,
      group.startsOn,
      group.closedOn,
      ...currencies.map((currency) => inCurrency(group.budget, currency)),
      ...cells(group.figures),
      ...currencies.map((currency) => inCurrency(group.costPerQualifiedLead.value, currency)),
    ]),
    totals: [
      null,
      null,
      null,
      null,
      ...currencies.map((currency) => sumOf(report, currency)),
      ...cells(report.totals),
      ...currencies.map(() => null),
    ],
  };
}

const sumOf = ({ totals }: RoundsReport, currency: string): string =>
  addDecimals(totals.budgets.filter((one) => one.currency === currency).map(({ amount }) => amount));

export function targetsTable(report: TargetsReport): ReportTable {
  return {
    key: 'targets',
    columns: [
      ...['group_target', 'unit'].map(text),
      ...['min_value', 'max_value'].map((key) => number(key)),
      unknown(number('value')),
      day('as_of'),
      ...['value_source', 'unknown_because'].map(text),
      number('undecided'),
      day('due'),
      ...['source', 'conflict'].map(text),
    ],
    rows: report.groups.map(({ figures, ...target }) => [
      target.label,
      target.unitLabel,
      target.minValue,
      target.maxValue,
      figures.value,
      figures.asOf,
      figures.source === 'clusters' ? 'reports:measured_by_clusters' : figures.source,
      figures.reason && `reports:reason_${figures.reason}`,
      figures.undecided.value,
      target.due,
      target.source,
      target.conflict,
    ]),
    totals: null,
  };
}
