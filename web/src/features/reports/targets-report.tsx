import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState, QueryState } from '../../components/states';
import { formatDay } from '../../lib/format';
import { FigureTable, type Column } from './figure-table';
import type { ReportAddress } from './report-address';
import { Notes } from './report-frame';
import { targetsQuery } from './report-queries';
import { TargetSource, TargetState, TargetValue, useTargetWords, type Target } from './targets-list';

function useColumns(): Column<Target>[] {
  const { t } = useTranslation('reports');
  const goal = useTargetWords();
  return [
    { key: 'value', name: t('target.value'), cell: (target) => <TargetValue target={target} /> },
    { key: 'goal', name: t('target.wanted'), cell: goal },
    { key: 'due', name: t('target.due'), cell: ({ due }) => formatDay(due) },
    { key: 'state', name: t('target.state'), cell: (target) => <TargetState target={target} /> },
    {
      key: 'basis',
      name: t('target.basis'),
      cell: (target) => (
        <Text size="sm" component="div">
          <TargetSource target={target} />
        </Text>
      ),
    },
  ];
}

/** The plan's targets with where they come from, and what another source says. */
export function TargetsTable({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  const query = useQuery(targetsQuery(address.question));
  const columns = useColumns();
  return (
    <QueryState query={query}>
      {(report) =>
        report.groups.length === 0 ? (
          <EmptyState title={t('empty.targets')} text={t('empty.text')} />
        ) : (
          <>
            <FigureTable
              caption={t('title.targets')}
              groupName={t('group.target')}
              columns={columns}
              parts={[
                {
                  rows: report.groups.map((target) => ({
                    key: target.key,
                    label: target.label,
                    note: (
                      <Text size="xs" c="dimmed" maw={440}>
                        {target.source}
                        {target.conflict && ` · ${target.conflict}`}
                      </Text>
                    ),
                    figures: target,
                  })),
                },
              ]}
            />
            <Notes notes={report.notes} />
          </>
        )
      }
    </QueryState>
  );
}
