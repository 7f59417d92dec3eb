import { Card, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState, QueryState } from '../../components/states';
import { Chart } from './chart';
import { FigureTable, type Column } from './figure-table';
import { Count } from './figures';
import type { ReportAddress } from './report-address';
import { Notes } from './report-frame';
import { followUpQuery, type FollowUpReport } from './report-queries';
import classes from './reports.module.css';
import { ServiceTable } from './service-table';

type Group = FollowUpReport['groups'][number];
type Figures = FollowUpReport['totals'];

const COLUMNS = [
  'planned',
  'onTime',
  'late',
  'waiting',
  'overdue',
  'missed',
  'notDelivered',
  'skipped',
  'stopped',
  'cancelled',
] as const;
const DRAWN = ['onTime', 'late', 'waiting', 'overdue', 'missed'] as const;
/** What may still be done, and so handed over. */
const OPEN: readonly string[] = ['waiting', 'overdue', 'missed'];

const labelOf = (group: Group): string =>
  [group.ownerLabel, group.stepLabel, group.roundLabel].filter(Boolean).join(' – ');

/** Those whose tasks lie over their time, most first: who is helped, and what is handed to others. */
function NeedHelp({ groups }: { groups: Group[] }) {
  const { t } = useTranslation('reports');
  const behind = ({ figures }: Group) => figures.overdue.value + figures.missed.value;
  const most = groups.filter((group) => behind(group) > 0).sort((a, b) => behind(b) - behind(a));
  return (
    <Card withBorder className={classes.kept}>
      <Title order={2} size="h4" mb="xs">
        {t('help.title')}
      </Title>
      {most.length === 0 ? (
        <Text c="dimmed">{t('help.none')}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            {t('help.text')}
          </Text>
          <List>
            {most.slice(0, 8).map((group) => (
              <List.Item key={group.key}>
                {labelOf(group)}:{' '}
                {(['overdue', 'missed'] as const)
                  .filter((name) => group.figures[name].value > 0)
                  .map((name, index) => (
                    <Text span inherit key={name}>
                      {index > 0 && ' · '}
                      {t(`column.${name}`).toLocaleLowerCase()}{' '}
                      <Count
                        figure={group.figures[name]}
                        what={`${t(`column.${name}`)}: ${labelOf(group)}`}
                        reassign
                        fw={700}
                      />
                    </Text>
                  ))}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Card>
  );
}

/** Why something was left out, stopped or called off. */
function Reasons({ figures }: { figures: Figures }) {
  const { t } = useTranslation('reports');
  const families = (['skippedBy', 'stoppedBy', 'cancelledBy', 'answers'] as const).filter(
    (name) => figures[name].length > 0,
  );
  if (families.length === 0) return null;
  return (
    <Card withBorder className={classes.kept}>
      <Title order={2} size="h4" mb="xs">
        {t('reasons.title')}
      </Title>
      <Stack gap="xs">
        {families.map((name) => (
          <Text key={name} component="div">
            <Text span inherit fw={600}>
              {t(`reasons.${name}`)}:
            </Text>{' '}
            {figures[name].map((part, index) => (
              <Text span inherit key={part.code}>
                {index > 0 && ' · '}
                {part.label} <Count figure={part} what={`${t(`reasons.${name}`)}: ${part.label}`} fw={600} />
              </Text>
            ))}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}

function Whole({ report }: { report: FollowUpReport }) {
  const { t } = useTranslation('reports');
  const columns: Column<Figures>[] = COLUMNS.map((name) => ({
    key: name,
    name: t(`column.${name}`),
    cell: (figures, of) => (
      <Count figure={figures[name]} what={`${t(`column.${name}`)}: ${of}`} reassign={OPEN.includes(name)} />
    ),
  }));
  return (
    <>
      <Chart
        title={t('chart.followUp', { group: t(`group.${report.groupBy}`).toLocaleLowerCase() })}
        series={DRAWN.map((name) => ({ name, label: t(`column.${name}`) }))}
        bars={report.groups.map((group) => ({
          label: labelOf(group),
          values: Object.fromEntries(DRAWN.map((name) => [name, group.figures[name].value])),
        }))}
      />
      <FigureTable
        caption={t('title.follow-up')}
        groupName={t(`group.${report.groupBy}`)}
        columns={columns}
        parts={[{ rows: report.groups.map((group) => ({ ...group, label: labelOf(group) })) }]}
        totals={{ label: t('totals'), figures: report.totals }}
      />
      <Reasons figures={report.totals} />
    </>
  );
}

/** What came of the tasks, who needs help, and how soon investors are answered. */
export function FollowUpTable({ address }: { address: ReportAddress }) {
  const { t } = useTranslation('reports');
  const query = useQuery(followUpQuery(address.question));
  return (
    <QueryState query={query}>
      {(report) => (
        <>
          {report.groups.length === 0 ? (
            <EmptyState title={t('empty.tasks')} text={t('empty.text')} />
          ) : (
            <>
              {!address.asOf && <NeedHelp groups={report.groups} />}
              <Whole report={report} />
            </>
          )}
          <Card withBorder className={classes.kept}>
            <Title order={2} size="h4" mb="xs">
              {t('service.title')}
            </Title>
            <ServiceTable service={report.serviceStandard} />
          </Card>
          <Notes notes={report.notes} />
        </>
      )}
    </QueryState>
  );
}
