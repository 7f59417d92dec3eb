import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Button, Card, Collapse, Group, Table, Text, Title } from '@mantine/core';
import { useDisclosure, useReducedMotion } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { formatDay, formatNumber } from '../../lib/format';
import type { Progress } from './round-queries';

type Days = Progress['days'];

/** Told apart by light and by pattern order, so that a print in black and white can be read. */
const SERIES = [
  { name: 'mailsSent', color: 'pine.8' },
  { name: 'answered', color: 'orange.4' },
  { name: 'tasksDone', color: 'gray.5' },
] as const;
const COLUMNS = ['mailsSent', 'answered', 'stageMoves', 'tasksDone', 'tasksLate', 'optedOut'] as const;

function Figures({ days }: { days: Days }) {
  const { t } = useTranslation('rounds');
  return (
    <Table.ScrollContainer
      minWidth={520}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('progress.byDay') } }}
    >
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('progress.day')}</Table.Th>
            {COLUMNS.map((column) => (
              <Table.Th key={column} ta="right">
                {t(`progress.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days.map((day) => (
            <Table.Tr key={day.day}>
              <Table.Th scope="row">{formatDay(day.day)}</Table.Th>
              {COLUMNS.map((column) => (
                <Table.Td key={column} ta="right">
                  {formatNumber(day[column])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What happened day by day: a picture, and the same figures as a table. */
export function ProgressChart({ days }: { days: Days }) {
  const { t } = useTranslation('rounds');
  const [opened, { toggle }] = useDisclosure();
  const still = useReducedMotion();
  return (
    <Card withBorder>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {t('progress.byDay')}
        </Title>
        {days.length > 0 && (
          <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={toggle}>
            {t(opened ? 'progress.hideTable' : 'progress.table')}
          </Button>
        )}
      </Group>
      {days.length === 0 ? (
        <Text c="dimmed">{t('progress.nothingYet')}</Text>
      ) : (
        <>
          <div role="img" aria-label={t('progress.chart')}>
            <BarChart
              aria-hidden
              h={260}
              data={days.map((day) => ({ ...day, day: formatDay(day.day).slice(0, 5) }))}
              dataKey="day"
              withLegend
              withTooltip
              series={SERIES.map(({ name, color }) => ({ name, color, label: t(`progress.${name}`) }))}
              valueFormatter={formatNumber}
              barProps={{ isAnimationActive: !still, stroke: 'var(--mantine-color-text)', strokeWidth: 0.5 }}
              yAxisProps={{ allowDecimals: false }}
              barChartProps={{ accessibilityLayer: false }}
            />
          </div>
          <Collapse expanded={opened}>
            <Figures days={days} />
          </Collapse>
        </>
      )}
    </Card>
  );
}
