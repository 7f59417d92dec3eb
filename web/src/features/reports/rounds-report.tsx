import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Money } from '../../components/money';
import { EmptyState, QueryState } from '../../components/states';
import { formatDay, formatMoney } from '../../lib/format';
import { Chart } from './chart';
import { FigureTable, type Column } from './figure-table';
import { Count, OpenRows } from './figures';
import type { ReportAddress } from './report-address';
import { Notes } from './report-frame';
import { roundsQuery, type RoundsReport } from './report-queries';
import { rowsOf } from './rows';

type Group = RoundsReport['groups'][number];
type Totals = RoundsReport['totals'];
/** A round beside the others, or all together. */
interface Round {
  figures: Group['figures'];
  round?: Group;
  totals?: Totals;
}

const PLAIN = ['participants', 'attended', 'leads'] as const;
const RESULTS = ['qualified', 'siteVisits', 'dossiers', 'approvals'] as const;
const MAILS = ['mailsSent', 'answered'] as const;

/** A result by now, and at 30, 60 and 180 days after the close; days that have not come say so. */
function Result({ figure, what }: { figure: Group['figures']['qualified']; what: string }) {
  const { t } = useTranslation('reports');
  return (
    <>
      <Count figure={figure} what={what} fw={600} />
      {figure.atDays.map(({ day, value, rows }) => (
        <Text key={day} size="xs" c="dimmed" component="div" style={{ whiteSpace: 'nowrap' }}>
          {t('round.atDay', { day })}{' '}
          {value === null ? (
            t('round.notYet')
          ) : value === 0 || rows === null ? (
            '0'
          ) : (
            <OpenRows
              size="xs"
              source={rowsOf(rows, { title: `${what}, ${t('round.atDay', { day })}`, count: value })}
            >
              {String(value)}
            </OpenRows>
          )}
        </Text>
      ))}
    </>
  );
}

/** Blank without a cost: nothing is guessed. */
function Cost({ round }: { round: Group | undefined }) {
  const { t } = useTranslation('reports');
  if (!round) return null;
  const { value, reason } = round.costPerQualifiedLead;
  if (value) return <Money value={value} />;
  return (
    <Text span size="sm" c="dimmed">
      {t(`round.${reason ?? 'no_budget'}`)}
    </Text>
  );
}

function useColumns(): Column<Round>[] {
  const { t } = useTranslation('reports');
  const plain = (name: (typeof PLAIN | typeof MAILS)[number]): Column<Round> => ({
    key: name,
    name: t(`column.${name}`),
    cell: ({ figures }, of) => <Count figure={figures[name]} what={`${t(`column.${name}`)}: ${of}`} />,
  });
  return [
    {
      key: 'budget',
      name: t('column.budget'),
      cell: ({ round, totals }) =>
        totals ? (
          totals.budgets.map((money) => <div key={money.currency}>{formatMoney(money)}</div>)
        ) : (
          <Money value={round?.budget} />
        ),
    },
    ...PLAIN.map(plain),
    ...RESULTS.map((name): Column<Round> => ({
      key: name,
      name: t(`column.${name}`),
      cell: ({ figures }, of) => <Result figure={figures[name]} what={`${t(`column.${name}`)}: ${of}`} />,
    })),
    { key: 'cost', name: t('column.cost'), cell: ({ round }) => <Cost round={round} /> },
    ...MAILS.map(plain),
  ];
}

/** Which promotion was worth its money. */
export function RoundsTable({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  const query = useQuery(roundsQuery(address.question));
  const columns = useColumns();
  const drawn = ['leads', 'qualified', 'dossiers', 'approvals'] as const;
  return (
    <QueryState query={query}>
      {(report) =>
        report.groups.length === 0 ? (
          <EmptyState title={t('empty.rounds')} text={t('empty.text')} />
        ) : (
          <>
            <Chart
              title={t('chart.rounds')}
              stacked={false}
              series={drawn.map((name) => ({ name, label: t(`column.${name}`) }))}
              bars={report.groups.map(({ code, figures }) => ({
                label: code,
                values: Object.fromEntries(drawn.map((name) => [name, figures[name].value])),
              }))}
            />
            <FigureTable
              caption={t('title.rounds')}
              groupName={t('group.round')}
              columns={columns}
              parts={[
                {
                  rows: report.groups.map((round) => ({
                    key: round.key,
                    label: round.label,
                    note: (
                      <Text size="xs" c="dimmed">
                        {round.code} · {t(`round.status.${round.status}`)} · {formatDay(round.startsOn)}
                      </Text>
                    ),
                    figures: { figures: round.figures, round },
                  })),
                },
              ]}
              totals={{
                label: t('totals'),
                figures: { figures: report.totals, totals: report.totals },
              }}
            />
            <Notes notes={report.notes} />
          </>
        )
      }
    </QueryState>
  );
}
