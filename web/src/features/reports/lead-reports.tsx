import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState, QueryState } from '../../components/states';
import { Chart } from './chart';
import { FigureTable, type Column, type TablePart } from './figure-table';
import { Capital, Count, Sum } from './figures';
import type { ReportAddress } from './report-address';
import { Notes } from './report-frame';
import { ageingQuery, pipelineQuery, type AgeingReport, type PipelineReport } from './report-queries';

const CAPITAL = ['committed', 'registered', 'disbursed'] as const;
const KINDS = ['infrastructure', 'secondary'] as const;
const AGES = ['days0To7', 'days8To30', 'days31To90', 'days91'] as const;

interface Group<F> {
  key: string;
  kind: (typeof KINDS)[number];
  kindLabel: string;
  label: string;
  figures: F;
}

/** The groups of each kind under its name. */
function partsOf<F>(groups: Group<F>[]): TablePart<F>[] {
  return KINDS.flatMap((kind) => {
    const rows = groups.filter((group) => group.kind === kind);
    return rows.length === 0 ? [] : [{ name: rows[0]!.kindLabel, rows }];
  });
}

/** Groups of the same name, be they of one kind or the other, in one bar. */
function barsOf<F>(groups: Group<F>[], valuesOf: (group: Group<F>) => Record<string, number>) {
  const bars = new Map<string, { label: string; values: Record<string, number> }>();
  for (const group of groups) {
    const bar = bars.get(group.label) ?? { label: group.label, values: {} };
    for (const [name, value] of Object.entries(valuesOf(group)))
      bar.values[name] = (bar.values[name] ?? 0) + value;
    bars.set(group.label, bar);
  }
  return [...bars.values()];
}

function useEmpty() {
  const { t } = useTranslation('reports');
  return <EmptyState title={t('empty.title')} text={t('empty.text')} />;
}

function usePipelineColumns(): Column<PipelineReport['totals']>[] {
  const { t } = useTranslation('reports');
  const what = (name: string, of: string) => `${t(`column.${name}`)}: ${of}`;
  return [
    {
      key: 'count',
      name: t('column.count'),
      cell: ({ count }, of) => <Count figure={count} what={what('count', of)} />,
    },
    {
      key: 'areaHa',
      name: t('column.areaHa'),
      cell: ({ areaHa }, of) => <Sum figure={areaHa} unit="ha" what={what('areaHa', of)} />,
    },
    ...CAPITAL.map((name) => ({
      key: name,
      name: t(`column.${name}`),
      cell: (figures: PipelineReport['totals'], of: string) => (
        <Capital figure={figures[name]} what={what(name, of)} />
      ),
    })),
    {
      key: 'jobsPromised',
      name: t('column.jobsPromised'),
      cell: ({ jobsPromised }, of) => (
        <Sum figure={jobsPromised} unit="jobs" what={what('jobsPromised', of)} />
      ),
    },
  ];
}

/** What stands where. */
export function PipelineTable({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  const query = useQuery(pipelineQuery(address.question));
  const columns = usePipelineColumns();
  const empty = useEmpty();
  return (
    <QueryState query={query}>
      {(report) =>
        report.groups.length === 0 ? (
          empty
        ) : (
          <>
            <Chart
              title={t('chart.pipeline', { group: t(`group.${report.groupBy}`).toLocaleLowerCase() })}
              series={KINDS.map((name) => ({ name, label: t(`kind.${name}`, { ns: 'common' }) }))}
              bars={barsOf(report.groups, ({ kind, figures }) => ({ [kind]: figures.count.value }))}
            />
            <FigureTable
              caption={t('title.pipeline')}
              groupName={t(`group.${report.groupBy}`)}
              columns={columns}
              parts={partsOf(report.groups)}
              totals={{ label: t('totals'), figures: report.totals }}
            />
            <Notes notes={report.notes} />
          </>
        )
      }
    </QueryState>
  );
}

/** How long open leads stand where they are. */
export function AgeingTable({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  const query = useQuery(ageingQuery(address.question));
  const columns: Column<AgeingReport['totals']>[] = (['count', ...AGES, 'stale'] as const).map((name) => ({
    key: name,
    name: t(`column.${name}`),
    cell: (figures, of) => <Count figure={figures[name]} what={`${t(`column.${name}`)}: ${of}`} />,
  }));
  const empty = useEmpty();
  return (
    <QueryState query={query}>
      {(report) =>
        report.groups.length === 0 ? (
          empty
        ) : (
          <>
            <Chart
              title={t('chart.ageing', { group: t(`group.${report.groupBy}`).toLocaleLowerCase() })}
              series={AGES.map((name) => ({ name, label: t(`column.${name}`) }))}
              bars={barsOf(report.groups, ({ figures }) =>
                Object.fromEntries(AGES.map((name) => [name, figures[name].value])),
              )}
            />
            <FigureTable
              caption={t('title.ageing')}
              groupName={t(`group.${report.groupBy}`)}
              columns={columns}
              parts={partsOf(report.groups)}
              totals={{ label: t('totals'), figures: report.totals }}
            />
            <Notes notes={report.notes} />
          </>
        )
      }
    </QueryState>
  );
}
