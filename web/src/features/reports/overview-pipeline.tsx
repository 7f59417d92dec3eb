import { Group, Progress, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QueryState } from '../../components/states';
import type { LeadKind } from '../../lib/pipelines';
import { Facts } from '../../components/facts';
import { Capital, Count, Sum } from './figures';
import { Part } from './overview-parts';
import { pipelineQuery, type PipelineReport } from './report-queries';

const CAPITAL = ['committed', 'registered', 'disbursed'] as const;

function Stages({ report }: { report: PipelineReport }) {
  const { t } = useTranslation('reports');
  const most = Math.max(1, ...report.groups.map(({ figures }) => figures.count.value));
  return (
    <Table verticalSpacing={4} horizontalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('group.stage')}</Table.Th>
          <Table.Th visibleFrom="xs" w="34%" aria-hidden />
          <Table.Th ta="right">{t('column.count')}</Table.Th>
          <Table.Th ta="right">{t('column.areaHa')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {report.groups.map(({ key, label, kindLabel, figures }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row" fw={400}>
              {label}
            </Table.Th>
            <Table.Td visibleFrom="xs" aria-hidden>
              <Progress value={(100 * figures.count.value) / most} size="md" />
            </Table.Td>
            <Table.Td ta="right">
              <Count figure={figures.count} what={`${label}, ${kindLabel}`} fw={600} />
            </Table.Td>
            <Table.Td ta="right">
              <Sum figure={figures.areaHa} unit="ha" what={`${t('column.areaHa')}: ${label}, ${kindLabel}`} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Three promises of money apart, and the jobs. */
function Promises({ report, kindLabel }: { report: PipelineReport; kindLabel: string }) {
  const { t } = useTranslation('reports');
  const { totals } = report;
  const what = (name: string) => `${t(`column.${name}`)}: ${kindLabel}`;
  return (
    <Facts
      cols={{ base: 2, sm: 4 }}
      facts={[
        ...CAPITAL.map((name) => ({
          name: t(`column.${name}`),
          value: <Capital figure={totals[name]} what={what(name)} fw={600} />,
        })),
        {
          name: t('column.jobsPromised'),
          value: <Sum figure={totals.jobsPromised} unit="jobs" what={what('jobsPromised')} fw={600} />,
        },
      ]}
    />
  );
}

/** What stands where, of one kind of investor. */
export function PipelineOf({ kind, asOf }: { kind: LeadKind; asOf: string | undefined }) {
  const { t } = useTranslation('reports');
  const query = useQuery(pipelineQuery({ kind, groupBy: 'stage', asOf }));
  const kindLabel = t(`kind.${kind}`, { ns: 'common' });
  return (
    <Part title={kindLabel} report="pipeline" words={{ kind }}>
      <QueryState query={query}>
        {(report) =>
          report.groups.length === 0 ? (
            <Text c="dimmed">{t('noLeads')}</Text>
          ) : (
            <Stack>
              <Group gap="xs">
                <Text size="sm">{t('allLeads')}</Text>
                <Count figure={report.totals.count} what={`${t('allLeads')}: ${kindLabel}`} fw={700} />
                <Sum
                  figure={report.totals.areaHa}
                  unit="ha"
                  what={`${t('column.areaHa')}: ${kindLabel}`}
                  fw={700}
                />
              </Group>
              <Stages report={report} />
              <Promises report={report} kindLabel={kindLabel} />
            </Stack>
          )
        }
      </QueryState>
    </Part>
  );
}
