import type { People, Person, Stage } from '../cast.js';
import { Checks, total, type Figure } from '../checks.js';
import type { Narrator } from '../narrator.js';
import { printReport } from '../report-table.js';

interface MoneySum {
  value: { amount: string; currency: string };
}

/** The sum of what is known, and of how many leads nothing is known. */
interface Known {
  value: number;
  unknown: Figure;
}

interface PipelineFigures {
  count: Figure;
  areaHa: Known;
  jobsPromised: Known;
  committed: { sums: MoneySum[] };
}

interface Report<F> {
  groups: ({
    label?: string;
    kind?: string;
    ownerLabel?: string | null;
    stepLabel?: string | null;
    step?: string | null;
  } & { figures: F })[];
  totals: F;
}

/** Every reminder is in exactly one of these. */
const STATES = [
  'onTime',
  'late',
  'delivering',
  'notDelivered',
  'waiting',
  'overdue',
  'missed',
  'skipped',
  'stopped',
  'cancelled',
] as const;
type FollowUpFigures = Record<'planned' | 'escalated' | (typeof STATES)[number], Figure>;

/** The states that the table shows side by side; the two of a mail under way and the two of a late task share a column. */
const COLUMNS: readonly (readonly (typeof STATES)[number][])[] = [
  ['onTime'],
  ['late'],
  ['delivering', 'waiting'],
  ['overdue', 'missed'],
  ['notDelivered'],
  ['skipped'],
  ['stopped'],
  ['cancelled'],
];

const FOLLOW_UP_HEADS = [
  'head_officer',
  'head_task',
  'head_planned',
  'head_on_time',
  'head_late',
  'head_waiting',
  'head_overdue',
  'head_not_delivered',
  'head_skipped',
  'head_stopped',
  'head_cancelled',
  'head_escalated',
];

/** What the manager hands in: two reports, each added up again from its own rows. */
export async function readReports(stage: Stage, people: People): Promise<void> {
  const { narrator, program } = stage;
  narrator.chapter('reports', { day: narrator.longDay(program.clock.today()) });
  const checks = new Checks(narrator);
  await pipeline(narrator, people.manager, checks);
  narrator.blank();
  await followUp(narrator, people.manager, checks);
  checks.conclude('reports_disagree');
}

async function pipeline(narrator: Narrator, { api }: Person, checks: Checks): Promise<void> {
  const report = await api.get<Report<PipelineFigures>>('/api/v1/reports/pipeline?groupBy=stage');
  const currencies = report.totals.committed.sums.map(({ value }) => value.currency).sort();
  const numbers = ({ count, areaHa, jobsPromised, committed }: PipelineFigures): (number | null)[] => [
    count.value,
    areaHa.unknown.value === count.value ? null : areaHa.value,
    jobsPromised.unknown.value === count.value ? null : jobsPromised.value,
    ...currencies.map((currency) => {
      const sum = committed.sums.find(({ value }) => value.currency === currency);
      return sum ? Number(sum.value.amount) : null;
    }),
  ];
  narrator.say('report_pipeline');
  printReport(narrator, {
    heads: [
      ...narrator.heads('head_kind', 'head_stage', 'head_leads', 'head_area', 'head_jobs'),
      ...currencies.map((currency) => narrator.words('head_committed', { currency })),
    ],
    rows: report.groups.map(({ kind, label, figures }) => ({
      labels: [narrator.words(`kind_${kind}`), label ?? ''],
      numbers: numbers(figures),
    })),
    totals: numbers(report.totals),
  });
  checks.sums(
    'report_pipeline_sums',
    report.groups.map(({ figures }) => numbers(figures)),
    numbers(report.totals),
  );
  await checks.listed(api, report.totals.count, 'report_pipeline_rows');
}

async function followUp(narrator: Narrator, { api }: Person, checks: Checks): Promise<void> {
  const report = await api.get<Report<FollowUpFigures>>('/api/v1/reports/follow-up?groupBy=ownerStep');
  const numbers = (figures: FollowUpFigures): number[] => [
    figures.planned.value,
    ...COLUMNS.map((states) => total(states.map((state) => figures[state].value))),
    figures.escalated.value,
  ];
  narrator.say('report_follow_up');
  printReport(narrator, {
    heads: narrator.heads(...FOLLOW_UP_HEADS),
    rows: report.groups.map(({ ownerLabel, stepLabel, step, figures }) => ({
      labels: [ownerLabel ?? '–', stepLabel ?? step ?? '–'],
      numbers: numbers(figures),
    })),
    totals: numbers(report.totals),
  });
  checks.sums(
    'report_follow_up_sums',
    report.groups.map(({ figures }) => numbers(figures)),
    numbers(report.totals),
  );
  const perRow = [...report.groups.map(({ figures }) => figures), report.totals].map(numbers);
  checks.sums(
    'report_follow_up_states',
    perRow.map((row) => [total(row.slice(1, -1))]),
    [total(perRow.map(([planned]) => planned!))],
  );
  await checks.listed(api, report.totals.planned, 'report_follow_up_rows');
}
